"""Forms in which an operator enters a change of boundaries, and a person decides what became of a divided unit's things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lachan.foundation.refused import Refused
from lachan.orgs.actions import Plan
from lachan.orgs.finding import find_one
from lachan.orgs.models import Kind, Unit, UnitVersionQuerySet
from lachan.orgs.plans import Decided, NewUnit, abolishing, changing, merging, splitting
from lachan.orgs.undecided import Undecided

Reach = Callable[[date], UnitVersionQuerySet]
_ONE = _("Gõ mã, hoặc tên có dấu hay không dấu.")
_MANY = _("Mỗi dòng một đơn vị: mã, hoặc tên có dấu hay không dấu.")


def _lines(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))


class ChangeForm(forms.Form):
    """What every change asks. `reach` gives the units of a day that the person answers for."""

    on = forms.DateField(label=_("Có hiệu lực từ ngày"), help_text=_("Ví dụ: 01/07/2025"))
    basis = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        max_length=500,
        help_text=_("Nghị quyết hoặc quyết định, ví dụ: Nghị quyết số 1686/NQ-UBTVQH15"),
    )
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach

    def clean(self) -> dict[str, Any]:
        """Units are looked for among those of the day; what is not found is said at its field."""
        typed = super().clean() or {}
        if typed.get("on"):
            for name in ("olds", "old", "into", "under"):
                if typed.get(name):
                    self._find(name, typed)
        return typed

    def _find(self, name: str, typed: dict[str, Any]) -> None:
        within = self.reach(typed["on"])
        try:
            if name == "olds":
                lines = [line for line in typed[name].splitlines() if line.strip()]
                typed[name] = list(dict.fromkeys(find_one(line.strip(), within, typed["on"]) for line in lines))
            else:
                typed[name] = find_one(typed[name], within, typed["on"])
        except Refused as no:
            self.add_error(name, str(no))

    @property
    def decided(self) -> Decided:
        typed = self.cleaned_data
        return Decided(day=typed["on"], request_key=typed["request_key"], basis=typed["basis"].strip())

    def plan(self) -> Plan:
        """The change. Refused where it makes no sense."""
        raise NotImplementedError


class MergeForm(ChangeForm):
    """Units go whole into one that is there, or into a new one."""

    olds = _lines(_("Các đơn vị nhập lại"), _MANY)
    into = forms.CharField(
        label=_("Nhập vào đơn vị đang có"),
        required=False,
        max_length=200,
        help_text=_("Có thể là một trong các đơn vị trên. Để trống nếu thành lập đơn vị mới."),
    )
    new_name = forms.CharField(label=_("Tên đơn vị mới"), required=False, max_length=200)
    new_kind = forms.ModelChoiceField(
        Kind.objects.all(), label=_("Loại đơn vị mới"), required=False, empty_label=_("Chọn loại")
    )
    new_code = forms.CharField(
        label=_("Mã đơn vị mới"),
        required=False,
        max_length=40,
        help_text=_("Để trống thì hệ thống đặt mã theo đơn vị cấp trên."),
    )
    field_order = ["olds", "into", "new_name", "new_kind", "new_code", "on", "basis", "request_key"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not self.has_error("into") and not typed.get("into"):
            if not typed.get("new_name"):
                self.add_error("new_name", gettext("Ghi tên đơn vị mới, hoặc chọn đơn vị đang có ở ô trên."))
            if not typed.get("new_kind"):
                self.add_error("new_kind", gettext("Chọn loại của đơn vị mới."))
        return typed

    def plan(self) -> Plan:
        typed = self.cleaned_data
        new = typed["into"]
        if not isinstance(new, Unit):
            new = NewUnit(name=typed["new_name"], kind=typed["new_kind"].pk, code=typed["new_code"].strip())
        return merging(typed["olds"], new, self.decided)


class SplitForm(ChangeForm):
    """A unit goes in parts to others."""

    old = forms.CharField(label=_("Đơn vị bị chia"), max_length=200, help_text=_ONE)
    parts = _lines(
        _("Các đơn vị nhận phần"),
        _("Mỗi dòng một đơn vị. Nếu văn bản nêu tỷ lệ thì ghi sau dấu bằng, ví dụ: Xã Gò Thấp = 40"),
    )
    field_order = ["old", "parts", "on", "basis", "request_key"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("on") and typed.get("parts"):
            try:
                typed["parts"] = dict(
                    self._part(line, typed["on"]) for line in typed["parts"].splitlines() if line.strip()
                )
            except Refused as no:
                self.add_error("parts", str(no))
        return typed

    def _part(self, line: str, day: date) -> tuple[Unit, Decimal | None]:
        name, stated, share = line.partition("=")
        unit = find_one(name.strip(), self.reach(day), day)
        if not stated:
            return unit, None
        try:
            percent = Decimal(share.strip().rstrip("%").strip().replace(",", "."))
        except InvalidOperation:
            percent = Decimal(0)
        if not 0 < percent < 100:
            raise Refused(
                gettext("Tỷ lệ ở dòng “%(line)s” cần là một số trên 0 và dưới 100, ví dụ 40 hoặc 37,5.")
                % {"line": line}
            )
        return unit, percent / 100

    def plan(self) -> Plan:
        return splitting(self.cleaned_data["old"], self.cleaned_data["parts"], self.decided)


class AbolishForm(ChangeForm):
    """Units end and nothing takes their place."""

    olds = _lines(_("Các đơn vị kết thúc hoạt động"), _MANY)
    field_order = ["olds", "on", "basis", "request_key"]

    def plan(self) -> Plan:
        return abolishing(self.cleaned_data["olds"], self.decided)


class RenameForm(ChangeForm):
    """A unit under another name."""

    old = forms.CharField(label=_("Đơn vị đổi tên"), max_length=200, help_text=_ONE)
    new_name = forms.CharField(label=_("Tên mới"), max_length=200)
    field_order = ["old", "new_name", "on", "basis", "request_key"]

    def plan(self) -> Plan:
        return changing(self.cleaned_data["old"], self.decided, name=self.cleaned_data["new_name"])


class ReclassifyForm(ChangeForm):
    """A unit of another kind, which mostly changes its name too."""

    old = forms.CharField(label=_("Đơn vị đổi loại"), max_length=200, help_text=_ONE)
    new_kind = forms.ModelChoiceField(Kind.objects.all(), label=_("Loại mới"), empty_label=_("Chọn loại"))
    new_name = forms.CharField(
        label=_("Tên mới"),
        required=False,
        max_length=200,
        help_text=_("Ví dụ: Phường Lộc Ninh. Để trống nếu giữ tên cũ."),
    )
    field_order = ["old", "new_kind", "new_name", "on", "basis", "request_key"]

    def plan(self) -> Plan:
        typed = self.cleaned_data
        return changing(typed["old"], self.decided, kind=typed["new_kind"].pk, name=typed["new_name"])


class MoveUnderForm(ChangeForm):
    """A unit, with all below it, under another unit."""

    old = forms.CharField(label=_("Đơn vị chuyển đi"), max_length=200, help_text=_ONE)
    under = forms.CharField(label=_("Đơn vị cấp trên mới"), max_length=200, help_text=_ONE)
    field_order = ["old", "under", "on", "basis", "request_key"]

    def plan(self) -> Plan:
        return changing(self.cleaned_data["old"], self.decided, under=self.cleaned_data["under"])


EVENTS: dict[str, tuple[Any, Any, type[ChangeForm]]] = {
    "nhap": (_("Nhập nhiều đơn vị làm một"), _("Việc đang mở, vai trò và bản nháp chuyển sang đơn vị mới."), MergeForm),
    "chia": (_("Chia một đơn vị"), _("Việc đang mở chờ người quyết định chuyển về đâu."), SplitForm),
    "doi-ten": (_("Đổi tên"), _("Đơn vị giữ nguyên mọi việc; tên cũ vẫn tìm thấy."), RenameForm),
    "doi-loai": (_("Đổi loại"), _("Ví dụ xã thành phường."), ReclassifyForm),
    "chuyen": (_("Chuyển về đơn vị cấp trên khác"), _("Cùng mọi đơn vị trực thuộc."), MoveUnderForm),
    "ket-thuc": (_("Kết thúc, không có đơn vị thay"), _("Báo cáo còn nợ được miễn, ghi rõ lý do."), AbolishForm),
}
"""By what stands in the address: what is done, what comes of it, and its form."""


class FilterForm(forms.Form):
    """Which of the units that wait for a decision to list."""

    q = forms.CharField(label=_("Tên đơn vị"), required=False, max_length=100)
    loai = forms.CharField(required=False, widget=forms.HiddenInput)


class ChoiceForm(forms.Form):
    """Who takes over which of a unit's things, and why."""

    successor = forms.CharField(label=_("Đơn vị tiếp nhận"))
    what = forms.MultipleChoiceField(
        label=_("Những việc chuyển sang đơn vị đó"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bỏ chọn những việc sẽ chuyển sang đơn vị khác."),
    )
    because = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        help_text=_("Ví dụ: trụ sở cũ nằm ở đơn vị này. Lý do được ghi vào nhật ký."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, waiting: Undecided, within: UnitVersionQuerySet, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within, self.day = within, day
        things = [(one.key, one.words) for one in waiting.held]
        self.fields["what"].choices = things  # type: ignore[attr-defined]
        self.fields["what"].initial = [key for key, _words in things]
        if waiting.choices:
            parts = [(str(one.unit_id), one.name) for one in waiting.choices]
            self.fields["successor"] = forms.ChoiceField(
                label=_("Đơn vị tiếp nhận"), choices=parts, widget=forms.RadioSelect
            )
            self.order_fields(["successor", "what", "because"])
        else:
            self.fields["successor"].help_text = _ONE

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        text = typed.get("successor")
        if text:
            try:
                typed["successor"] = self._unit(text)
            except Refused as no:
                self.add_error("successor", str(no))
        return typed

    def _unit(self, text: str) -> Unit:
        if isinstance(self.fields["successor"], forms.ChoiceField):
            return Unit.objects.get(pk=int(text))
        return find_one(text, self.within, self.day)
