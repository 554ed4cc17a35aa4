"""Forms of the pages where people are invited and come."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from lachan.accounts.actions import Leaving
from lachan.accounts.sign_in_forms import NEW_PASSWORD_HINT, DeviceField
from lachan.orgs.models import Person, Role


class RoleForm(forms.Form):
    """Who is to hold which role on a unit. Somebody without an account gets one."""

    email = forms.EmailField(label=_("Địa chỉ thư điện tử"), max_length=254)
    name = forms.CharField(
        label=_("Họ và tên"), max_length=200, required=False, help_text=_("Cần điền khi người này chưa có tài khoản.")
    )
    role = forms.ChoiceField(label=_("Vai trò"))

    def __init__(self, *args: Any, roles: Collection[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Chọn vai trò")), *((role.value, role.label) for role in roles)]


class PastedForm(forms.Form):
    """Many people at once, one a line."""

    people = forms.CharField(
        label=_("Danh sách"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Mỗi người một dòng: họ và tên; thư điện tử; vai trò. Có thể dán từ bảng tính."),
    )
    role = forms.ChoiceField(label=_("Vai trò của những dòng không ghi vai trò"), required=False)

    def __init__(self, *args: Any, roles: Collection[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Dòng nào cũng ghi")), *((role.value, role.label) for role in roles)]


class FirstPasswordForm(forms.Form):
    """The first password of an account, typed twice, and the kind of device."""

    password1 = forms.CharField(
        label=_("Mật khẩu"),
        help_text=NEW_PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    device = DeviceField()

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.person)
        return password

    def clean_password2(self) -> str:
        second: str = self.cleaned_data["password2"]
        if "password1" in self.cleaned_data and second != self.cleaned_data["password1"]:
            raise forms.ValidationError(_("Hai lần nhập mật khẩu chưa giống nhau. Hãy nhập lại cả hai ô."))
        return second


class LeavingForm(forms.Form):
    """To whom a leaver hands over, and whether they leave altogether."""

    to = forms.ChoiceField(label=_("Bàn giao cho"), required=False)
    with_roles = forms.BooleanField(
        label=_("Giao luôn vai trò cho người nhận"),
        required=False,
        help_text=_("Ví dụ khi người nhận thay làm thủ trưởng."),
    )
    closes = forms.BooleanField(
        label=_("Nghỉ hẳn: đóng tài khoản"),
        required=False,
        help_text=_("Vai trò ở mọi đơn vị kết thúc; không đăng nhập được nữa."),
    )

    def __init__(self, *args: Any, colleagues: Collection[Person], may_close: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            ("", _("Không bàn giao cho riêng ai")),
            *((key, one.name) for key, one in self.colleagues.items()),
        ]
        if not colleagues:
            del self.fields["to"], self.fields["with_roles"]
        if not may_close:
            del self.fields["closes"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("with_roles") and not cleaned.get("to"):
            self.add_error("to", _("Chọn người nhận để giao vai trò."))
        return cleaned

    def leaving(self) -> Leaving:
        """What was chosen."""
        typed = self.cleaned_data
        return Leaving(
            to=self.colleagues.get(typed.get("to", "")),
            with_roles=typed.get("with_roles", False),
            closes=typed.get("closes", False),
        )
