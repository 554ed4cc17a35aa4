"""What the page of a letter shows of its reading: marks in the text, and fields with where they came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext_lazy as _

from lachan.engine.vietnamese import fold
from lachan.foundation.background import worker_is_up
from lachan.foundation.design import Span as Mark
from lachan.foundation.design import Words
from lachan.foundation.formats import day
from lachan.letters.actions import Content, content_of
from lachan.letters.models import Letter
from lachan.letters.reading import Fact, Reading, from_json, marks

LABELS = {
    "doc_type": _("Loại"),
    "number": _("Số"),
    "symbol": _("Ký hiệu"),
    "date": _("Ngày"),
    "place": _("Địa danh"),
    "issuer": _("Cơ quan ban hành"),
    "issuer_parent": _("Cơ quan chủ quản"),
    "abstract": _("Trích yếu"),
    "signer_name": _("Người ký"),
    "signer_title": _("Chức vụ"),
    "period_from": _("Thời gian thực hiện"),
    "period_to": _("Thời gian thực hiện"),
}
FIELDS = {"date": "dated_on"}  # where the form's name is not the reader's


@dataclass(frozen=True)
class Beside:
    """A control with the stretch of the letter it was read from, and whether a person should look at it."""

    field: BoundField
    source: str
    doubtful: bool


@dataclass(frozen=True)
class Page:
    """One letter with its reading."""

    letter: Letter
    reading: Reading
    now: datetime

    @property
    def content(self) -> Content:
        return content_of(self.letter)

    @property
    def is_read(self) -> bool:
        return self.letter.state in (Letter.State.READ, Letter.State.CHECKED)

    @property
    def is_being_read(self) -> bool:
        return self.letter.state == Letter.State.READING

    @cached_property
    def nobody_reads(self) -> bool:
        """It waits to be read and no worker is there to do it."""
        return self.is_being_read and not worker_is_up(self.now)

    @property
    def marks(self) -> list[Mark]:
        """Everything found, marked in the text; facts lead to their controls on this page."""
        return [*fact_marks(self.reading, "id_letter"), *list_marks(self.reading)]

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Where each finding can be seen in the text."""
        return anchors(self.marks)

    @property
    def lists(self) -> list[tuple[Words, list[tuple[str, str]]]]:
        """The lists the reader found, each entry in words with its anchor."""
        reading = self.reading
        due = [" ".join(filter(None, [day(one.date) + ":" if one.date else "", one.what])) for one in reading.deadlines]
        named: list[tuple[Words, str, list[str]]] = [
            (_("Kính gửi"), "recipient", [one.value for one in reading.recipients]),
            (_("Nhiệm vụ"), "task", [f"{one.number}. {one.text}" for one in reading.tasks]),
            (_("Thời hạn"), "deadline", due),
            (reading.form_title or _("Biểu mẫu báo cáo"), "row", [one.text for one in reading.rows]),
        ]
        return [
            (name, [(self.anchors.get(f"{key}-{n}", ""), words) for n, words in enumerate(entries)])
            for name, key, entries in named
            if entries
        ]

    @property
    def doubts(self) -> int:
        """How many facts a person should look at."""
        return (
            0 if self.letter.state == Letter.State.CHECKED else sum(f.is_doubtful for f in self.reading.facts.values())
        )


def page(letter: Letter, now: datetime) -> Page:
    """What the page of `letter` shows."""
    return Page(letter, from_json(letter.reading), now)


def fact_marks(reading: Reading, prefix: str) -> Iterator[Mark]:
    """Facts of the letter; `prefix` begins the ids of the controls they lead to."""
    for name, fact in reading.facts.items():
        for nth, (start, end) in enumerate(fact.spans):
            key, target = ("" if nth else name), f"{prefix}-{FIELDS.get(name, name)}"
            yield Mark(start, end, LABELS.get(name, name), "doubtful" if fact.is_doubtful else "sure", key, target)


def list_marks(reading: Reading) -> Iterator[Mark]:
    """Entries of the lists the reader found, each with an anchor and no control."""
    yield from marks(reading.recipients, _("Nơi nhận"), "recipient")
    yield from marks(reading.deadlines, _("Thời hạn"), "deadline")
    yield from marks(reading.tasks, _("Nhiệm vụ"), "task")
    yield from marks(reading.rows, _("Biểu mẫu"), "row")
    yield from marks(reading.mentioned, _("Văn bản được dẫn"), "mentioned")


def anchors(marks_on_page: Sequence[Mark]) -> dict[str, str]:
    """By the key of each mark, the anchor that leads to it: its own, or that of the mark which hides it.

    Where marks overlap only the shortest shows (design.mark_up), so that one wholly under others has no anchor of its own.
    """
    cuts = sorted({place for mark in marks_on_page for place in (mark.start, mark.end)})
    visible = {_shortest(marks_on_page, a, b) for a, b in pairwise(cuts)}
    found: dict[str, str] = {}
    for mark in marks_on_page:
        over = mark if mark in visible else _shortest(marks_on_page, mark.start, mark.start + 1)
        if mark.key and over and over.key:
            found[mark.key] = f"mark-{over.key}"
    return found


def _shortest(marks_on_page: Sequence[Mark], start: int, end: int) -> Mark | None:
    over = [mark for mark in marks_on_page if mark.start <= start and end <= mark.end]
    return min(over, key=lambda mark: mark.end - mark.start, default=None)


def explain_date(form: BaseForm, reading: Reading) -> None:
    """Say under the date's control that the letter gives less than a day."""
    if reading.fact("date") and not reading.day("date"):
        given = "/".join(reversed(reading.fact("date").split("-")))
        form.fields["dated_on"].help_text = _("Văn bản chỉ ghi %(given)s, thiếu ngày. Ví dụ: 18/11/2024") % {
            "given": given
        }


def beside(form: BaseForm, page: Page) -> Iterator[Beside]:
    """The controls of a letter's facts. A doubt lasts until the value is changed or the letter is checked."""
    letter, reading, known = page.letter, page.reading, page.anchors
    names = {column: fact for fact, column in FIELDS.items()}
    for bound in form:
        found = reading.facts.get(names.get(bound.name, bound.name))
        yield Beside(
            bound,
            known.get(names.get(bound.name, bound.name), ""),
            bool(found) and letter.state == Letter.State.READ and _doubtful(found, bound),
        )


def _doubtful(found: Fact | None, bound: BoundField) -> bool:
    """The reader was unsure, or read less than a whole value: a date without its day."""
    return bool(found and not bound.form.is_bound and (found.is_doubtful or not bound.value()))


def file_name(letter: Letter) -> str:
    """A name for a file to take away: letters of the plain alphabet, digits and dashes."""
    words = fold(f"{letter.doc_type} {letter.full_symbol} {letter.abstract}")
    return (
        "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in words).split())[:80].strip("-") or "van-ban"
    )
