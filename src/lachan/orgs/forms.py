"""Forms of the pages of people."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lachan.orgs.models import Role


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
