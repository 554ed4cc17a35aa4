"""The letter as read: each field with its place and certainty, and the whole as plain data."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from lachan.engine.letters.citations import Reference
from lachan.engine.letters.contacts import Contacts
from lachan.engine.letters.dates import When
from lachan.engine.letters.deadlines import Deadline
from lachan.engine.letters.form import Form
from lachan.engine.letters.found import Field, Found
from lachan.engine.letters.periods import Period
from lachan.engine.letters.targets import Target
from lachan.engine.letters.tasks import Task


@dataclass(frozen=True)
class Letter:
    """What a document says of itself. A field is None, and a list empty, where the text has nothing of the kind.

    `number` and `symbol` are split at the first separator; `date` is an ISO day, or year and month as far as given.
    `tasks_count` is None for plans, decisions and reports, whose points are no tasks of the letter.
    """

    doc_type: Found[str] | None
    issuer: Found[str] | None
    issuer_parent: Found[str] | None
    number: Found[str] | None
    symbol: Found[str] | None
    place: Found[str] | None
    date: Found[When] | None
    abstract: Found[str] | None
    recipients: tuple[Found[str], ...]
    references: tuple[Found[Reference], ...]
    period: Found[Period] | None
    deadlines: tuple[Found[Deadline], ...]
    tasks_count: Found[int] | None
    tasks: tuple[Found[Task], ...]
    targets: tuple[Found[Target], ...]
    contacts: Contacts
    signer_name: Found[str] | None
    signer_title: Found[str] | None
    copies: tuple[Found[str], ...]
    form: Form | None

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every finding, for a page that marks the places and flags the doubtful."""
        return tuple(_fields(self))

    def as_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON: missing fields and empty lists are None."""
        return {
            **{name: _value(getattr(self, name)) for name in _SINGLE},
            "recipients": _values(self.recipients),
            "references": [
                {"type": r.type, "symbol": r.symbol, "date": r.date, "title": r.title} for r in _each(self.references)
            ]
            or None,
            "period": {"from": self.period.value.start, "to": self.period.value.end} if self.period else None,
            "deadlines": [asdict(deadline) for deadline in _each(self.deadlines)] or None,
            "targets": [asdict(target) for target in _each(self.targets)] or None,
            "contacts": self._contacts(),
            "tasks": [asdict(task) for task in _each(self.tasks)] or None,
            "copies": _values(self.copies),
            "form": self._form(),
        }

    def _contacts(self) -> dict[str, list[str]] | None:
        if not self.contacts:
            return None
        return {name: [found.value for found in getattr(self.contacts, name)] for name in ("phones", "emails", "urls")}

    def _form(self) -> dict[str, Any] | None:
        if self.form is None:
            return None
        indicators = [asdict(indicator) for indicator in _each(self.form.indicators)]
        return {
            "title": self.form.title,
            "questions": [question.value for question in self.form.questions],
            "indicators": indicators,
        }


_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_SINGLE = (
    *("doc_type", "issuer", "issuer_parent", "number", "symbol", "place", "date", "abstract"),
    *("tasks_count", "signer_name", "signer_title"),
)


def _value(found: Found[Any] | None) -> Any:
    return found.value if found else None


def _each(found: tuple[Found[Any], ...]) -> list[Any]:
    return [one.value for one in found]


def _values(found: tuple[Found[str], ...]) -> list[str] | None:
    return _each(found) or None


def _fields(letter: Letter) -> Iterator[Field]:
    for name in _SINGLE:
        yield from _shown(name, (getattr(letter, name),))
    yield from _shown("period", (letter.period,))
    for name in ("recipients", "references", "deadlines", "tasks", "targets", "copies"):
        yield from _shown(name, getattr(letter, name))
    for name in ("phones", "emails", "urls"):
        yield from _shown(name, getattr(letter.contacts, name))
    if letter.form:
        yield from _shown("questions", letter.form.questions)
        yield from _shown("indicators", letter.form.indicators)


def _shown(name: str, found: Iterable[Found[Any] | None]) -> Iterator[Field]:
    return (Field(name, _words(one.value), one.spans, one.certainty) for one in found if one)


def _words(value: Any) -> str:
    """A value in words for a person: 18/11/2024, 10/2024, "Quyết định 12/QĐ-UBND"."""
    match value:
        case Reference():
            words = " ".join(part for part in (value.type, value.symbol, _words(value.date)) if part)
        case Deadline():
            words = _words(value.date) or value.what
        case Period():
            words = f"{_words(value.start)} – {_words(value.end)}"
        case Target():
            words = f"{value.value} {value.unit}"
        case dict():
            words = "/".join(str(value[part]) for part in ("month", "year") if part in value)
        case str() if _ISO.fullmatch(value):
            words = "/".join(reversed(value.split("-")))
        case _:
            words = "" if value is None else getattr(value, "text", str(value))
    return words
