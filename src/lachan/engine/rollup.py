"""Figures that add up: what many units reported, merged along a tree, with its coverage.

States merge as a commutative monoid with a zero: the order and the grouping in which reports arrive never change a
figure. Missing is not zero: a unit that did not report adds nothing to the value and shows in `Coverage`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class Rule(StrEnum):
    """How an indicator's values merge upward."""

    SUM = "sum"
    MAXIMUM = "maximum"
    COUNT_UNITS = "count_units"  # how many units answered with more than zero (or yes)
    MEAN = "mean"
    TEXTS = "texts"
    ROWS = "rows"  # rows of lists, gathered


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what was owed stands behind a figure: numbers of returns (of a whole form, or of one question)."""

    expected: int = 0
    received: int = 0
    late: int = 0  # received after their due time
    empty: int = 0  # received with nothing in them; for a question: with no answer to it

    def merge(self, other: Coverage) -> Coverage:
        return Coverage(
            self.expected + other.expected,
            self.received + other.received,
            self.late + other.late,
            self.empty + other.empty,
        )

    @property
    def missing(self) -> int:
        return self.expected - self.received


@dataclass(frozen=True, slots=True)
class Text:
    """One unit's words, and whose they are."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """One row of a unit's list: whose, which in order, and its cells by column (numbers as text with a point)."""

    unit: str
    place: int
    cells: tuple[tuple[str, str], ...]

    def cell(self, column: str) -> str:
        """What stands in a column; empty where nothing does."""
        return dict(self.cells).get(column, "")


@dataclass(frozen=True, slots=True)
class State:
    """What merging needs to remember for any rule; `result` reads it under one."""

    total: Decimal = Decimal(0)
    answers: int = 0
    positive: int = 0
    highest: Decimal | None = None
    texts: tuple[Text, ...] = ()
    rows: tuple[Listed, ...] = ()
    coverage: Coverage = Coverage()  # of those whom this question was put to

    def merge(self, other: State) -> State:
        """Both together. Associative and commutative, with `ZERO` as its neutral element."""
        return State(
            total=self.total + other.total,
            answers=self.answers + other.answers,
            positive=self.positive + other.positive,
            highest=max((v for v in (self.highest, other.highest) if v is not None), default=None),
            texts=tuple(sorted((*self.texts, *other.texts), key=lambda t: (t.unit, t.text)))
            if self.texts and other.texts
            else self.texts or other.texts,
            rows=tuple(sorted((*self.rows, *other.rows))) if self.rows and other.rows else self.rows or other.rows,
            coverage=self.coverage.merge(other.coverage),
        )

    def result(self, rule: Rule) -> Decimal | int | tuple[Text, ...] | tuple[Listed, ...] | None:
        """The figure under `rule`; None where nobody answered (never 0 for missing). A mean has 28 digits."""
        if rule is Rule.TEXTS:
            return self.texts
        if rule is Rule.ROWS:
            return self.rows
        if not self.answers:
            return None
        if rule is Rule.MEAN:
            return self.total / self.answers
        return {Rule.SUM: self.total, Rule.MAXIMUM: self.highest, Rule.COUNT_UNITS: self.positive}[rule]


ZERO = State()


def measured(value: Decimal | int | None) -> State:
    """The state of one unit's answer to an indicator; None (no answer) is `ZERO`."""
    if value is None:
        return ZERO
    number = Decimal(value)
    return State(total=number, answers=1, positive=int(number > 0), highest=number)


def said(unit: str, text: str) -> State:
    """The state of one unit's narrative answer; blank is `ZERO`."""
    text = text.strip()
    return State(answers=1, positive=1, texts=(Text(unit, text),)) if text else ZERO


def listed(unit: str, rows: Sequence[Mapping[str, int | str]]) -> State:
    """The state of one unit's list; an empty one is `ZERO`."""
    kept = tuple(
        Listed(unit, place, tuple(sorted((key, str(cell)) for key, cell in row.items())))
        for place, row in enumerate(rows)
    )
    return State(answers=1, positive=1, rows=kept) if kept else ZERO


def column_total(rows: Iterable[Listed], column: str) -> Decimal:
    """The sum of a column of numbers."""
    return sum((Decimal(cell) for row in rows if (cell := row.cell(column))), Decimal(0))


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's own part, or a branch's whole: one state per question, and the coverage of the returns."""

    states: Mapping[str, State]
    coverage: Coverage

    def merge(self, other: Row) -> Row:
        keys = self.states.keys() | other.states.keys()
        return Row(
            {key: self.states.get(key, ZERO).merge(other.states.get(key, ZERO)) for key in keys},
            self.coverage.merge(other.coverage),
        )


NOTHING = Row({}, Coverage())


def total(rows: Iterable[Row]) -> Row:
    """All of them together."""
    # State.merge one by one would copy a growing tuple of texts each time; folding in halves keeps it n log n.
    level = list(rows)
    while len(level) > 1:
        level = [a.merge(b) for a, b in zip(level[::2], level[1::2], strict=False)] + (
            [level[-1]] if len(level) % 2 else []
        )
    return level[0] if level else NOTHING


def roll_up(parents: Mapping[Key, Key | None], own: Mapping[Key, Row]) -> dict[Key, Row]:
    """Each node's branch total: its own row merged with those of all below it.

    `parents` names every node's parent (None or an unknown key at a root). Nodes without an own row count as
    `NOTHING`. Raises ValueError if the parents form a circle.
    """
    children: dict[Key, list[Key]] = defaultdict(list)
    waiting: dict[Key, int] = dict.fromkeys(parents, 0)
    for node, parent in parents.items():
        if parent in parents and parent is not None:
            children[parent].append(node)
            waiting[parent] += 1
    done: dict[Key, Row] = {}
    ready = [node for node, count in waiting.items() if not count]
    while ready:
        node = ready.pop()
        done[node] = total([own.get(node, NOTHING), *(done[child] for child in children[node])])
        parent = parents[node]
        if parent in waiting and parent is not None:
            waiting[parent] -= 1
            if not waiting[parent]:
                ready.append(parent)
    if len(done) != len(parents):
        raise ValueError("the tree has a circle in it")
    return done
