"""The second factor: what allauth asks of us about it, and who must have one."""

import base64
import hashlib
import secrets
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from lachan.orgs.access import StaffRequest
from lachan.orgs.models import Grant, Person

ERRORS: dict[str, Promise] = {
    "add_email_blocked": gettext_lazy("Chưa đổi được địa chỉ thư khi đang dùng xác thực hai lớp."),
    "cannot_delete_authenticator": gettext_lazy("Chưa tắt được lớp xác thực này."),
    "cannot_generate_recovery_codes": gettext_lazy("Hãy bật xác thực hai lớp trước khi tạo mã dự phòng."),
    "incorrect_code": gettext_lazy(
        "Mã chưa đúng hoặc đã hết hiệu lực. Hãy nhập mã đang hiện trên điện thoại; giờ của điện thoại cần đúng."
    ),
    "incorrect_passkey": gettext_lazy(
        "Khóa truy cập này chưa dùng được ở đây. Hãy thử lại, hoặc đăng nhập bằng mật khẩu."
    ),
    "unverified_email": gettext_lazy("Địa chỉ thư của tài khoản chưa được xác nhận."),
}


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth's classes are seen as Any here
    error_messages = DefaultMFAAdapter.error_messages | ERRORS

    def encrypt(self, text: str) -> str:
        """A copy of the database alone gives nobody a second factor: the key is the site's secret."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """After a change of the site's secret no code fits any more: a key nobody knows stands for what cannot be read."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> SafeString:
        """As part of the page: the content security policy lets no style or script into it, and there is none."""
        code = QRCode(image_factory=SvgPathImage, border=4)
        code.add_data(url)
        drawn: str = code.make_image().to_string(encoding="unicode")
        named = drawn.replace(
            "<svg ", f'<svg class="qr" role="img" aria-label="{_("Mã QR để quét bằng điện thoại")}" ', 1
        )
        return mark_safe(named)  # noqa: S308 - drawn by us, from an address that the library has quoted

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - named by allauth
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Khóa truy cập %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return "Lá Chắn"


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"lachan second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def has_factor(person: Person) -> bool:
    factors = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=person, type__in=factors).exists())


def must_have_factor(person: Person) -> bool:
    """Whether a role of `person` is one for which the operator wants a second factor: settings.SECOND_FACTOR_ROLES."""
    roles = settings.SECOND_FACTOR_ROLES
    return bool(roles) and Grant.objects.in_force().filter(person=person, role__in=roles).exists()


def factor_first(request: StaffRequest) -> HttpResponse | None:
    """The way to set up a second factor, for whoever must have one and has none; their own account stays open to them."""
    if request.path.startswith("/tai-khoan/") or not must_have_factor(request.user) or has_factor(request.user):
        return None
    messages.warning(
        request, _("Vai trò của anh/chị cần xác thực hai lớp. Hãy bật một cách dưới đây để làm việc tiếp.")
    )
    return redirect("mfa_index")
