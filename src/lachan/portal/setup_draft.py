"""From what was read in a letter to a campaign ready to be looked over: plain functions, each field by a rule one can read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from lachan.campaigns.actions import AddresseeDraft, CampaignDraft, TaskDraft
from lachan.engine.activities import LIKELY, suggest
from lachan.engine.answers import Kind
from lachan.engine.report_form import Item, QuestionDraft, TableDraft
from lachan.engine.report_form.lines import guess, measure_of, table_columns, table_rows
from lachan.engine.vietnamese import fold
from lachan.letters.models import Letter
from lachan.letters.reading import Deadline, FormRow, Reading
from lachan.portal.recipients import AddressBook, proposed
from lachan.reporting.models import Question

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
END_OF_WORK = time(17)
LONGEST_NAME = 500
FROM_COPIES = 0.6  # certainty of a recipient that only gets a copy
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_LEADING = re.compile(
    r"^(?:v/v|về việc|về|phối hợp|triển khai|thực hiện|tổ chức|tham gia|hưởng ứng|ban hành|phê duyệt)\s+", re.IGNORECASE
)
_QUOTED = re.compile(r"chiến dịch[^“\"]{0,40}[“\"]([^”\"]{8,300})[”\"]", re.IGNORECASE)


@dataclass(frozen=True)
class Setup:
    """Everything on the set-up screen but the owner's own letter."""

    campaign: CampaignDraft
    form_title: str
    questions: tuple[Item, ...]


def setup_of(letter: Letter, reading: Reading, book: AddressBook) -> Setup:
    """The draft a person starts from. What the letter does not say is left empty, to be asked for."""
    due = report_deadline(reading.deadlines)
    campaign = CampaignDraft(
        name=name_of(letter.abstract),
        starts_on=reading.day("period_from"),
        ends_on=_not_before(reading.day("period_from"), reading.day("period_to")),
        report_due=at_end_of_work(due.date) if due and due.date else None,
        tasks=tuple(TaskDraft(t.number[:20], t.text, "\n".join(t.bodies), t.date) for t in reading.tasks),
        addressees=addressees(letter, reading, book),
    )
    questions = form_items(reading, book)
    title = reading.form_title or _("Báo cáo kết quả thực hiện")
    title = title.capitalize() if title.isupper() else title
    return Setup(campaign, title[:LONGEST_NAME], questions)


def name_of(abstract: str) -> str:
    """The campaign's name: the one in quotation marks after "Chiến dịch", else the abstract without its leading verbs."""
    if quoted := _QUOTED.search(abstract):
        return quoted[1].strip()[:LONGEST_NAME]
    name = " ".join(abstract.split())
    while (shorter := _LEADING.sub("", name)) != name:
        name = shorter
    return (name[:1].upper() + name[1:])[:LONGEST_NAME]


def report_deadline(deadlines: Sequence[Deadline]) -> Deadline | None:
    """The one dated deadline for reporting, or the only dated one; None where there is none, and where there are several."""
    dated = [one for one in deadlines if one.date]
    reporting = [one for one in dated if is_about_reporting(one)]
    days = {one.date for one in reporting or dated}
    return (reporting or dated)[0] if len(days) == 1 else None


def is_about_reporting(deadline: Deadline) -> bool:
    words = fold(deadline.what)
    return "bao cao" in words or "tong hop" in words


def at_end_of_work(day: date) -> datetime:
    """Five in the afternoon of that day: letters give days, campaigns need an hour."""
    return datetime.combine(day, END_OF_WORK, HANOI)


def _not_before(first: date | None, last: date | None) -> date | None:
    return None if first and last and last < first else last


def form_items(reading: Reading, book: AddressBook) -> tuple[Item, ...]:
    """The form as the letter asks it; where its table has several columns to fill in, tables with fixed rows."""
    if not reading.form_columns:
        return tuple(question(row, book) for row in reading.rows) or plain_questions()
    words = [question(row, book) for row in reading.rows if not row.is_number]
    numbers = [row for row in reading.rows if row.is_number]
    return (*words, *_tables(numbers, reading, book))


def _tables(rows: Sequence[FormRow], reading: Reading, book: AddressBook) -> Iterator[TableDraft]:
    """A table for those rows that everybody fills in, and one for each "dành cho …"."""
    title = reading.form_title or _("Số liệu")
    for whom in dict.fromkeys(row.applies_to for row in rows):
        names = [
            f"{one.text} ({one.counted_in})" if one.counted_in else one.text for one in rows if one.applies_to == whom
        ]
        yield TableDraft(
            title=title.capitalize() if title.isupper() else title,
            columns=table_columns("\n".join(_as_number(head) for head in reading.form_columns)),
            rows=table_rows("\n".join(name.rstrip(":") for name in names)),
            applies_to=whom[:300],
            group_codes=book.group_codes(whom),
        )


