"""The controls for one item of a report form: a question, a table, a list, a heading; and for a check between answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.engine.answers import Kind
from lachan.engine.checks import Check, Relation, Severity
from lachan.engine.report_form import FormDraft, Item, QuestionDraft, SectionDraft, TableDraft, lines
from lachan.engine.vietnamese import read_number, write_number
from lachan.portal import filled_from
from lachan.portal.filled_from import FilledFromForm
from lachan.reporting.models import Question

Groups = Sequence[tuple[str, str]]
COLUMNS_HINT = gettext_lazy(
    "Mỗi dòng một cột, ví dụ: Số người (người). “Số …” là số nguyên, “Tỷ lệ …” là số lẻ, còn lại là chữ; "
    "muốn khác thì thêm [chữ], [số nguyên] hoặc [số lẻ] ở cuối; để chọn trong danh sách thì thêm [chọn: Trực tiếp; Trực tuyến]."
)

HEADINGS_HINT = gettext_lazy("Dòng kết thúc bằng dấu “:” là tên nhóm của các cột bên dưới.")


class LimitField(forms.CharField):
    """A number as officers type it, or nothing."""

    def clean(self, value: Any) -> Any:
        """A Decimal; None when blank."""
        text = super().clean(value)
        if not text:
            return None
        number = read_number(text, whole=False).value
        if number is None:
            raise forms.ValidationError(_("Ô “%(label)s” cần là số, ví dụ 100.") % {"label": self.label})
        return number


class ItemForm(forms.Form):
    """What every item has; `item` gives what was typed as an item."""

    def __init__(self, *args: Any, groups: Groups = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].choices = list(groups)  # type: ignore[attr-defined]
        self.group_names = dict(groups)

    def item(self, before: Item | None) -> Item:
        """The item as typed; what the controls do not show stays as it was `before`."""
        raise NotImplementedError

    def _for_whom(self, before: Item | None) -> dict[str, Any]:
        """Who answers; the form's own words for it stay while the groups do."""
        codes = frozenset(self.cleaned_data["groups"])
        if isinstance(before, QuestionDraft | TableDraft) and before.group_codes == codes:
            return {"group_codes": codes, "applies_to": before.applies_to}
        names = ", ".join(self.group_names[code] for code in self.cleaned_data["groups"])
        return {"group_codes": codes, "applies_to": names[:300]}


def _text(label: Any, rows: int = 2, hint: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=5000, widget=widget)


def _groups() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=gettext_lazy("Dành cho"),
        required=False,
        help_text=gettext_lazy("Không chọn: mọi đơn vị trả lời."),
        widget=forms.CheckboxSelectMultiple,
    )


class SectionForm(ItemForm):
    """A heading."""

    title = forms.CharField(label=gettext_lazy("Tên mục"), max_length=300)

    def item(self, before: Item | None) -> Item:
        return SectionDraft(self.cleaned_data["title"])


KINDS = [choice for choice in Question.Kind.choices if choice[0] != Question.Kind.ROWS]
MEASURES = [c for c in Question.Measure.choices if c[0] not in (Question.Measure.TEXTS, Question.Measure.ROWS)]


