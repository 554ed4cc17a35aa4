"""What people give on the pages of packages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lachan.campaigns.models import Campaign
from lachan.exchange.models import Partner
from lachan.exchange.models.envelopes import Status
from lachan.foundation.formats import size
from lachan.foundation.uploads import LARGEST_FILE
from lachan.letters.models import Letter


class BringForm(forms.Form):
    """A package or a receipt as a file."""

    file = forms.FileField(
        label=_("Tệp gói báo cáo hoặc biên nhận"),
        help_text=_("Tệp .zip do hệ thống của cơ quan bên kia xuất ra; tối đa 25 MB."),
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    campaign = forms.ModelChoiceField(
        label=_("Báo cáo cho chiến dịch nào"),
        help_text=_("Để trống thì tìm theo số, ký hiệu văn bản ghi trong gói."),
        queryset=Campaign.objects.none(),
        required=False,
        empty_label=_("Tìm theo văn bản"),
    )

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.fields["file"].required = not too_large
        choice = self.fields["campaign"]
        choice.queryset = campaigns  # type: ignore[attr-defined]  # a ModelChoiceField, as declared above

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.too_large:
            self.add_error("file", _("Tệp lớn hơn %(limit)s nên chưa được nhận.") % {"limit": size(LARGEST_FILE)})
        return given


class PartnerForm(forms.Form):
    """Whom to exchange packages with."""

    code = forms.CharField(label=_("Mã đơn vị"), help_text=_("Đúng như trang của cơ quan bên kia ghi."), max_length=40)
    name = forms.CharField(label=_("Tên cơ quan"), max_length=200)
    public_key = forms.CharField(label=_("Khóa công khai"), help_text=_("Một dòng 43 ký tự."), max_length=200)


class PackForm(forms.Form):
    """For whom to pack a report."""

    partner = forms.ModelChoiceField(
        label=_("Gửi cho"),
        queryset=Partner.objects.none(),
        empty_label=None,
    )

    def __init__(self, *args: Any, partners: QuerySet[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["partner"]
        choice.queryset = partners  # type: ignore[attr-defined]  # a ModelChoiceField, as declared above


class CodeForm(forms.Form):
    """A unit's code on the exchange."""

    code = forms.CharField(
        label=_("Mã định danh"),
        help_text=_("Theo quyết định của tỉnh, ví dụ 000.01.12.H28 hoặc H28.12.01."),
        max_length=35,
    )
    receives = forms.BooleanField(
        label=_("Nhận văn bản gửi đến mã này vào sổ văn bản đến của đơn vị ở đây"), required=False
    )


class CrossingForm(forms.Form):
    """To whom a letter goes, and whose place it takes."""

    to = forms.MultipleChoiceField(label=_("Gửi đến"), widget=forms.CheckboxSelectMultiple)
    replaces = forms.ModelChoiceField(
        label=_("Thay thế văn bản đã gửi"),
        queryset=Letter.objects.none(),
        required=False,
        empty_label=_("không thay thế"),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], earlier: QuerySet[Letter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField, as declared above
        self.fields["replaces"].queryset = earlier  # type: ignore[attr-defined]  # a ModelChoiceField, as declared above


class RecallForm(forms.Form):
    """Why a letter is asked back."""

    because = forms.CharField(label=_("Lý do thu hồi"), max_length=300)


class StepForm(forms.Form):
    """How a letter fares here, for its sender."""

    status = forms.ChoiceField(label=_("Tình trạng xử lý"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Ghi chú cho nơi gửi"),
        help_text=_("Ví dụ: số văn bản trả lời, nơi xử lý."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, steps: Sequence[Status], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(step.value, capfirst(step.label)) for step in steps]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, as declared above
