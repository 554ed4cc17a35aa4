"""The controls of the set-up screen. Rows of one kind are forms of their own, added and taken away by buttons that submit."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lachan.foundation.http import key_in

MOST_ROWS = 200
PASS, OWN = "pass", "own"


class CampaignForm(forms.Form):
    """The campaign itself."""

    name = forms.CharField(label=_("Tên chiến dịch"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    starts_on = forms.DateField(label=_("Từ ngày"), required=False)
    ends_on = forms.DateField(label=_("Đến ngày"), required=False)
    report_on = forms.DateField(label=_("Hạn báo cáo: ngày"), required=False)
    report_at = forms.TimeField(
        label=_("Hạn báo cáo: giờ"), required=False, help_text=_("Ví dụ: 17:00"), widget=forms.TimeInput(format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts_on") and given.get("ends_on") and given["starts_on"] > given["ends_on"]:
            self.add_error("ends_on", _("Ngày kết thúc chiến dịch phải từ ngày bắt đầu trở đi."))
        return given


class DeadlineForm(forms.Form):
    """Which of several deadlines in the letter is that of the report."""

    OTHER = "other"
    pick = forms.ChoiceField(
        label=_("Văn bản nêu nhiều thời hạn. Hạn nào là hạn báo cáo?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pick"].choices = [*choices, (self.OTHER, _("Ngày khác, ghi ở ô bên dưới"))]  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """What the letter says of itself."""

    doc_type = forms.CharField(label=_("Loại văn bản"), max_length=60)
    number = forms.IntegerField(label=_("Số"), required=False, min_value=1, max_value=999_999)
    symbol = forms.CharField(label=_("Ký hiệu"), required=False, max_length=80)
    dated_on = forms.DateField(label=_("Ngày ban hành"), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False, max_length=300)
    abstract = forms.CharField(label=_("Trích yếu"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class TaskForm(forms.Form):
    """One task."""

    number = forms.CharField(label=_("Số thứ tự"), max_length=20, required=False)
    text = forms.CharField(label=_("Nội dung nhiệm vụ"), widget=forms.Textarea(attrs={"rows": 3}))
    bodies = forms.CharField(
        label=_("Cơ quan, đơn vị thực hiện"),
        required=False,
        help_text=_("Mỗi dòng một nơi; để trống là mọi đơn vị."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = forms.DateField(label=_("Hạn riêng"), required=False)


class AddresseeForm(forms.Form):
    """One entry after "Kính gửi". `units`: keys of its units, by commas; the page changes them as boxes are ticked."""

    line = forms.CharField(label=_("Ghi trong văn bản"), max_length=500)
    units = forms.CharField(required=False, widget=forms.HiddenInput)
    how = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    certainty = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Tìm đơn vị"), required=False, help_text=_("Tên đơn vị, có dấu hay không đều được."))
    group = forms.ChoiceField(label=_("Hoặc thêm cả nhóm"), required=False)
    left_out_because = forms.CharField(label=_("Không giao, vì"), required=False, max_length=300)

    def __init__(self, *args: Any, groups: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]

    @property
    def unit_keys(self) -> list[int]:
        """Keys of the units, as they stand in the hidden control."""
        return keys_in(str(self["units"].value() or ""))


class OwnLetterForm(forms.Form):
    """The owner's own letter that hands the campaign down."""

    doc_type = forms.CharField(label=_("Loại văn bản"), max_length=60)
    number = forms.IntegerField(
        label=_("Số"), required=False, min_value=1, max_value=999_999, help_text=_("Để trống: lấy số kế tiếp trong sổ.")
    )
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=80)
    dated_on = forms.DateField(label=_("Ngày ban hành"))
    place = forms.CharField(label=_("Địa danh"), max_length=100)
    abstract = forms.CharField(label=_("Trích yếu"), widget=forms.Textarea(attrs={"rows": 3}))
    bases = forms.CharField(
        label=_("Căn cứ"), required=False, help_text=_("Mỗi dòng một căn cứ."), widget=forms.Textarea(attrs={"rows": 2})
    )
    body = forms.CharField(
        label=_("Nội dung"),
        help_text=_("Mỗi dòng một đoạn. Chỗ ghi “[hạn báo cáo]” được thay bằng hạn đã chọn."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    authority = forms.CharField(label=_("Thẩm quyền ký"), required=False, help_text=_("Ví dụ: TM. ỦY BAN NHÂN DÂN"))
    signer_title = forms.CharField(label=_("Chức vụ người ký"), max_length=300)
    signer_name = forms.CharField(label=_("Người ký"), max_length=200, required=False)
    copies = forms.CharField(
        label=_("Nơi nhận"),
        required=False,
        help_text=_("Mỗi dòng một nơi; “Như trên” được ghi sẵn."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    with_form = forms.BooleanField(label=_("Kèm biểu mẫu báo cáo làm phụ lục"), required=False)


Row = TypeVar("Row", bound=forms.Form)


def rows(
    row: type[Row], name: str, *, data: QueryDict | None, initial: Iterable[Mapping[str, Any]] = (), **more: Any
) -> list[Row]:
    """The forms of one kind of row: from what was posted, where the hidden `name` holds a key for each; else from `initial`."""
    if data is None:
        return [row(initial=dict(one), prefix=f"{name}-{key}", **more) for key, one in enumerate(initial)]
    return [
        row(data, prefix=f"{name}-{key}", empty_permitted=True, use_required_attribute=False, **more)
        for key in data.getlist(name)[:MOST_ROWS]
        if key_in(key) is not None
    ]


def filled(forms_of_a_kind: Iterable[Row]) -> list[Row]:
    """Rows in which something was typed; empty ones are not kept."""
    return [form for form in forms_of_a_kind if form.has_changed()]


def keys_in(text: str) -> list[int]:
    """ "12,43" → [12, 43]; anything else in it is passed over."""
    return [key for part in text.split(",") if (key := key_in(part)) is not None]