class QuestionForm(ItemForm, FilledFromForm):
    """A number to give, or words to write."""

    text = _text(gettext_lazy("Câu hỏi hoặc chỉ tiêu"))
    kind = forms.ChoiceField(label=gettext_lazy("Kiểu trả lời"), choices=KINDS)
    counted_in = forms.CharField(
        label=gettext_lazy("Đơn vị tính"), required=False, max_length=60, help_text=gettext_lazy("Ví dụ: buổi, lượt, %")
    )
    required = forms.BooleanField(label=gettext_lazy("Bắt buộc trả lời"), required=False)
    groups = _groups()
    help_text = _text(
        gettext_lazy("Hướng dẫn cho người điền"),
        hint=gettext_lazy("Hiện ngay dưới câu hỏi, ví dụ: “Tính cả buổi lồng ghép trong họp tổ dân phố.”"),
        required=False,
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Cách tổng hợp số"), choices=MEASURES, initial=Question.Measure.SUM, required=False
    )
    minimum = LimitField(label=gettext_lazy("Thường không dưới"), required=False, max_length=20)
    maximum = LimitField(label=gettext_lazy("Thường không quá"), required=False, max_length=20)
    beyond = forms.ChoiceField(
        label=gettext_lazy("Khi số nằm ngoài mức trên"), choices=Question.Beyond.choices, initial=Severity.ASK
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        low, high = given.get("minimum"), given.get("maximum")
        if low is not None and high is not None and low > high:
            self.add_error("maximum", _("Mức “không quá” phải từ mức “không dưới” trở lên."))
        return given

    def item(self, before: Item | None) -> Item:
        base = before if isinstance(before, QuestionDraft) else QuestionDraft("")
        names = ("text", "kind", "counted_in", "required", "help_text", "minimum", "maximum", "beyond")
        typed = {name: self.cleaned_data[name] for name in names}
        measure = self.cleaned_data["measure"] or base.measure
        if typed["kind"] != Kind.TEXT and measure not in dict(MEASURES):
            measure = "sum"
        filled = {} if typed["kind"] == Kind.TEXT else self.filled_from()
        return replace(base, **typed, measure=measure, filled_from=filled, **self._for_whom(before))


class ListForm(ItemForm):
    """A list to fill in, a row after another."""

    text = _text(gettext_lazy("Tên danh sách"))
    columns = _text(gettext_lazy("Các cột"), 4, COLUMNS_HINT)
    required = forms.BooleanField(label=gettext_lazy("Bắt buộc có ít nhất một dòng"), required=False)
    groups = _groups()
    help_text = _text(gettext_lazy("Hướng dẫn cho người điền"), required=False)
    maximum = LimitField(label=gettext_lazy("Tối đa bao nhiêu dòng"), required=False, max_length=4)

    def item(self, before: Item | None) -> Item:
        base = before if isinstance(before, QuestionDraft) else QuestionDraft("", kind=Kind.ROWS)
        typed = {name: self.cleaned_data[name] for name in ("text", "required", "help_text", "maximum")}
        columns = lines.list_columns(self.cleaned_data["columns"], base.columns)
        return replace(base, **typed, kind=Kind.ROWS, columns=columns, **self._for_whom(before))


class TableForm(ItemForm):
    """A table with fixed rows."""

    title = _text(gettext_lazy("Tên bảng"))
    columns = _text(gettext_lazy("Các cột"), 4, format_lazy("{} {}", COLUMNS_HINT, HEADINGS_HINT))
    rows = _text(
        gettext_lazy("Các dòng"),
        8,
        gettext_lazy("Mỗi dòng một hàng của bảng. Dòng kết thúc bằng dấu “:” là tên nhóm của các hàng bên dưới."),
    )
    sum_row = forms.BooleanField(label=gettext_lazy("Thêm hàng tổng cộng, tự tính"), required=False)
    sum_column = forms.BooleanField(label=gettext_lazy("Thêm cột tổng cộng, tự tính"), required=False)
    required = forms.BooleanField(label=gettext_lazy("Bắt buộc điền mọi ô số"), required=False)
    groups = _groups()
    help_text = _text(gettext_lazy("Hướng dẫn cho người điền"), required=False)

    def item(self, before: Item | None) -> Item:
        base = before if isinstance(before, TableDraft) else TableDraft("", (), ())
        names = ("title", "sum_row", "sum_column", "required", "help_text")
        typed = {name: self.cleaned_data[name] for name in names}
        columns = lines.table_columns(self.cleaned_data["columns"], base.columns)
        rows = lines.table_rows(self.cleaned_data["rows"], base.rows)
        return replace(base, **typed, columns=columns, rows=rows, **self._for_whom(before))


FORMS: dict[str, type[ItemForm]] = {
    "cau-hoi": QuestionForm,
    "bang": TableForm,
    "danh-sach": ListForm,
    "de-muc": SectionForm,
}
NEW = {
    "cau-hoi": gettext_lazy("Thêm câu hỏi"),
    "bang": gettext_lazy("Thêm bảng"),
    "danh-sach": gettext_lazy("Thêm danh sách"),
    "de-muc": gettext_lazy("Thêm đề mục"),
}


def kind_of(item: Item) -> str:
    """Which of the forms an item is edited with."""
    if isinstance(item, SectionDraft):
        return "de-muc"
    if isinstance(item, TableDraft):
        return "bang"
    return "danh-sach" if item.kind == Kind.ROWS else "cau-hoi"


def shown(item: Item) -> dict[str, Any]:
    """An item as its controls show it."""
    if isinstance(item, SectionDraft):
        return {"title": item.title}
    same = {"required": item.required, "groups": sorted(item.group_codes), "help_text": item.help_text}
    if isinstance(item, TableDraft):
        text = {"columns": lines.columns_as_text(item.columns), "rows": lines.rows_as_lines(item.rows)}
        return {**same, **text, "title": item.title, "sum_row": item.sum_row, "sum_column": item.sum_column}
    limits = {
        name: write_number(limit) if limit is not None else ""
        for name, limit in (("minimum", item.minimum), ("maximum", item.maximum))
    }
    names = ("text", "kind", "measure", "counted_in", "beyond")
    more = {"columns": lines.columns_as_text(item.columns), **filled_from.shown(item.filled_from)}
    return {**same, **limits, **{name: getattr(item, name) for name in names}, **more}


def differences(form: ItemForm, item: Item) -> list[tuple[str, str, str]]:
    """Controls whose value is not that of `item`: label, what was typed, what it is now."""
    now = shown(item)
    pairs = [(bound, bound.value(), now.get(bound.name, "")) for bound in form]
    return [
        (str(b.label), _said(b, typed), _said(b, kept)) for b, typed, kept in pairs if _said(b, typed) != _said(b, kept)
    ]


def _said(bound: forms.BoundField, value: Any) -> str:
    """A control's value in words."""
    if isinstance(bound.field, forms.BooleanField):
        return _("có") if value else _("không")
    if isinstance(bound.field, forms.ChoiceField):
        names = {str(one.data["value"]): str(one.data["label"]) for one in bound.subwidgets}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(names.get(str(one), str(one)) for one in chosen if one) or "–"
    return str(value or "").replace("\r\n", "\n").strip() or "–"


class CheckForm(forms.Form):
    """A check between answers."""

    relation = forms.ChoiceField(
        label=gettext_lazy("Quy tắc"),
        choices=[
            (Relation.AT_MOST, gettext_lazy("Số thứ nhất không lớn hơn số thứ hai")),
            (Relation.SUM, gettext_lazy("Số thứ nhất bằng tổng các số được đánh dấu")),
            (Relation.DESCRIBE, gettext_lazy("Số thứ nhất lớn hơn 0 thì phải trả lời câu thứ hai")),
        ],
        widget=forms.RadioSelect,
    )
    first = forms.ChoiceField(label=gettext_lazy("Số thứ nhất"))
    second = forms.ChoiceField(label=gettext_lazy("Số, hoặc câu, thứ hai"), required=False)
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Các số cộng lại"), required=False, widget=forms.CheckboxSelectMultiple
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Khi không khớp"), choices=Question.Beyond.choices, initial=Severity.ASK
    )
    sentence = forms.CharField(
        label=gettext_lazy("Lời nhắc cho người điền"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Để trống thì dùng lời có sẵn."),
    )

    def __init__(self, *args: Any, draft: FormDraft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = list(draft.questions())
        numbers = [(one.code, one.text) for one in questions if one.kind in (Kind.WHOLE, Kind.DECIMAL)]
        every = [("", "—"), *((one.code, one.text) for one in questions)]
        for name, choices in (("first", numbers), ("second", every), ("parts", numbers)):
            self.fields[name].choices = _short(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("relation") == Relation.SUM:
            if len(set(given.get("parts") or []) - {given.get("first")}) < 2:
                self.add_error("parts", _("Đánh dấu ít nhất hai số, không kể số thứ nhất."))
        elif given.get("relation") and given.get("second") in ("", given.get("first")):
            self.add_error("second", _("Chọn câu thứ hai, khác câu thứ nhất."))
        return given

    def check(self) -> Check:
        """What was typed, as a check."""
        typed = self.cleaned_data
        is_sum = typed["relation"] == Relation.SUM
        others = [one for one in typed["parts"] if one != typed["first"]] if is_sum else [typed["second"]]
        keys = (typed["first"], *others)
        return Check(Relation(typed["relation"]), keys, Severity(typed["severity"]), typed["sentence"])


def _short(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(code, text if len(text) <= 90 else f"{text[:89]}…") for code, text in choices]
