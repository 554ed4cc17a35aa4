"""Forms and errors of signing in, in our words: allauth has none in Vietnamese. Named in settings.ACCOUNT_FORMS."""

from collections.abc import Callable
from typing import Any, ClassVar

from allauth.account import forms as allauth
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lachan.accounts.sessions import CHOICE_COOKIE, OWN, SHARED, begin, choose_device
from lachan.accounts.sign_on import ways

ERRORS: dict[str, Promise] = {
    "account_inactive": _("Tài khoản này đã ngừng dùng. Hãy nhờ người điều phối của đơn vị mở lại."),
    "email_password_mismatch": _(
        "Địa chỉ thư hoặc mật khẩu chưa đúng. Hãy xem lại cả hai ô; chữ hoa và chữ thường khác nhau."
    ),
    "enter_current_password": _("Mật khẩu đang dùng chưa đúng. Hãy nhập lại."),
    "incorrect_password": _("Mật khẩu chưa đúng. Hãy nhập lại."),
    "invalid_password_reset": _("Liên kết không còn dùng được. Hãy gửi liên kết mới."),
    "too_many_login_attempts": _("Đã nhập sai nhiều lần. Hãy chờ vài phút rồi thử lại, hoặc đặt lại mật khẩu."),
    "unknown_email": _("Chưa có tài khoản nào dùng địa chỉ thư này."),
    "rate_limited": _("Đã gửi quá nhiều lần. Hãy chờ vài phút rồi thử lại."),
}
"""What the account adapter says, by allauth's codes."""

NEW_PASSWORD_HINT = _(
    "Ít nhất 10 ký tự. Nên dùng bốn, năm từ không liên quan nhau; đừng dùng tên, ngày sinh, số điện thoại."
)


class DeviceField(forms.ChoiceField):
    """What kind of device this is: how long one stays signed in depends on it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Máy này là"),
            choices=[
                (OWN, _("Máy của riêng tôi: giữ đăng nhập 14 ngày")),
                (SHARED, _("Máy dùng chung: tự đăng xuất khi không dùng")),
            ],
            initial=OWN,
            widget=forms.RadioSelect,
        )


class Worded:
    """Gives fields their labels and hints, and drops the placeholders that would repeat them."""

    labels: ClassVar[dict[str, Promise]] = {}
    hints: ClassVar[dict[str, Promise]] = {}
    add_prefix: Callable[[str], str]
    data: dict[str, Any]
    fields: dict[str, Any]
    errors: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SameTwice(Worded):
    """A new password, typed twice."""

    hints: ClassVar[dict[str, Promise]] = {"password1": NEW_PASSWORD_HINT}

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]  # a form's, by inheritance
        if cleaned.get("password1") and self.data.get(self.add_prefix("password2")) and "password2" in self.errors:
            self.errors["password2"][:] = [_("Hai lần nhập mật khẩu mới chưa giống nhau. Hãy nhập lại cả hai ô.")]
        return cleaned


class LoginForm(Worded, allauth.LoginForm):  # type: ignore[misc]  # allauth's classes are seen as Any here
    labels = {"login": _("Địa chỉ thư điện tử"), "password": _("Mật khẩu")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["device"] = DeviceField()
        self.ways = ways()
        if self.request.COOKIES.get(CHOICE_COOKIE) == SHARED:
            self.fields["device"].initial = SHARED
            self.fields["login"].widget.attrs["autocomplete"] = "off"  # the browser offers nobody's address to the next

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        choose_device(request, self.cleaned_data["device"])
        answer: HttpResponse = super().login(request, redirect_url)
        begin(request, request.now)  # type: ignore[attr-defined]  # once more: allauth has just set its own length of the session
        return answer


class ResetPasswordForm(Worded, allauth.ResetPasswordForm):  # type: ignore[misc]
    labels = {"email": _("Địa chỉ thư điện tử")}


class ChangePasswordForm(SameTwice, allauth.ChangePasswordForm):  # type: ignore[misc]
    labels = {
        "oldpassword": _("Mật khẩu đang dùng"),
        "password1": _("Mật khẩu mới"),
        "password2": _("Nhập lại mật khẩu mới"),
    }


class SetPasswordForm(SameTwice, allauth.SetPasswordForm):  # type: ignore[misc]
    labels = {"password1": _("Mật khẩu mới"), "password2": _("Nhập lại mật khẩu mới")}


class ResetPasswordKeyForm(SameTwice, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    labels = {"password1": _("Mật khẩu mới"), "password2": _("Nhập lại mật khẩu mới")}


class ReauthenticateForm(Worded, allauth.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": _("Mật khẩu")}
