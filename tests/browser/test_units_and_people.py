"""Pages of units and people, at a desk and on a phone."""

from datetime import date

import pytest
from cast import NOW, PASSWORD, Cast
from playwright.sync_api import Page
from screens import held, sign_in

from lachan.orgs.actions import close, rename

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["page", "phone"])
def screen(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


def test_a_coordinator_finds_a_unit_and_gives_a_role(cast: Cast, screen: Page) -> None:
    sign_in(screen, cast.an)
    screen.goto("/don-vi/")
    held(screen)
    screen.get_by_label("Tên đơn vị").fill("go cao")
    screen.get_by_role("button", name="Tìm đơn vị").click()
    screen.get_by_role("link", name="Xã Gò Cao").click()
    held(screen)
    screen.get_by_role("link", name="Mời người, giao vai trò").click()
    held(screen)
    screen.get_by_label("Địa chỉ thư điện tử").fill("gam@songlam.example")
    screen.get_by_label("Họ và tên").fill("Gấm")
    screen.get_by_label("Vai trò", exact=True).select_option("head")
    screen.get_by_role("button", name="Giao vai trò").click()
    link = screen.get_by_text("/loi-moi/").inner_text()
    held(screen)
    screen.get_by_role("link", name="Về danh sách người phụ trách").click()
    screen.get_by_role("link", name="Gấm").click()
    held(screen)
    screen.context.clear_cookies()
    screen.goto(link)
    held(screen)
    screen.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    screen.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    screen.get_by_role("button", name="Đặt mật khẩu và vào").click()
    screen.get_by_text("Đăng xuất").first.wait_for()


def test_a_list_of_people_is_pasted_judged_and_invited(cast: Cast, screen: Page) -> None:
    sign_in(screen, cast.an)
    screen.goto(f"/don-vi/{cast.commune.pk}/moi-danh-sach/")
    held(screen)
    screen.get_by_role("textbox", name="Danh sách").fill(
        "Gấm; gam@songlam.example; thủ trưởng\nHạnh; hanh.songlam.example; thủ trưởng"
    )
    screen.get_by_role("button", name="Kiểm tra danh sách").click()
    screen.get_by_text("Có 1 dòng cần sửa").wait_for()
    held(screen)
    screen.get_by_role("textbox", name="Danh sách").fill(
        "Gấm; gam@songlam.example; thủ trưởng\nHạnh; hanh@songlam.example; thủ trưởng"
    )
    screen.get_by_role("button", name="Kiểm tra danh sách").click()
    held(screen)
    screen.get_by_role("button", name="Mời 2 người").click()
    screen.get_by_text("Đã gửi 2 thư mời").wait_for()
    held(screen)


def test_a_unit_that_has_ended_and_ones_own_page(cast: Cast, screen: Page) -> None:
    rename(cast.ward, name="Phường Chợ Mới", on=date(2025, 4, 1), by=cast.an, now=NOW)
    close(cast.ward, on=date(2025, 7, 1), by=cast.an, now=NOW)
    sign_in(screen, cast.an)
    screen.goto(f"/don-vi/{cast.ward.pk}/")
    held(screen)
    screen.goto("/don-vi/?q=khong-co")
    held(screen)
    screen.goto("/tai-khoan/")
    held(screen)


def test_somebody_leaves_a_unit(cast: Cast, screen: Page) -> None:
    sign_in(screen, cast.an)
    screen.goto(f"/don-vi/{cast.commune.pk}/nguoi/{cast.chi.pk}/")
    screen.get_by_role("link", name="Người này rời đơn vị").click()
    screen.get_by_text("Người cuối cùng của đơn vị").wait_for()
    held(screen, "roi-don-vi")
    screen.get_by_role("button", name="Cho rời đơn vị").click()
    screen.get_by_text("đã rời đơn vị").wait_for()
    held(screen)
