"""Forms: a unit's return, and the remark with which it is sent back."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lachan.activities.totals import Filled
from lachan.campaigns.models import Campaign
from lachan.engine.answers import Fault, tidy, unmistakable
from lachan.engine.drafts import Cell, Draft, Entry, Page, Seen, mark_of
from lachan.engine.vietnamese import read_number, write_number
from lachan.foundation.http import key_in
from lachan.letters.actions import Content, Heading
from lachan.reporting.actions.consolidating import Words
from lachan.reporting.faults import choices, sentence
from lachan.reporting.letterhead import Letterhead, Wording
from lachan.reporting.locks import end_of
from lachan.reporting.models import Obligation, Question, Remark
from lachan.reporting.past import LastTime, past_of
from lachan.reporting.sharing import Given


def name_of(question: Question) -> str:
    """The name of its control."""
    return f"q{question.key}"


def typed_in(posted: Mapping[str, str], questions: Iterable[Question]) -> dict[str, str]:
    """What was typed, by question key. Where the officer said how an ambiguous number is meant, or which of two, that."""
    typed = {}
    for question in questions:
        name = name_of(question)
        if f"{name}_keep" in posted:
            typed[question.key] = tidy(posted[f"{name}_keep"])
        elif name in posted:
            text = tidy(posted[name])
            asked_about, _bar, meant = posted.get(f"{name}_reading", "").rpartition("|")
            typed[question.key] = meant if asked_about and asked_about == text else text
    return typed


def page_of(posted: Mapping[str, str], questions: Iterable[Question]) -> Page:
    """The open page that was posted: what it had shown of each answer, and which of two it settled."""
    names = {question.key: name_of(question) for question in questions}
    seen = {key: _seen(posted[f"{name}_seen"]) for key, name in names.items() if f"{name}_seen" in posted}
    return Page(
        key=tidy(posted.get("request_key", ""))[:64] or secrets.token_urlsafe(16),
        turn=key_in(posted.get("turn", "")) or 0,
        seen=seen or None,
        chosen=frozenset(key for key, name in names.items() if f"{name}_keep" in posted),
        sure=frozenset(value for name, value in posted.items() if name.startswith("sure-")),
    )


def _seen(text: str) -> Seen:
    revision, _colon, mark = text.partition(":")
    return Seen(key_in(revision) or 0, mark)


@dataclass(frozen=True)
class Reading:
    """One way to understand a number, to be chosen: the value to post and the words beside it."""

    value: str
    words: str


@dataclass(frozen=True)
class Beside:
    """What stands beside a question: what activities give, what was answered last time, to whom it is given, remarks."""

    filled: Filled | None = None
    last: LastTime | None = None
    given: Sequence[Given] = ()
    remarks: Sequence[Remark] = ()


@dataclass(frozen=True)
class Control:
    """One question as the page asks it."""

    question: Question
    field: forms.BoundField
    readings: Sequence[Reading]  # what an ambiguous number may have meant
    cell: Cell  # the answer in the draft
    names: Mapping[int, str]  # of those who typed
    beside: Beside | None = None

    @property
    def seen(self) -> str:
        """What the page shows of the answer: it comes back with what is typed."""
        return f"{self.cell.revision}:{mark_of(self.cell.text)}"

    @property
    def entries(self) -> list[tuple[Entry, str]]:
        """What people typed, with their names; several where they differ."""
        return [(entry, self.names.get(entry.by, "")) for entry in self.cell.entries]

    @property
    def agrees(self) -> bool:
        """The answer is the number that activities give."""
        number = read_number(self.cell.text).value
        return bool(self.beside and self.beside.filled and number == self.beside.filled.value)


def beside_each(
    obligation: Obligation,
    questions: Iterable[Question],
    *,
    filled: Mapping[str, Filled],
    shares: Sequence[Given],
    remarks: Sequence[Remark],
) -> dict[str, Beside]:
    """What stands beside each question, by key; two queries for what was answered last time."""
    past = past_of(obligation.unit)
    given, remarked = defaultdict(list), defaultdict(list)
    for one in shares:
        for question in one.questions:
            given[question.pk].append(one)
    for remark in remarks:
        remarked[remark.question_id].append(remark)
    return {q.key: Beside(filled.get(q.key), past.last(q, obligation), given[q.pk], remarked[q.pk]) for q in questions}


class ReturnForm(forms.Form):
    """A unit's return as it is typed. The engine checks the answers; this shows them, and what is wrong with them."""

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, questions: Sequence[Question], *, draft: Draft, names: Mapping[int, str], faults: Sequence[Fault] = ()
    ) -> None:
        """Show what stands in the `draft`, typed by people of these `names`; with `faults`, say what is wrong where."""
        texts = draft.texts
        shown = {name_of(q): texts.get(q.key, "") for q in questions} | {"request_key": secrets.token_urlsafe(16)}
        super().__init__(data=shown if faults else None, initial=shown)
        self.questions, self.draft, self.names = questions, draft, names
        self.readings: dict[str, list[Reading]] = {}
        for question in questions:
            self.fields[name_of(question)] = field_of(question)
        by_key = {question.key: question for question in questions}
        for fault in faults:
            question = by_key[fault.key]
            self.add_error(name_of(question), sentence(fault, question))
            self.readings[fault.key] = [
                Reading(f"{fault.typed}|{unmistakable(number)}", write_number(number))
                for number in choices(fault, question)
            ]

    def controls(self, beside: Mapping[str, Beside] | None = None) -> dict[str, Control]:
        """Each question's control by its key, with what stands `beside` it."""
        return {
            q.key: Control(
                q,
                self[name_of(q)],
                self.readings.get(q.key, ()),
                self.draft.cells.get(q.key, Cell()),
                self.names,
                (beside or {}).get(q.key),
            )
            for q in self.questions
        }


