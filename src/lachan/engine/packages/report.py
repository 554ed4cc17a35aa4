"""What a report package says: the form it answers, the figures with their coverage, the words, and who did not report.

Figures are texts with a point ("12.5"), so that they are the same number on every machine; moments are ISO 8601.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from lachan.engine.answers import Kind
from lachan.engine.packages.typed import read
from lachan.engine.packages.unfit import Unfit, Why
from lachan.engine.rollup import Coverage, Row, Rule, State

FIGURES, FORM = "figures.json", "form.json"
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
_ROUNDED = Decimal("0.00005")
"""How far a unit's figure may be from what it reported: the lines keep four digits."""


@dataclass(frozen=True)
class ColumnOf:
    """A column of a list to fill in."""

    key: str
    label: str
    kind: str


@dataclass(frozen=True)
class Question:
    """One question of the form as it was put to the units."""

    code: str
    text: str
    kind: str  # "whole", "decimal", "text", "rows"
    measure: str  # how it merges upward: `lachan.engine.rollup.Rule`
    counted_in: str = ""
    required: bool = False
    section: str = ""
    columns: tuple[ColumnOf, ...] = ()


@dataclass(frozen=True)
class FormOf:
    """The form the figures answer."""

    title: str
    version: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Measured:
    """A number for the whole branch: its value, what merging it further needs, and how much stands behind it."""

    code: str
    value: str | None  # as the report prints it; none where nobody answered
    total: str
    answers: int
    positive: int
    highest: str | None
    expected: int
    received: int
    late: int = 0
    empty: int = 0

    def __post_init__(self) -> None:
        for name in ("value", "total", "highest"):
            if (text := getattr(self, name)) is not None and not _NUMBER.fullmatch(text):
                raise ValueError(name)

    @property
    def state(self) -> State:
        """As the engine of figures merges it."""
        highest = None if self.highest is None else Decimal(self.highest)
        coverage = Coverage(self.expected, self.received, self.late, self.empty)
        return State(Decimal(self.total), self.answers, self.positive, highest, coverage=coverage)

    @classmethod
    def of(cls, code: str, value: str | None, state: State) -> Measured:
        """The same the other way."""
        highest = None if state.highest is None else f"{state.highest:f}"
        covered = asdict(state.coverage)
        return cls(code, value, f"{state.total:f}", state.answers, state.positive, highest, **covered)


@dataclass(frozen=True)
class Line:
    """A unit with its own figures, or a branch with its total (`is_branch`); values in the order of the indicators."""

    number: str
    name: str
    is_branch: bool
    expected: int
    received: int
    values: tuple[str | None, ...]  # "" where the question was not put to it, none where no answer came

    def __post_init__(self) -> None:
        if not all(value is None or value == "" or _NUMBER.fullmatch(value) for value in self.values):
            raise ValueError("values")


@dataclass(frozen=True)
class Said:
    """What the units say to a question asked in words, as the report words it."""

    code: str
    text: str


@dataclass(frozen=True)
class ListOf:
    """The rows of a list, with the unit each is of; cells as the columns of the question."""

    code: str
    units: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class KindOf:
    """How many of a kind of unit owed a return, sent it, sent it late."""

    name: str
    expected: int
    received: int
    late: int


@dataclass(frozen=True)
class Absent:
    """A unit whose return is missing, or came late."""

    name: str
    via: str
    due_at: str
    received_at: str


@dataclass(frozen=True)
class Report:
    """The figures of a branch at one moment."""

    taken_at: str
    expected: int
    received: int
    late: int
    indicators: tuple[Measured, ...]
    lines: tuple[Line, ...]
    said: tuple[Said, ...] = ()
    lists: tuple[ListOf, ...] = ()
    kinds: tuple[KindOf, ...] = ()
    missing: tuple[Absent, ...] = ()
    late_ones: tuple[Absent, ...] = ()
    empty: int = 0

    @property
    def coverage(self) -> Coverage:
        """Of the returns."""
        return Coverage(self.expected, self.received, self.late, self.empty)

    def branch(self, keys: Mapping[str, str]) -> Row:
        """The figures as one branch, under other keys: `keys` has them by the code here."""
        return Row({keys[one.code]: one.state for one in self.indicators if one.code in keys}, self.coverage)


def files_of(report: Report, form: FormOf) -> dict[str, bytes]:
    """The two as files of a package."""
    return {FIGURES: _json(asdict(report)), FORM: _json(asdict(form))}


def read_report(files: Mapping[str, bytes]) -> tuple[Report, FormOf]:
    """The two as they stand in a package. Raises Unfit where one lacks, is not what it must be, or does not add up."""
    for name in (FIGURES, FORM):
        if name not in files:
            raise Unfit(Why.LACKS, name)
    report, form = read(Report, files[FIGURES], FIGURES), read(FormOf, files[FORM], FORM)
    _refuse_unless_consistent(report, form)
    return report, form


def _refuse_unless_consistent(report: Report, form: FormOf) -> None:
    """Codes are known and stand once, rows are as wide as their heads, and the units add up to the whole."""
    asked = {one.code: one for one in form.questions}
    named = [
        *(one.code for one in report.indicators),
        *(one.code for one in report.said),
        *(one.code for one in report.lists),
    ]
    if len(asked) != len(form.questions) or len(set(named)) != len(named) or not set(named) <= asked.keys():
        raise Unfit(Why.WRONG_TYPE, f"{FORM}.questions")
    if any(len(line.values) != len(report.indicators) for line in report.lines):
        raise Unfit(Why.WRONG_TYPE, f"{FIGURES}.lines")
    if not all(_fits(listed, asked[listed.code]) for listed in report.lists):
        raise Unfit(Why.WRONG_TYPE, f"{FIGURES}.lists")
    if not report.expected >= report.received >= report.late:
        raise Unfit(Why.DOES_NOT_ADD_UP, f"{FIGURES}.received")
    units = [line for line in report.lines if not line.is_branch]
    for place, one in enumerate(report.indicators):
        given = [Decimal(value) for line in units if (value := line.values[place])]
        far = abs(sum(given, Decimal(0)) - Decimal(one.total))
        if asked[one.code].measure == Rule.SUM and far > _ROUNDED * len(given):
            raise Unfit(Why.DOES_NOT_ADD_UP, asked[one.code].text)


def _fits(one: ListOf, question: Question) -> bool:
    """A cell for each column, numbers where numbers belong, and a unit for each row."""
    cells = ((column.kind, cell) for row in one.rows for column, cell in zip(question.columns, row, strict=False))
    return (
        len(one.units) == len(one.rows)
        and all(len(row) == len(question.columns) for row in one.rows)
        and all(kind == Kind.TEXT or not cell or _NUMBER.fullmatch(cell) for kind, cell in cells)
    )


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
