"""The second factor in a browser: a passkey from Chromium's own virtual authenticator, and codes from an app."""

import re
from typing import Any

import pytest
from cast import PASSWORD, Cast
from django.core.cache import cache
from playwright.sync_api import Page, expect
from screens import held
from test_second_factor import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def no_attempts_remembered(transactional_db: None) -> None:
    cache.clear()


def enter(screen: Page, email: str) -> None:
    """Sign in and see the next page whole: one still being written keeps its session and loses what the page after it put there."""
    screen.goto("/tai-khoan/login/")
    screen.get_by_label("Địa chỉ thư điện tử").fill(email)
    screen.get_by_label("Mật khẩu").fill(PASSWORD)
    screen.get_by_role("button", name="Đăng nhập", exact=True).click()
    screen.wait_for_url(re.compile(r"^(?!.*/login/$)"), wait_until="load")


def prove(screen: Page) -> None:
    screen.get_by_label("Mật khẩu").fill(PASSWORD)
    screen.get_by_role("button", name="Tiếp tục").click()


def with_authenticator(screen: Page) -> None:
    """A phone with a fingerprint reader that always agrees: WebAuthn's virtual authenticator, by the DevTools protocol."""
    protocol = screen.context.new_cdp_session(screen)
    protocol.send("WebAuthn.enable")
    told = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": told})


def sign_out(screen: Page) -> None:
    screen.get_by_role("button", name="Đăng xuất").first.click()
    screen.get_by_text("Đã đăng xuất").wait_for()


def test_a_passkey_is_added_and_then_signs_in_alone(phone: Page, cast: Cast) -> None:
    with_authenticator(phone)
    enter(phone, cast.binh.email)
    phone.goto("/tai-khoan/hai-lop/")
    held(phone)
    phone.get_by_role("link", name="Thêm khóa truy cập").click()
    held(phone)
    prove(phone)
    held(phone)
    phone.get_by_label("Tên để nhận ra").fill("Điện thoại của Bình")
    phone.get_by_role("button", name="Tạo khóa truy cập").click()
    phone.get_by_role("heading", name="Mã dự phòng").wait_for()
    held(phone)
    phone.goto("/tai-khoan/hai-lop/passkey/")
    expect(phone.get_by_text("Điện thoại của Bình")).to_be_visible()
    held(phone)
    sign_out(phone)
    phone.goto("/tai-khoan/login/?next=/tai-khoan/phien/")
    phone.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(phone).to_have_url(re.compile(r"/tai-khoan/phien/$"))


def test_the_passkey_is_the_second_factor_after_the_password(page: Page, cast: Cast) -> None:
    with_authenticator(page)
    enter(page, cast.binh.email)
    page.goto("/tai-khoan/hai-lop/passkey/add/")
    prove(page)
    page.get_by_role("button", name="Tạo khóa truy cập").click()
    page.get_by_role("heading", name="Mã dự phòng").wait_for()
    sign_out(page)
    enter(page, cast.binh.email)
    held(page)
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.get_by_text("Bình").first.wait_for()
    page.goto("/tai-khoan/hai-lop/passkey/")
    page.get_by_role("link", name="Xóa").click()
    page.get_by_role("link", name="Khóa truy cập").click()
    held(page)
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.get_by_role("button", name="Xóa khóa").wait_for()
    held(page)
    page.get_by_role("button", name="Xóa khóa").click()
    page.get_by_text("Đã xóa khóa truy cập").wait_for()
    held(page)


def test_without_a_script_no_button_offers_a_passkey(tab: Any) -> None:
    with tab(java_script_enabled=False) as plain:
        plain.goto("/tai-khoan/login/")
        expect(plain.get_by_role("button", name="Đăng nhập", exact=True)).to_be_visible()
        expect(plain.get_by_text("Đăng nhập bằng khóa truy cập")).to_be_hidden()


def test_an_app_is_set_up_and_asked_for(phone: Page, cast: Cast) -> None:
    enter(phone, cast.binh.email)
    phone.goto("/tai-khoan/hai-lop/totp/activate/")
    prove(phone)
    held(phone)
    secret = phone.locator(".key").inner_text()
    phone.get_by_label("Mã xác thực").fill("000000")
    phone.get_by_role("button", name="Bật").click()
    expect(phone.get_by_role("alert")).to_contain_text("Mã chưa đúng")
    held(phone)
    phone.get_by_label("Mã xác thực").fill(code_of(secret))
    phone.get_by_role("button", name="Bật").click()
    phone.get_by_role("heading", name="Mã dự phòng").wait_for()
    held(phone)
    sign_out(phone)
    enter(phone, cast.binh.email)
    held(phone)
    phone.get_by_label("Mã xác thực").fill(code_of(secret, 1))
    phone.get_by_role("button", name="Tiếp tục").click()
    phone.goto("/tai-khoan/hai-lop/totp/deactivate/")
    held(phone)
