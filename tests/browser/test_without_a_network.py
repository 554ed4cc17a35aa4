"""Work without a network in a real browser: a cut line, a full store, a wrong clock, a new release, a shared device."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.accounts.sessions import OWN
from lachan.activities.models import Activity

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIN = "246810"
APP = "/ngoai-tuyen/"


@pytest.fixture
def scene(cast: Cast, settings: Any, tmp_path: Path) -> Scene:
    settings.MEDIA_ROOT = tmp_path / "files"
    return set_up(cast)


def open_app(page: Page, person: Any) -> None:
    """Signed in, with the app switched on and ready to go without a network."""
    sign_in(page, person)
    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    session = SessionStore(key)
    session["device"] = OWN
    session.save()
    page.goto(APP)
    page.locator("#off-pin-1").fill(PIN)
    page.locator("#off-pin-2").fill(PIN)
    page.get_by_role("button", name="Bật trên máy này").click()
    expect(page.get_by_role("heading", name="Làm việc không mạng", exact=True)).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def write(page: Page, what: str, people: str = "15") -> None:
    page.get_by_role("button", name="Ghi lượt đến từng nhà").click()
    page.get_by_label("Số lượt hộ").fill("4")
    page.get_by_label("Số người được hướng dẫn").fill(people)
    page.get_by_label("Đã làm gì").fill(what)
    page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()


def test_visits_written_without_a_line_wait_in_sight_and_are_sent_in_order(phone: Page, scene: Scene) -> None:
    open_app(phone, scene.officer)
    phone.context.set_offline(True)
    phone.goto("/hoat-dong/")
    expect(phone.get_by_text("Trang vừa mở cần có mạng.")).to_have_count(0)
    phone.locator("#off-pin").fill(PIN)
    phone.get_by_role("button", name="Mở", exact=True).click()
    for what in ("Xóm Trong", "Xóm Ngoài", "Xóm Giữa"):
        write(phone, what)
    expect(phone.get_by_role("heading", name="3 việc chưa gửi")).to_be_visible()
    held(phone, "ngoai-tuyen-cho-gui")
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Không còn việc nào chưa gửi")).to_be_visible()
    assert [one.what for one in Activity.objects.order_by("pk")] == ["Xóm Trong", "Xóm Ngoài", "Xóm Giữa"]
    assert {(one.channel, one.times, one.audience, one.recorded_by) for one in Activity.objects.all()} == {
        ("visit", 4, 15, scene.officer)
    }


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


def test_the_screens_of_the_app(sized: Page, scene: Scene) -> None:
    sized.goto(f"{APP}cai-dat/")
    held(sized, "ngoai-tuyen-cai-dat")
    sign_in(sized, scene.officer)
    sized.goto(APP)
    expect(sized.get_by_role("heading", name="Bật làm việc không mạng")).to_be_visible()
    held(sized, "ngoai-tuyen-bat")
    open_app(sized, scene.officer)
    sized.get_by_role("button", name="Ghi hoạt động").click()
    sized.get_by_label("Ngày khác").check()
    sized.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    expect(sized.get_by_role("alert")).to_contain_text("Chọn kênh tuyên truyền đã dùng.")
    held(sized, "ngoai-tuyen-ghi")
    sized.get_by_role("button", name="Cất lại, làm tiếp sau").click()
    sized.get_by_text("Trên máy này", exact=True).click()
    held(sized, "ngoai-tuyen-trang-dau")
    sized.get_by_role("button", name="Khóa ngay").click()
    expect(sized.get_by_role("heading", name="Đã khóa")).to_be_visible()
    held(sized, "ngoai-tuyen-khoa")
