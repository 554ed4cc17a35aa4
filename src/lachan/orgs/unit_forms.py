"""Forms of the pages where units, kinds and groups are looked up and written."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lachan.engine.tables import Reason, Unreadable
from lachan.orgs.actions import CONTACTS
from lachan.orgs.finding import namesakes
from lachan.orgs.models import Group, Kind, Unit, UnitVersion

DAY_HINT = _("Ví dụ: 18/11/2024")


class SearchForm(forms.Form):
    """Which units to list: by name, by kind, inside a branch, on a day."""

    q = forms.CharField(
        label=_("Tên đơn vị"), required=False, max_length=100, help_text=_("Gõ có dấu hoặc không dấu, ví dụ: nong cong")
    )
    loai = forms.ModelChoiceField(Kind.objects.all(), label=_("Loại đơn vị"), required=False, empty_label=_("Mọi loại"))
    ngay = forms.DateField(label=_("Tại ngày"), required=False)
    nhanh = forms.ModelChoiceField(Unit.objects.all(), required=False, widget=forms.HiddenInput)


class _ContactFields(forms.Form):
    email = forms.EmailField(label=_("Thư điện tử của đơn vị"), required=False, max_length=254)
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=40)
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=300)
    letter_symbol = forms.CharField(
        label=_("Ký hiệu trong văn bản"), required=False, max_length=40, help_text=_("Ví dụ: SGDĐT, THPTNC")
    )

    @property
    def contacts(self) -> dict[str, str]:
        """The typed contacts by the names of `CONTACTS`."""
        return {name: self.cleaned_data[name] for name in CONTACTS}


class _NamedFields(forms.Form):
    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    kind = forms.ModelChoiceField(Kind.objects.all(), label=_("Loại đơn vị"), empty_label=_("Chọn loại"))
    name_en = forms.CharField(label=_("Tên tiếng Anh"), required=False, max_length=200)


class _Unlike(forms.Form):
    """Asks once more before a second unit of one name comes to stand under the same one."""

    anyway = forms.BooleanField(
        label=_("Đây là một đơn vị khác, vẫn ghi"), required=False, widget=forms.HiddenInput, initial=False
    )

    def warn_of(self, same: list[UnitVersion]) -> None:
        if not same or self.cleaned_data.get("anyway"):
            return
        self.fields["anyway"].widget = forms.CheckboxInput()
        self.add_error(
            "name",
            _("Đã có “%(name)s” (mã %(code)s) ở đây. Nếu là một đơn vị khác, đánh dấu ô cuối trang rồi lưu lại.")
            % {"name": same[0].name, "code": same[0].unit.code},
        )


class FoundForm(_ContactFields, _NamedFields, _Unlike):
    """A unit to be founded under `parent`."""

    code = forms.CharField(
        label=_("Mã đơn vị"),
        max_length=40,
        required=False,
        help_text=_("Để trống thì hệ thống đặt mã theo đơn vị cấp trên."),
    )
    since = forms.DateField(label=_("Hoạt động từ ngày"), help_text=DAY_HINT)
    field_order = ["name", "kind", "code", "since", "email", "phone", "address", "letter_symbol", "name_en", "anyway"]

    def __init__(self, *args: Any, parent: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("name") and typed.get("since"):
            self.warn_of(namesakes(typed["name"], under=self.parent, day=typed["since"]))
        return typed


class ReviseForm(_ContactFields, _NamedFields, _Unlike):
    """What a unit is called, its kind and its contacts."""

    on = forms.DateField(
        label=_("Tên và loại mới áp dụng từ ngày"),
        help_text=_("Liên hệ mới dùng ngay. Tên cũ vẫn nằm trong quá trình."),
    )
    field_order = ["name", "kind", "on", "email", "phone", "address", "letter_symbol", "name_en", "anyway"]

    def __init__(self, *args: Any, version: UnitVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("name", self.version.name) != self.version.name and self.version.parent and typed.get("on"):
            same = namesakes(typed["name"], under=self.version.parent, day=typed["on"], but=self.version.unit)
            self.warn_of(same)
        return typed


class MoveForm(forms.Form):
    """Where a unit is to stand, and from when."""

    under = forms.CharField(
        label=_("Đơn vị cấp trên mới"), max_length=200, help_text=_("Gõ mã, hoặc tên có dấu hay không dấu.")
    )
    on = forms.DateField(label=_("Từ ngày"), help_text=DAY_HINT)


class KindForm(forms.ModelForm):  # type: ignore[type-arg]  # Django gives it no parameter at run time
    """A kind of unit."""

    class Meta:
        model = Kind
        fields = ["name", "name_en", "rank"]
        labels = {"name": _("Tên loại"), "name_en": _("Tên tiếng Anh"), "rank": _("Thứ tự trong danh sách")}
        help_texts = {"rank": _("Số nhỏ đứng trước. Các loại cùng số xếp theo mã.")}


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]
    """A group of units as letters name it."""

    class Meta:
        model = Group
        fields = ["name", "name_en", "kinds", "direct", "phrases", "rank"]
        labels = {
            "name": _("Tên nhóm"),
            "name_en": _("Tên tiếng Anh"),
            "kinds": _("Gồm các loại đơn vị"),
            "direct": _("Chỉ tính đơn vị đứng ngay dưới nơi được nhắc đến"),
            "phrases": _("Các cách văn bản gọi nhóm này"),
            "rank": _("Thứ tự trong danh sách"),
        }
        help_texts = {"phrases": _("Mỗi dòng một cách gọi, ví dụ: các trường THPT")}
        widgets = {"kinds": forms.CheckboxSelectMultiple, "phrases": forms.Textarea(attrs={"rows": 8})}


def initial_of(version: UnitVersion, day: date) -> dict[str, Any]:
    """The fields of `ReviseForm` as the unit stands."""
    named = {"name": version.name, "name_en": version.name_en, "kind": version.kind_id, "on": day}
    return named | {name: getattr(version.unit, name) for name in CONTACTS}


class ListForm(forms.Form):
    """A file with units, and the day from which what it says holds."""

    file = forms.FileField(
        label=_("Tệp danh sách"),
        help_text=_("XLSX hoặc CSV (UTF-8), tối đa 10.000 dòng."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    applies_on = forms.DateField(
        label=_("Áp dụng từ ngày"),
        help_text=_("Đơn vị mới hoạt động, tên và nơi trực thuộc mới có hiệu lực từ ngày này."),
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if too_large:
            self.fields["file"].required = False
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.too_large:
            self.add_error("file", _(str(Unreadable(Reason.TOO_LARGE))))
        return given
