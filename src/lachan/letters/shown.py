"""What the page of a letter shows of its reading: marks in the text, and fields with where they came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext_lazy as _

from lachan.engine.vietnamese import fold
from lachan.foundation.design import Span as Mark
from lachan.letters.actions import Content, content_of
from lachan.letters.models import Letter
from lachan.letters.reading import Fact, Reading, from_json, marks
from lachan.letters.tasks import worker_is_up

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
    "period_from": _("Từ ngày"),
    "period_to": _("Đến ngày"),
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

    @property
    def doubts(self) -> int:
        """How many facts a person should look at."""
        return 0 if self.letter.state == Letter.State.CHECKED else sum(f.is_doubtful for f in self.reading.facts.values())


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


def beside(form: BaseForm, letter: Letter, reading: Reading) -> Iterator[Beside]:
    """The controls of a letter's facts. A doubt lasts until the value is changed or the letter is checked."""
    names = {column: fact for fact, column in FIELDS.items()}
    for bound in form:
        found = reading.facts.get(names.get(bound.name, bound.name))
        yield Beside(
            bound,
            f"mark-{names.get(bound.name, bound.name)}" if found and found.spans else "",
            bool(found) and letter.state == Letter.State.READ and _doubtful(found, bound),
        )


def _doubtful(found: Fact | None, bound: BoundField) -> bool:
    return bool(found and found.is_doubtful and not bound.form.is_bound)


def file_name(letter: Letter) -> str:
    """A name for a file to take away: letters of the plain alphabet, digits and dashes."""
    words = fold(f"{letter.doc_type} {letter.full_symbol} {letter.abstract}")
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in words).split())[:80].strip("-") or "van-ban"
