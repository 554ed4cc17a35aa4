"""Boundaries change on screen: tried out and written, decided for a divided unit, and figures told in today's units."""

import pytest
from cast import NOW, Cast
from playwright.sync_api import Page
from reform import communes, merge, split
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.reporting.actions import returns

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["page", "phone"])
def screen(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast)


def test_a_merger_is_tried_out_written_and_seen(scene: Scene, screen: Page) -> None:
    sign_in(screen, scene.cast.an)
    screen.goto("/sap-xep-don-vi/")
    held(screen, "boundaries-empty")
    screen.get_by_role("link", name="Nhập nhiều đơn vị làm một").click()
    held(screen, "boundary-merge")
    screen.get_by_label("Các đơn vị nhập lại").fill("Xã Gò Cao\nXã Gò Thấp")
    screen.get_by_label("Tên đơn vị mới").fill("Xã Bến Gò")
    screen.get_by_label("Loại đơn vị mới").select_option("commune")
    screen.get_by_label("Có hiệu lực từ ngày").fill("10/03/2025")
    screen.get_by_role("button", name="Xem trước").click()
    screen.get_by_text("Báo cáo còn nợ chuyển sang đơn vị tiếp nhận: 2").wait_for()
    held(screen, "boundary-tried-out")
    screen.get_by_role("button", name="Ghi thay đổi").click()
    screen.get_by_role("heading", name="Nhập Xã Gò Cao, Xã Gò Thấp vào Xã Bến Gò").wait_for()
    held(screen, "boundary-written")
    screen.get_by_text("Hoàn tác thay đổi này").click()
    held(screen)
    screen.get_by_role("button", name="Hoàn tác").click()
    screen.get_by_text("Đã hoàn tác:").wait_for()
    held(screen, "boundaries")


def test_what_a_divided_unit_holds_is_decided(scene: Scene, screen: Page) -> None:
    split(scene.cast)
    sign_in(screen, scene.cast.an)
    screen.goto("/sap-xep-don-vi/")
    screen.get_by_role("link", name="Xem và quyết định").click()
    held(screen, "undecided")
    screen.get_by_role("link", name="Xã Gò Cao").click()
    held(screen, "decide")
    screen.get_by_label("Xã Gò Thấp").check()
    screen.get_by_role("button", name="Chuyển sang đơn vị đã chọn").click()
    screen.get_by_role("alert").first.wait_for()
    held(screen, "decide-refused")
    screen.get_by_label("Lý do").fill("Trụ sở ở Gò Thấp")
    screen.get_by_role("button", name="Chuyển sang đơn vị đã chọn").click()
    screen.get_by_text("Không còn việc nào của đơn vị này chờ quyết định").wait_for()
    held(screen)


@pytest.mark.parametrize("how", ["merged", "divided"])
def test_figures_are_told_in_todays_units(scene: Scene, screen: Page, how: str) -> None:
    for unit in communes(scene.cast):
        typed = scene.typed(100)
        version = returns.submit(scene.owed(unit), typed=typed, request_key="k", by=scene.officer, now=NOW)
        returns.approve(version, by=scene.head, now=NOW)
    if how == "merged":
        merge(scene.cast, *communes(scene.cast))
    else:
        split(scene.cast)
    sign_in(screen, scene.coordinator)
    screen.goto(f"/chien-dich/{scene.campaign.pk}/so-lieu/")
    held(screen, f"as-reported-{how}")
    if how == "divided":
        screen.get_by_role("link", name="Huyện Bến Đá").click()
    screen.get_by_role("link", name="Theo đơn vị hiện nay").click()
    screen.get_by_text("300").filter(visible=True).first.wait_for()
    held(screen, f"todays-{how}")
