"""What people send and type on the pages of letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lachan.foundation.formats import size
from lachan.foundation.uploads import LARGEST_FILE
from lachan.letters.actions import Facts
from lachan.letters.models import Letter

ACCEPTED = ".docx,.pdf,.txt,.png,.jpg,.jpeg"


class ReceiveForm(forms.Form):
    """A letter as a file, or its text."""

    file = forms.FileField(
        label=_("Tệp văn bản"),
        help_text=_("DOCX, PDF, ảnh chụp, bản quét hoặc tệp chữ; tối đa 25 MB."),
        required=False,
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    text = forms.CharField(
        label=_("Hoặc dán nội dung văn bản"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.too_large:
            self.add_error(
                "file",
                _(
                    "Tệp lớn hơn %(limit)s nên chưa được nhận. Hãy quét lại ở độ phân giải thấp hơn hoặc tách bớt phụ lục."
                )
                % {"limit": size(LARGEST_FILE)},
            )
        elif not given.get("file") and not given.get("text", "").strip():
            self.add_error("file", _("Chọn một tệp, hoặc dán nội dung văn bản vào ô bên dưới."))
        return given


class SearchForm(forms.Form):
    """What to look for in a register, and which of its letters to show."""

    q = forms.CharField(
        label=_("Tìm trong sổ"),
        help_text=_("Số, ký hiệu, trích yếu, nơi ban hành; có dấu hay không đều được."),
        required=False,
    )
    year = forms.IntegerField(label=_("Năm"), required=False, min_value=1945, max_value=2200)
    urgent = forms.BooleanField(label=_("Chỉ văn bản khẩn"), required=False)


class ReserveForm(forms.Form):
    """A number kept for a letter that is still to come."""

    purpose = forms.CharField(label=_("Giữ số cho văn bản nào"), max_length=300)
    number = forms.IntegerField(
        label=_("Số"),
        required=False,
        min_value=1,
        max_value=99_999,
        help_text=_("Để trống để lấy số kế tiếp trong sổ."),
    )


class ArrivalForm(forms.Form):
    """When a letter arrived, and to whom it was passed."""

    arrived_on = forms.DateField(label=_("Ngày đến"))
    handled_by = forms.CharField(label=_("Đơn vị hoặc người nhận xử lý"), max_length=200, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django gives it no parameter at run time
    """What a received letter says of itself."""

    urgency = forms.ChoiceField(
        label=_("Mức độ khẩn"), choices=[("", _("không")), *Letter.Urgency.choices], required=False
    )
    circulation = forms.ChoiceField(
        label=_("Phạm vi lưu hành"), choices=[("", _("không ghi")), *Letter.Circulation.choices], required=False
    )

    class Meta:
        model = Letter
        fields = [
            "doc_type", "number", "symbol", "dated_on", "place", "issuer", "issuer_parent", "abstract", "signer_name",
            "signer_title", "urgency", "circulation",
        ]  # fmt: skip
        labels = {
            "doc_type": _("Loại văn bản"),
            "number": _("Số"),
            "symbol": _("Ký hiệu"),
            "dated_on": _("Ngày ban hành"),
            "place": _("Nơi ban hành (địa danh)"),
            "issuer": _("Cơ quan ban hành"),
            "issuer_parent": _("Cơ quan chủ quản"),
            "abstract": _("Trích yếu"),
            "signer_name": _("Người ký"),
            "signer_title": _("Chức vụ người ký"),
        }
        help_texts = {"signer_title": _("Nhiều dòng thì cách nhau bằng dấu /, ví dụ: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC")}
        widgets = {"abstract": forms.Textarea(attrs={"rows": 3})}

    def facts(self) -> Facts:
        """The form's values for `correct`."""
        return Facts(**{name: self.cleaned_data[name] for name in self._meta.fields or ()})
