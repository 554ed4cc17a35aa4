"""Signing in: by e-mail and password; accounts are made by a coordinator or the operator, never by oneself."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth's classes are seen as Any here
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng dùng. Hãy nhờ người điều phối của đơn vị mở lại."),
        "email_password_mismatch": _(
            "Địa chỉ thư hoặc mật khẩu chưa đúng. Hãy xem lại cả hai ô, chữ hoa và chữ thường khác nhau."
        ),
        "enter_current_password": _("Mật khẩu đang dùng chưa đúng. Hãy nhập lại."),
        "incorrect_password": _("Mật khẩu chưa đúng. Hãy nhập lại."),
        "invalid_password_reset": _("Liên kết không còn dùng được. Hãy gửi liên kết mới."),
        "too_many_login_attempts": _("Đã nhập sai nhiều lần. Hãy chờ vài phút rồi thử lại, hoặc đặt lại mật khẩu."),
        "unknown_email": _("Chưa có tài khoản nào dùng địa chỉ thư này."),
        "rate_limited": _("Đã gửi quá nhiều lần. Hãy chờ vài phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """No mail about one's own change of password: a machine without a mail server must not fail on it."""