def for_whom(remark: str) -> str:
    """Whom a question is for, as the form says it: "Dành cho UBND cấp huyện"."""
    if not remark or remark.lower().startswith(("dành cho", "áp dụng")):
        return remark
    return gettext("Dành cho %(units)s") % {"units": remark}


class Suggesting(forms.TextInput):
    """Words to choose one of: picked from the list that opens, or typed; it stays a cell like the others of its table."""

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__(attrs={"autocomplete": "off", "class": "control", "data-answer": ""})
        self.choices = choices

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        listed = f"{name}_choices"
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.choices))
        control = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', control, listed, options)


def field_of(question: Question) -> forms.Field:
    """The control in which a question is answered."""
    widget: forms.Widget
    if question.choices:
        widget = Suggesting(question.choices)
    elif question.is_number:
        widget = forms.TextInput(
            attrs={
                "inputmode": "decimal",
                "autocomplete": "off",
                "class": "control width-short number",
                "data-answer": "",
            }
        )
    else:
        widget = forms.Textarea(attrs={"rows": 6, "data-answer": ""})
    hints = (for_whom(question.applies_to), question.help_text, _columns(question))
    help_text = " ".join(filter(None, hints))
    return forms.CharField(label=question.text, required=False, help_text=help_text, widget=widget)


def _columns(question: Question) -> str:
    """How a list is typed: which cells stand in a line."""
    names = " | ".join(column.label for column in question.list_columns)
    return gettext("Mỗi dòng: %(columns)s. Có thể dán từ bảng tính.") % {"columns": names} if names else ""


class RemarkForm(forms.Form):
    """Why a return is sent back; may be blank where remarks at single answers say it."""

    request_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Nội dung cần sửa"),
        help_text=_("Đơn vị đọc nguyên văn, ví dụ: “Số buổi tuyên truyền chưa gồm quý IV, đề nghị rà soát lại.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Ghi rõ cần sửa gì để đơn vị biết.")},
    )


