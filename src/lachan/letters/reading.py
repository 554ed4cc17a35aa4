"""What the reader found in a letter, as it is kept beside it: values, their places in the text, and how sure each is."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, ClassVar, TypeVar

from lachan.engine.letters.found import DOUBTFUL
from lachan.foundation.design import Span as Mark
from lachan.foundation.design import Words

Spans = list[list[int]]  # [[start, end], …] in Letter.text


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something the reader found. Below DOUBTFUL a person should look."""

    spans: Spans = field(default_factory=list)
    certainty: float = 1.0

    @property
    def is_doubtful(self) -> bool:
        return self.certainty < DOUBTFUL


@dataclass(frozen=True, kw_only=True)
class Fact(Found):
    """One field of the letter, in words. Dates are ISO, as far as the letter gives them."""

    value: str


@dataclass(frozen=True, kw_only=True)
class Mentioned(Found):
    """Another document the letter names."""

    doc_type: str
    symbol: str = ""
    day: str = ""  # ISO, or nothing
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Deadline(Found):
    """Something to be done by a day. `day` is nothing for a recurring or relative deadline, which `what` then tells."""

    day: str = ""  # ISO
    what: str = ""

    @property
    def date(self) -> date | None:
        return date_of(self.day)


@dataclass(frozen=True, kw_only=True)
class Asked(Found):
    """One numbered task of the letter."""

    number: str = ""
    text: str = ""
    bodies: list[str] = field(default_factory=list)
    due: str = ""  # ISO

    @property
    def date(self) -> date | None:
        return date_of(self.due)


@dataclass(frozen=True, kw_only=True)
class FormRow(Found):
    """One line of the report form: an indicator (`is_number`) or something to be written."""

    text: str = ""
    counted_in: str = ""
    applies_to: str = ""
    is_number: bool = True


One = TypeVar("One", bound=Found)


@dataclass(frozen=True)
class Reading:
    """Everything found in one letter. `facts` by the names of Letter's columns, and "period_from", "period_to"."""

    LISTS: ClassVar[dict[str, type[Found]]] = {
        "recipients": Fact,
        "copies": Fact,
        "mentioned": Mentioned,
        "deadlines": Deadline,
        "tasks": Asked,
        "rows": FormRow,
    }

    facts: dict[str, Fact] = field(default_factory=dict)
    recipients: list[Fact] = field(default_factory=list)
    copies: list[Fact] = field(default_factory=list)
    mentioned: list[Mentioned] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    tasks: list[Asked] = field(default_factory=list)
    rows: list[FormRow] = field(default_factory=list)
    form_title: str = ""
    form_columns: list[str] = field(default_factory=list)  # more than one number is asked for in each row

    def fact(self, name: str) -> str:
        """The value of a field, or nothing."""
        found = self.facts.get(name)
        return found.value if found else ""

    def day(self, name: str) -> date | None:
        """The value of a date field, where the letter gives day, month and year."""
        return date_of(self.fact(name))

    def likely_day(self) -> date | None:
        """The letter's date; where it gives month or year alone, the last day that fits it and the first deadline."""
        if exact := self.day("date"):
            return exact
        year, _dash, month = self.fact("date").partition("-")
        if not year.isdecimal() or not date.min.year < int(year) < date.max.year:
            return None
        last = _last_day(int(year), int(month) if month.isdecimal() else 12)
        due = min((one.date for one in self.deadlines if one.date), default=last)
        return min(last, due) if due.year == last.year else last

    def is_doubtful(self, name: str) -> bool:
        found = self.facts.get(name)
        return bool(found and found.is_doubtful)


def to_json(reading: Reading) -> dict[str, Any]:
    """As Letter.reading keeps it."""
    return asdict(reading)


def from_json(kept: Mapping[str, Any]) -> Reading:
    """What Letter.reading keeps; parts it lacks are empty, parts of another version are passed over."""
    lists = {name: [_one(kind, item) for item in kept.get(name, [])] for name, kind in Reading.LISTS.items()}
    facts = {name: _one(Fact, item) for name, item in kept.get("facts", {}).items()}
    form = {"form_title": kept.get("form_title", ""), "form_columns": kept.get("form_columns", [])}
    return Reading(facts=facts, **form, **lists)  # type: ignore[arg-type]


def _one(kind: type[One], item: Mapping[str, Any]) -> One:
    known = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in item.items() if name in known})


def date_of(text: str) -> date | None:
    """An ISO day, or None for anything less."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else date(year, 12, 31)


def marks(found: Iterable[Found], label: Words, key: str, targets: Mapping[int, str] | None = None) -> Iterator[Mark]:
    """Marks for a document beside a form: `<key>-<n>` for the nth of them, leading to the control `targets[n]`."""
    for place, one in enumerate(found):
        target = (targets or {}).get(place, "")
        for nth, (start, end) in enumerate(one.spans):
            name = "" if nth else f"{key}-{place}"  # an anchor stands once on a page
            yield Mark(start, end, label, "doubtful" if one.is_doubtful else "sure", name, target)