def _as_number(head: str) -> str:
    """A column to be filled in is one of numbers, whatever it is called, unless it plainly asks for words."""
    _label, kind, _unit = guess(head)
    wants_words = fold(head).startswith(("noi dung", "ten ", "ly do", "mo ta", "y kien", "thoi gian", "dia diem"))
    return f"{head} [số nguyên]" if kind is Kind.TEXT and not wants_words else head


def question(row: FormRow, book: AddressBook) -> QuestionDraft:
    """One line of the form; whom it applies to by the groups its words name."""
    _words, _kind, counted_in = guess(row.text)
    unit = (row.counted_in or (counted_in if row.is_number else ""))[:60]
    kind = Kind.TEXT if not row.is_number else Kind.DECIMAL if "%" in (unit, counted_in) else Kind.WHOLE
    return QuestionDraft(
        text=row.text,
        kind=kind,
        measure=measure_of(kind, unit),
        counted_in=unit,
        required=row.is_number,
        applies_to=row.applies_to[:300],
        group_codes=book.group_codes(row.applies_to),
        filled_from=by_activities(row.text) if row.is_number else {},
    )


def by_activities(text: str) -> dict[str, Any]:
    """How activities answer a number, where its words say so well enough; the officer sees where the number came from."""
    found = suggest(text)
    return found.filled_from.to_json() if found and found.certainty >= LIKELY else {}


def plain_questions() -> tuple[QuestionDraft, ...]:
    """What every report answers, where the letter comes without a form."""
    asked = (
        (_("Kết quả thực hiện các nhiệm vụ được giao"), True),
        (_("Khó khăn, vướng mắc"), False),
        (_("Đề xuất, kiến nghị"), False),
    )
    return tuple(
        QuestionDraft(text, kind=Question.Kind.TEXT, measure=Question.Measure.TEXTS, required=required)
        for text, required in asked
    )


def addressees(letter: Letter, reading: Reading, book: AddressBook) -> tuple[AddresseeDraft, ...]:
    """Whom the campaign goes to.

    The owner's own letter: those it is addressed to. A letter from above: those of its addressees below the owner, and where
    there are none, the groups the owner usually writes to; its other addressees stay in the list with the reason they are left out.
    """
    named = book.addressees([one.value for one in reading.recipients])
    within = set(book.scope.values_list("unit_id", flat=True)) - {book.owner.pk, *book.version.ancestor_keys}
    if is_own(letter, book):
        return tuple(named) or tuple(_from_copies(reading, book, within))
    kept = [_from_above(draft, within) for draft in named]
    if any(draft.unit_ids and not draft.left_out_because for draft in kept):
        return tuple(kept)
    return (*(_not_ours(one.value) for one in reading.recipients), *proposed(book))


def _from_copies(reading: Reading, book: AddressBook, within: set[int]) -> Iterator[AddresseeDraft]:
    """A decision or plan addresses nobody: those who get a copy and stand below the owner, to be looked over."""
    for draft in book.addressees([_ASIDE.sub("", one.value) for one in reading.copies]):
        if ours := draft.unit_ids & within:
            how = _("theo mục Nơi nhận: %(how)s") % {"how": draft.how}
            yield replace(draft, unit_ids=ours, how=how[:200], certainty=min(draft.certainty, FROM_COPIES))


def _from_above(draft: AddresseeDraft, within: set[int]) -> AddresseeDraft:
    if draft.left_out_because or not draft.unit_ids:
        return draft
    ours = draft.unit_ids & within
    return replace(draft, unit_ids=ours) if ours else _not_ours(draft.line)


def _not_ours(line: str) -> AddresseeDraft:
    """An addressee of the letter from above that stays in the list, with the reason why nothing is handed to it."""
    return AddresseeDraft(line, left_out_because=_("Nơi nhận của văn bản cấp trên, không thuộc cấp dưới"))


def is_own(letter: Letter, book: AddressBook) -> bool:
    """Whether the letter's issuer is the unit that holds it."""
    version = book.version
    names = {fold(version.name), fold(version.body_name), fold(" ".join(version.heading))}
    if fold(letter.issuer) not in names:
        return False
    if version.kind.level or not letter.issuer_parent or version.parent is None:
        return True
    return fold(version.parent.version_on(letter.day).area) in fold(letter.issuer_parent)