class AmendmentForm(forms.Form):
    """Why a return that was sent up is mended."""

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    because = forms.CharField(
        label=_("Lý do điều chỉnh"),
        help_text=_("Cấp trên đọc nguyên văn, ví dụ: “Thôn Trung gửi bổ sung hai buổi tuyên truyền ngày 28/02.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Ghi lý do điều chỉnh: cấp trên đọc nguyên văn bên cạnh số cũ và số mới.")},
    )


class PleaForm(forms.Form):
    """Why a unit asks for an exception to a lock, and until when."""

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    because = forms.CharField(
        label=_("Lý do"),
        help_text=_("Nơi xét đọc nguyên văn, ví dụ: “Thôn Trung mất mạng từ 02/4 nên gửi số liệu muộn.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    until = forms.DateField(label=_("Cần đến hết ngày"), help_text=_("Ví dụ: 18/11/2024"))

    def clean_until(self) -> datetime:
        return end_of(self.cleaned_data["until"])


def _paragraphs(label: Any, rows: int = 3, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows})
    )


class ReportForm(forms.Form):
    """The words of a consolidated report around its figures."""

    NOT_KEPT = frozenset({"request_key", "compared_with"})  # in the words of a draft

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    compared_with = forms.ChoiceField(
        label=_("So sánh với chiến dịch trước"),
        required=False,
        help_text=_("Bảng so sánh những chỉ tiêu trùng tên được đưa vào báo cáo."),
    )
    abstract = _paragraphs(_("Trích yếu"), 2)
    recipients = _paragraphs(_("Kính gửi"), 2, _("Mỗi nơi một dòng."))
    opening = _paragraphs(_("Phần mở đầu"), 4)
    closing = _paragraphs(_("Phần kết"), 3, required=False)
    number = forms.IntegerField(
        label=_("Số"),
        required=False,
        min_value=1,
        max_value=999_999,
        help_text=_("Để trống thì lấy số kế tiếp trong sổ."),
    )
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=80)
    place = forms.CharField(label=_("Địa danh"), max_length=100)
    dated_on = forms.DateField(label=_("Ngày ban hành"))
    signer_title = forms.CharField(label=_("Chức vụ người ký"), max_length=300)
    signer_name = forms.CharField(label=_("Người ký"), max_length=200)
    copies = _paragraphs(_("Nơi nhận"), 3, _("Mỗi nơi một dòng; dòng “Như trên” được ghi sẵn."), required=False)

    def __init__(self, *args: Any, earlier: Mapping[int, Campaign], **kwargs: Any) -> None:
        """`earlier`: by key, the campaigns it can be compared with."""
        super().__init__(*args, **kwargs)
        choices = [("", _("Không so sánh")), *((str(key), one.name) for key, one in earlier.items())]
        self.fields["compared_with"].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def suggested(
        cls, head: Letterhead, words: Wording, day: date, request_key: str, *, earlier: Mapping[int, Campaign]
    ) -> ReportForm:
        """The form as it is first shown."""
        return cls(
            earlier=earlier,
            initial={
                "request_key": request_key,
                "abstract": words.abstract,
                "recipients": words.recipient,
                "opening": words.opening,
                "closing": words.closing,
                "symbol": head.symbol,
                "place": head.place,
                "dated_on": day,
                "signer_title": head.signer_title,
                "signer_name": head.signer_name,
                "copies": "Lưu: VT",
            },
        )

    def words(self, head: Letterhead) -> Words:
        """What was typed, under the unit's letterhead. The form must be valid, or be the suggested one."""
        typed = self.cleaned_data if self.is_bound else {"number": None, **self.initial}
        heading = Heading(
            doc_type="báo cáo",
            issuer=head.issuer,
            issuer_parent=head.issuer_parent,
            **{
                name: typed[name]
                for name in ("symbol", "place", "abstract", "signer_name", "signer_title", "dated_on", "number")
            },
        )
        content = Content(
            recipients=_lines(typed["recipients"]),
            body=typed["opening"],
            authority=_lines(head.authority),
            copies=_lines(typed["copies"]),
        )
        return Words(heading, content, typed["closing"])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
