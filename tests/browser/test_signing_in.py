"""Signing in, in a browser."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from screens import axe_clean, no_sideways_scroll, sign_in

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
    axe_clean(phone)
    phone.get_by_label("Địa chỉ thư điện tử").fill(lan.email)
    phone.get_by_label("Mật khẩu").fill("sai")
    phone.get_by_role("button", name="Đăng nhập").click()
    expect(phone.get_by_role("alert")).to_contain_text("Địa chỉ thư hoặc mật khẩu chưa đúng")
    axe_clean(phone)
    no_sideways_scroll(phone)
    phone.get_by_label("Mật khẩu").fill("mat-khau-cua-lan")
    phone.get_by_role("button", name="Đăng nhập").click()
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
    axe_clean(page)
    expect(page.locator(".site-name")).to_be_visible()


def test_the_new_password_is_asked_for_twice(page: Page, lan: Person) -> None:
    sign_in(page, lan)
    page.goto("/tai-khoan/password/change/")
    axe_clean(page)
    page.get_by_label("Mật khẩu đang dùng").fill("mat-khau-cua-lan")
    page.get_by_label("Mật khẩu mới", exact=True).fill("con-duong-lang-moi")
    page.get_by_label("Nhập lại mật khẩu mới").fill("con-duong-lang-khac")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("alert")).to_contain_text("Hai lần nhập mật khẩu mới chưa giống nhau")
