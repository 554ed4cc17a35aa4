"""The screens of reporting as their people see them, wide and on a phone; saving as one types, and without a script."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from cascades import of
from cast import NOW, Cast
from playwright.sync_api import Page, expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.models import Obligation, Return

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    return set_up(cast)


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


def look(page: Page, *addresses: str) -> None:
    for address in addresses:
        page.goto(address)
        held(page)


def sent(scene: Scene, unit: Unit, number: int, *, up: bool = True) -> Return:
    version = returns.submit(
        scene.owed(unit), typed=scene.typed(number, "Loa hỏng"), request_key=f"{number}", by=scene.officer, now=NOW
    )
    if up:
        returns.approve(version, by=scene.head, now=NOW)
    return version


def test_the_screens_of_an_officer(sized: Page, scene: Scene) -> None:
    sign_in(sized, scene.officer)
    owed = f"/bao-cao/{scene.owed(scene.cast.commune).pk}/"
    look(sized, owed)
    sized.get_by_label("Số buổi tuyên truyền").fill("1,000")
    sized.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
    expect(sized.get_by_role("alert")).to_contain_text("có thể hiểu là 1.000 hoặc 1")
    held(sized)
    sized.get_by_label("1.000", exact=True).check()
    sized.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
    expect(sized.get_by_role("status").first).to_contain_text("Đã gửi thủ trưởng duyệt (bản 1).")
    held(sized)


def test_the_screens_of_a_head(sized: Page, scene: Scene) -> None:
    first = sent(scene, scene.cast.commune, 3, up=False)
    returns.send_back(first, unit=scene.cast.commune, remark="Thiếu tháng 3.", by=scene.head, now=NOW)
    second = sent(scene, scene.cast.commune, 4, up=False)
    sign_in(sized, scene.head)
    look(sized, first.get_absolute_url(), second.get_absolute_url())


def test_the_screens_of_the_level_above(sized: Page, scene: Scene) -> None:
    arrived = sent(scene, scene.cast.commune, 3)
    sent(scene, scene.cast.district, 0)
    sign_in(sized, scene.district_officer)
    branch = of(scene.cast.district, scene.campaign).pk
    here = f"/chien-dich/{scene.campaign.pk}/"
    look(sized, f"{here}bao-cao-den/{branch}/", f"{here}bao-cao-den/{branch}/?loc=da-nhan", arrived.get_absolute_url())
    look(sized, f"{here}so-lieu/{branch}/", f"{here}so-lieu/{scene.number.pk}/{branch}/")
    look(sized, f"{here}so-lieu/{scene.words.pk}/{branch}/", f"/bao-cao/{scene.owed(scene.cast.township).pk}/")


def test_the_screens_of_the_owner(sized: Page, scene: Scene) -> None:
    sent(scene, scene.cast.commune, 3)
    sent(scene, scene.cast.township, 4)
    sign_in(sized, scene.coordinator)
    here = f"/chien-dich/{scene.campaign.pk}/"
    look(sized, f"{here}so-lieu/", f"{here}tong-hop/")
    sized.get_by_role("button", name="Lập báo cáo tổng hợp").click()
    held(sized)
    sized.get_by_role("link", name=scene.words.text).click()
    held(sized)
    sized.get_by_text("Sửa lời", exact=True).first.click()
    sized.get_by_label("Lời trong báo cáo").first.fill("Sửa chữa loa truyền thanh.")
    sized.get_by_role("button", name="Lưu lời này").first.click()
    expect(sized.get_by_text("Sửa chữa loa truyền thanh.").first).to_be_visible()
    sized.get_by_role("link", name="2 đơn vị").click()
    held(sized)
    look(sized, f"{here}tong-hop/0/xem-truoc/")
    sized.goto(f"{here}tong-hop/0/lap/")
    sized.get_by_label("Người ký", exact=True).fill("Lê Thị An")
    sized.get_by_role("button", name="Phát hành báo cáo").click()
    expect(sized.get_by_role("heading", level=1)).to_have_text("Báo cáo số 01/BC-STTTT")
    held(sized)
    look(sized, f"{here}tong-hop/")


def test_what_is_typed_is_saved_without_pressing_anything(page: Page, scene: Scene) -> None:
    sign_in(page, scene.officer)
    page.goto(f"/bao-cao/{scene.owed(scene.cast.commune).pk}/")
    page.get_by_label("Số buổi tuyên truyền").fill("17")
    expect(page.locator("#autosave-status")).to_contain_text("Đã lưu")
    assert scene.owed(scene.cast.commune).typed[scene.number.key] == "17"


def test_a_return_is_saved_sent_and_approved_without_a_script(tab: Any, scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    with tab(java_script_enabled=False) as page:
        page.goto("/thiet-ke/")
        sign_in(page, scene.officer)
        page.goto(f"/bao-cao/{owed.pk}/")
        page.get_by_label("Số buổi tuyên truyền").fill("17")
        page.get_by_role("button", name="Lưu nháp").click()
        expect(page.get_by_label("Số buổi tuyên truyền")).to_have_value("17")
        page.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
        sign_in(page, scene.head)
        page.goto(f"/bao-cao/{owed.pk}/")
        page.get_by_role("button", name="Duyệt và gửi lên").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã duyệt bản 1 và gửi lên UBND huyện Bến Đá.")
    assert scene.owed(scene.cast.commune).state == Obligation.State.APPROVED
