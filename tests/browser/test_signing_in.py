"""Signing in, in a browser."""

import re
from datetime import UTC, datetime

import pytest
from cast import PASSWORD, assemble
from playwright.sync_api import Page, expect
from screens import held, sign_in

from lachan.orgs.models import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def lan(transactional_db: None) -> Person:
    return Person.objects.create_person(
        email="lan@thanhbinh.gov.vn",
        name="Nguyễn Thị Lan",
        password="mat-khau-cua-lan",
        joined_at=datetime(2024, 11, 1, tzinfo=UTC),
    )


def test_a_wrong_password_is_told_and_the_right_one_lets_in(phone: Page, lan: Person) -> None:
    phone.goto("/tai-khoan/login/?next=/thiet-ke/")
    held(phone)
    phone.get_by_label("Địa chỉ thư điện tử").fill(lan.email)
    phone.get_by_label("Mật khẩu").fill("sai")
    phone.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("Địa chỉ thư hoặc mật khẩu chưa đúng")
    held(phone, "dang-nhap-sai")
    phone.get_by_label("Mật khẩu").fill("mat-khau-cua-lan")
    phone.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(phone).to_have_url(re.compile(r"/thiet-ke/$"))


@pytest.mark.parametrize(
    "address",
    [
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-x/",
        "password/reset/key/done/",
        "signup/",
        "inactive/",
    ],
)
def test_the_account_pages_are_ours(page: Page, address: str, transactional_db: None) -> None:
    page.goto(f"/tai-khoan/{address}")
    held(page)
    expect(page.locator(".site-name")).to_be_visible()


def test_the_new_password_is_asked_for_twice(page: Page, lan: Person) -> None:
    sign_in(page, lan)
    page.goto("/tai-khoan/password/change/")
    held(page)
    page.get_by_label("Mật khẩu đang dùng").fill("mat-khau-cua-lan")
    page.get_by_label("Mật khẩu mới", exact=True).fill("con-duong-lang-moi")
    page.get_by_label("Nhập lại mật khẩu mới").fill("con-duong-lang-khac")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("alert")).to_contain_text("Hai lần nhập mật khẩu mới chưa giống nhau")


def test_an_idle_shared_device_warns_then_signs_out_and_keeps_what_was_typed(
    page: Page, transactional_db: None, settings: object
) -> None:
    cast, settings.SHARED_DEVICE_IDLE_SECONDS = assemble(), 8  # type: ignore[attr-defined]
    page.goto(f"/tai-khoan/login/?next=/don-vi/{cast.commune.pk}/nguoi/")
    page.get_by_label("Địa chỉ thư điện tử").fill(cast.an.email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_label("Máy dùng chung: tự đăng xuất khi không dùng").check()
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("button", name="Tiếp tục làm việc").wait_for()
    held(page, "may-dung-chung")
    page.get_by_role("button", name="Tiếp tục làm việc").click()
    page.get_by_label("Họ và tên").fill("Lê Thị Gấm")
    expect(page).to_have_url(re.compile("/tai-khoan/login/"), timeout=40_000)
    expect(page.get_by_text("vẫn được giữ")).to_be_visible()
    page.get_by_label("Địa chỉ thư điện tử").fill(cast.an.email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.locator("main input[name=name]")).to_have_value("Lê Thị Gấm")
