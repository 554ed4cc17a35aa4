"""What is typed on the pages where a letter of our own is drafted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.letters.actions import Content, Heading, content_of
from lachan.letters.models import Letter

KINDS = (
    "công văn", "kế hoạch", "quyết định", "thông báo", "báo cáo", "tờ trình", "giấy mời", "chỉ thị", "hướng dẫn", "chương trình",
)  # fmt: skip
_HEADING = (
    "doc_type", "symbol", "place", "abstract", "signer_name", "signer_title", "dated_on", "number", "urgency", "circulation",
)  # fmt: skip
NEEDED = ("symbol", "dated_on", "abstract", "body", "signer_title", "signer_name")
_LISTS = ("recipients", "bases", "authority", "copies")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DraftForm(forms.Form):
    """Everything a letter says, but its annexes. Only what cannot be kept at all is a fault here; see `drafting.lacking`."""

    doc_type = forms.ChoiceField(label=gettext_lazy("Loại văn bản"), choices=[(kind, kind) for kind in KINDS])
    symbol = forms.CharField(label=gettext_lazy("Ký hiệu"), max_length=80, required=False)
    number = forms.IntegerField(
        label=gettext_lazy("Số"),
        required=False,
        min_value=1,
        max_value=99_999,
        help_text=gettext_lazy("Để trống để lấy số kế tiếp trong sổ, hoặc ghi số đã giữ."),
    )
    dated_on = forms.DateField(label=gettext_lazy("Ngày văn bản"), required=False)
    place = forms.CharField(label=gettext_lazy("Địa danh"), max_length=100, required=False)
    urgency = forms.ChoiceField(
        label=gettext_lazy("Mức độ khẩn"),
        choices=[("", gettext_lazy("không")), *Letter.Urgency.choices],
        required=False,
    )
    circulation = forms.ChoiceField(
        label=gettext_lazy("Phạm vi lưu hành"),
        choices=[("", gettext_lazy("không ghi")), *Letter.Circulation.choices],
        required=False,
    )
    abstract = forms.CharField(label=gettext_lazy("Trích yếu"), widget=_area(2), required=False)
    recipients = forms.CharField(
        label=gettext_lazy("Kính gửi"),
        widget=_area(3),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một nơi nhận."),
    )
    decided_by = forms.CharField(
        label=gettext_lazy("Thẩm quyền ban hành"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Chỉ dùng cho quyết định, ví dụ: Chủ tịch Ủy ban nhân dân xã Gò Cao."),
    )
    bases = forms.CharField(
        label=gettext_lazy("Căn cứ ban hành"),
        widget=_area(3),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một căn cứ."),
    )
    body = forms.CharField(
        label=gettext_lazy("Nội dung"),
        widget=_area(18),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một đoạn. Dòng mở đầu bằng I., 1., a) hoặc - được trình bày theo cấp của nó."),
    )
    authority = forms.CharField(
        label=gettext_lazy("Quyền hạn ký"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Ví dụ: TM. ỦY BAN NHÂN DÂN"),
    )
    signer_title = forms.CharField(
        label=gettext_lazy("Chức vụ người ký"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Ký thay, thừa lệnh thì ghi hai dòng, cách nhau bằng dấu /: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
        ),
    )
    signer_name = forms.CharField(label=gettext_lazy("Họ và tên người ký"), max_length=200, required=False)
    also_sign = forms.CharField(
        label=gettext_lazy("Người cùng ký"),
        widget=_area(2),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một người: chức vụ; họ tên; cơ quan (nếu là văn bản liên tịch)."),
    )
    copies = forms.CharField(
        label=gettext_lazy("Nơi nhận"),
        widget=_area(3),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một nơi nhận; dòng “Như trên” được thêm khi có “Kính gửi”."),
    )

    @classmethod
    def of(cls, letter: Letter, typed: Any = None) -> DraftForm:
        """The form of a draft as it is kept, or as it was just typed."""
        content = content_of(letter)
        kept = {name: getattr(letter, name) for name in _HEADING}
        kept |= {name: "\n".join(getattr(content, name)) for name in _LISTS}
        kept |= {"body": content.body, "decided_by": content.decided_by}
        kept["also_sign"] = "\n".join("; ".join(part for part in line if part) for line in content.also_sign)
        form = cls(typed, initial=kept)
        kinds = form.fields["doc_type"]
        if letter.doc_type not in KINDS and isinstance(kinds, forms.ChoiceField):
            kinds.choices = [(kind, kind) for kind in (letter.doc_type, *KINDS)]
        return form

    def mark_needed(self) -> None:
        """Do not call optional what the letter needs before it goes out. A draft may lack it: call this after validation."""
        self.full_clean()
        for name in NEEDED:
            self.fields[name].required = True

    def clean_also_sign(self) -> list[list[str]]:
        """Each line in its three parts."""
        found = []
        for line in _lines(self.cleaned_data["also_sign"]):
            parts = [part.strip() for part in line.split(";")]
            if not 2 <= len(parts) <= 3:
                raise forms.ValidationError(
                    _("Dòng “%(line)s” cần có chức vụ và họ tên, cách nhau bằng dấu chấm phẩy.") % {"line": line[:60]}
                )
            found.append([*parts, ""][:3])
        return found

    def heading(self, letter: Letter) -> Heading:
        """What was typed; for a field that could not be read, what was kept before."""
        typed = {name: self.cleaned_data.get(name, getattr(letter, name)) for name in _HEADING}
        return Heading(issuer=letter.issuer, issuer_parent=letter.issuer_parent, **typed)

    def content(self, letter: Letter) -> Content:
        """What was typed; for a field that could not be read, what was kept before."""
        kept = content_of(letter)
        data = self.cleaned_data
        lists = {name: _lines(data.get(name, "")) for name in _LISTS}
        return Content(
            recipients=lists["recipients"],
            bases=lists["bases"],
            authority=lists["authority"],
            copies=lists["copies"],
            body=data["body"],
            decided_by=data.get("decided_by", kept.decided_by),
            also_sign=data.get("also_sign", kept.also_sign),
            annex_title=kept.annex_title,
            annex_tables=kept.annex_tables,
            annex_rows=kept.annex_rows,
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class AnnexForm(forms.Form):
    """One annex to put at the end."""

    title = forms.CharField(label=gettext_lazy("Tên phụ lục"), max_length=300)
    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        widget=_area(6),
        required=False,
        strip=False,
        help_text=gettext_lazy("Chữ, hoặc bảng dán từ Excel: mỗi dòng một hàng, hàng đầu là tên cột."),
    )
    file = forms.FileField(
        label=gettext_lazy("Hoặc tệp đính kèm"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("PDF, DOCX hoặc XLSX; tối đa 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx"}),
    )


class ReasonForm(forms.Form):
    """Why something is undone."""

    because = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)


class PatternForm(forms.Form):
    """A unit's own wording."""

    name = forms.CharField(label=gettext_lazy("Tên mẫu"), max_length=200)
    doc_type = forms.ChoiceField(label=gettext_lazy("Loại văn bản"), choices=[(kind, kind) for kind in KINDS])
    abstract = forms.CharField(label=gettext_lazy("Trích yếu"), widget=_area(2), required=False)
    bases = forms.CharField(label=gettext_lazy("Căn cứ ban hành"), widget=_area(3), required=False)
    body = forms.CharField(label=gettext_lazy("Nội dung"), widget=_area(16))
