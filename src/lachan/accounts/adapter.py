"""What allauth asks of us: words, who gets in, and what happens once somebody is in."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lachan.accounts import sessions
from lachan.accounts.actions import note_arrival, note_change
from lachan.accounts.sign_in_forms import ERRORS
from lachan.orgs.models import Person

CHANGES: dict[str, Promise] = {
    "password_changed": _("Mật khẩu của anh/chị vừa được đổi."),
    "password_reset": _("Mật khẩu của anh/chị vừa được đặt lại."),
    "password_set": _("Tài khoản của anh/chị vừa có mật khẩu."),
    "totp_activated": _("Ứng dụng xác thực vừa được bật cho tài khoản của anh/chị."),
    "totp_deactivated": _("Ứng dụng xác thực vừa bị tắt khỏi tài khoản của anh/chị."),
    "webauthn_added": _("Một khóa truy cập vừa được thêm vào tài khoản của anh/chị."),
    "webauthn_removed": _("Một khóa truy cập vừa bị xóa khỏi tài khoản của anh/chị."),
    "recovery_codes_generated": _("Bộ mã dự phòng mới vừa được tạo cho tài khoản của anh/chị."),
}
"""What people are told of by mail, by the names of allauth's own letters."""
WAYS: dict[str, Promise] = {
    "reauthenticate": _("Nhập lại mật khẩu"),
    "mfa_reauthenticate": _("Mã trên điện thoại hoặc mã dự phòng"),
    "mfa_reauthenticate:webauthn": _("Khóa truy cập"),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth's classes are seen as Any here
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        """However somebody got in, by password, passkey or single sign-on."""
        super().login(request, user)
        now: datetime = request.now  # type: ignore[attr-defined]  # set by RequestTimeMiddleware
        sessions.begin(request, now)
        note_arrival(user, now=now)

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """What allauth would mail at once goes into the trail and the outbox: a mail server that is down stops nothing."""
        what = template_prefix.rpartition("/")[2]
        if what in CHANGES:
            note_change(user, what, str(CHANGES[what]), now=self.request.now)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**one, "description": WAYS[one["id"]]} for one in methods]
