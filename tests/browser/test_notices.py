"""The bell, notices, wishes, the way out of mail, reminders and pressing units, in a real browser."""

import re
from datetime import timedelta

import pytest
from cast import NOW, Cast
from playwright.sync_api import Page, expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.channels.models import Mail
from lachan.notices import leaving
from lachan.notices.actions import read
from lachan.notices.models import Kind, Notice
from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.reminding import remind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast)


@pytest.fixture(params=["wide", "narrow"])
def screen(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue("page" if request.param == "wide" else "phone")
    return found


def some_notices(scene: Scene) -> None:
    remind(now=NOW + timedelta(days=17))
    version = returns.submit(
        scene.owed(scene.cast.commune), typed=scene.typed(), request_key="a", by=scene.officer, now=NOW
    )
    returns.send_back(version, unit=scene.cast.commune, remark="Thiếu số học sinh lớp 12.", by=scene.head, now=NOW)
    given = Notice.objects.filter(person=scene.officer, kind=Kind.GIVEN)
    read(scene.officer, list(given.values_list("pk", flat=True)), now=NOW)


def test_notices(screen: Page, scene: Scene) -> None:
    some_notices(scene)
    sign_in(screen, scene.officer)
    screen.goto("/thong-bao/")
    expect(screen.locator(".bell-count")).to_contain_text(re.compile(r"^\s*2"))
    held(screen, "thong-bao")
    screen.get_by_role("link", name="Thủ trưởng trả lại báo cáo để sửa").click()
    expect(screen.locator(".bell-count")).to_contain_text(re.compile(r"^\s*1"))
    screen.goto("/thong-bao/")
    screen.get_by_role("button", name="Đánh dấu đã đọc tất cả").click()
    expect(screen.locator(".bell-count")).to_have_count(0)


def test_wishes(screen: Page, scene: Scene) -> None:
    sign_in(screen, scene.officer)
    screen.goto("/tai-khoan/thong-bao/")
    held(screen, "cach-nhan")
    screen.get_by_label("Cấp trên đôn đốc").select_option("Tắt")
    screen.get_by_role("button", name="Lưu").click()
    expect(screen.get_by_text("Đã lưu cách nhận thông báo.")).to_be_visible()
    expect(screen.get_by_label("Cấp trên đôn đốc")).to_have_value("off")


def test_the_way_out_of_mail(screen: Page, scene: Scene) -> None:
    address = leaving.address(scene.officer.pk, [Kind.REMINDER]).removeprefix("http://127.0.0.1:8000")
    screen.goto(address)
    held(screen, "ngung-thu")
    screen.get_by_role("button", name="Ngừng nhận thư").click()
    expect(screen.get_by_role("heading", name="Đã ngừng gửi thư")).to_be_visible()
    held(screen)
    assert not Mail.objects.exists()


def test_reminders_of_a_campaign(screen: Page, scene: Scene) -> None:
    sign_in(screen, scene.coordinator)
    screen.goto(f"/chien-dich/{scene.campaign.pk}/nhac-han/")
    held(screen, "nhac-han")


def test_pressing_units_without_javascript(tab: object, scene: Scene) -> None:
    Unit.objects.filter(pk=scene.cast.press.pk).update(phone="0237 385 1234")
    with tab(java_script_enabled=False) as page:  # type: ignore[operator]
        page.goto("/thiet-ke/")
        # without scripts the page cannot be asked where it is
        _sign_in_without_scripts(page, scene)
        page.goto(f"/chien-dich/{scene.campaign.pk}/tinh-hinh/?thieu=bao-cao")
        page.get_by_role("button", name="Đôn đốc 6 đơn vị").click()
        expect(page.get_by_text("Đã đôn đốc 2 đơn vị, 4 người nhận thông báo.")).to_be_visible()


def _sign_in_without_scripts(page: Page, scene: Scene) -> None:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(scene.coordinator)
    name = settings.SESSION_COOKIE_NAME
    origin = page.url.removesuffix("/thiet-ke/")
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": origin}])


def test_pressing_units(screen: Page, scene: Scene) -> None:
    Unit.objects.filter(pk=scene.cast.press.pk).update(phone="0237 385 1234")
    sign_in(screen, scene.coordinator)
    screen.goto(f"/chien-dich/{scene.campaign.pk}/tinh-hinh/?thieu=bao-cao")
    held(screen, "danh-sach-chua-bao-cao")
    screen.get_by_role("link", name="Chọn đơn vị, thêm lời nhắn").click()
    held(screen, "don-doc")
    screen.get_by_label("Lời nhắn").fill("Gửi trước 17 giờ ngày mai.")
    screen.get_by_label("Huyện Bến Đá", exact=True).uncheck()
    screen.get_by_role("button", name="Đôn đốc các đơn vị đã chọn").click()
    expect(screen.get_by_text("Đã đôn đốc 1 đơn vị, 2 người nhận thông báo.")).to_be_visible()
    held(screen, "da-don-doc")
