"""Forms of the second factor, in our words. Named in settings.MFA_FORMS."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lachan.accounts.sessions import choose_device
from lachan.accounts.sign_in_forms import Worded

CODE: dict[str, Promise] = {"code": _("Mã xác thực")}
CODE_HINT: dict[str, Promise] = {"code": _("Sáu chữ số đang hiện trên điện thoại, hoặc một mã dự phòng.")}


class AuthenticateForm(Worded, base.AuthenticateForm):  # type: ignore[misc]  # allauth's classes are seen as Any here
    labels = CODE
    hints = CODE_HINT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class ReauthenticateForm(Worded, base.ReauthenticateForm):  # type: ignore[misc]
    labels = CODE
    hints = CODE_HINT


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    labels = CODE
    hints = {"code": _("Sáu chữ số ứng dụng hiện ra sau khi quét.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class WellFormed:
    """The library stumbles over an answer of the wrong shape; no browser sends one, so it is told as one that does not fit."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # a form's, by inheritance
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_passkey") from error


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey always asks for the finger or the PIN, so it may sign in alone: nothing to choose."""

    labels = {"name": _("Tên để nhận ra")}
    hints = {"name": _("Ví dụ: điện thoại, máy ở cơ quan.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)

    def clean(self) -> Any:
        try:
            return super().clean()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_passkey") from error


class RenamePasskeyForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    labels = {"name": _("Tên để nhận ra")}


class UsePasskeyForm(WellFormed, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """As the second factor."""


class ReauthenticatePasskeyForm(WellFormed, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before a change to the account."""


class PasskeyLoginForm(WellFormed, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in by passkey; `device` is copied by the script from the form beside it."""

    device = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_device(self) -> str:
        device: str = self.cleaned_data["device"]
        choose_device(context.request, device)
        return device
