"""The state of a campaign, or of one unit's branch, at one moment: what a consolidated report is laid out from.

It is kept as JSON with the report, so that its documents stay as they were sent, whatever is corrected later.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import Any

NAMED = 6
"""Units named behind an opinion that several share; the workbook names all."""
UNASKED = ""
"""Stands where a question was not put to a unit; None stands where no answer came."""

Number = int | Decimal | None


@dataclass(frozen=True)
class Indicator:
    """A number asked for, and the figure for the whole branch."""

    key: str  # of the question
    text: str
    counted_in: str
    measure: str
    value: str | None
    expected: int
    received: int
    state: list[Any] = field(default_factory=list)  # what merging it further needs, as `lachan.reporting.kept.to_json`


@dataclass(frozen=True)
class Line:
    """One row of the annex: a branch with its total, or a unit with its own figures."""

    number: str  # "3", or "3.12" inside a branch
    name: str
    is_branch: bool
    expected: int
    received: int
    values: list[str | None]  # as the indicators


@dataclass(frozen=True)
class Opinion:
    """What one unit or several say, in the words the report uses."""

    text: str
    count: int  # units that say it
    units: list[str]  # their names; in a preview the first few
    in_body: bool = True
    sources: list[list[int]] = field(
        default_factory=list
    )  # the returns it comes from: obligation, number of the version


@dataclass(frozen=True)
class KindOfUnits:
    """How many of a kind of unit owed a return, sent it, sent it late."""

    name: str
    expected: int
    received: int
    late: int


@dataclass(frozen=True)
class Topic:
    """A narrative question, and what units wrote; what most units say comes first."""

    text: str
    is_proposal: bool
    nothing: int  # units that wrote that they had nothing to say
    opinions: list[Opinion]
    key: str = ""  # of the question


@dataclass(frozen=True)
class Compared:
    """An indicator beside the same one of an earlier campaign."""

    text: str
    counted_in: str
    before: str | None
    now: str | None


@dataclass(frozen=True)
class Comparison:
    """The indicators that an earlier campaign asked for too. Coverage: returns received of those owed."""

    name: str
    received: int
    expected: int
    rows: list[Compared]


@dataclass(frozen=True)
class Entry:
    """One row of a list, as a unit filled it in; its cells as the columns, numbers as text with a point."""

    unit: str
    cells: list[str]


@dataclass(frozen=True)
class Gathered:
    """A list that units fill in: how many rows came from how many units, and in the files the rows themselves."""

    key: str  # of the question
    text: str
    count: int
    units: int
    columns: list[str]
    entries: list[Entry] = field(default_factory=list)
    totals: list[str | None] = field(default_factory=list)  # as the columns; None under words


@dataclass(frozen=True)
class Absent:
    """A unit whose return is missing or came late. Moments in ISO 8601."""

    name: str
    via: str
    due_at: str
    received_at: str


@dataclass(frozen=True)
class Rated:
    """What the rates of reporting need besides: returns that met every check, and those excused."""

    valid: int | None  # none: a package from another system stands among them, which does not tell
    excused: int


@dataclass(frozen=True)
class Snapshot:
    """Everything a consolidated report says about its branch."""

    taken_at: str
    assigned: int
    confirmed: int
    must_pass_on: int
    passed_on: int
    expected: int
    received: int
    late: int
    kinds: list[KindOfUnits]
    indicators: list[Indicator]
    lines: list[Line]
    topics: list[Topic]
    missing: list[Absent]
    late_ones: list[Absent]
    comparison: Comparison | None = None
    lists: list[Gathered] = field(default_factory=list)
    empty: int = 0  # returns with nothing in them
    versions: list[int] = field(default_factory=list)  # keys of the returns behind the figures
    rated: Rated | None = None  # none: taken before reports told rates

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Snapshot:
        """What `to_json` gave. What another version of the software kept besides is passed over."""
        rows = {"kinds": KindOfUnits, "indicators": Indicator, "lines": Line, "missing": Absent, "late_ones": Absent}
        parts: dict[str, Any] = {name: [made(**row) for row in kept[name]] for name, made in rows.items()}
        parts["topics"] = [Topic(**{**t, "opinions": [Opinion(**o) for o in t["opinions"]]}) for t in kept["topics"]]
        parts["lists"] = [
            Gathered(**{**g, "entries": [Entry(**e) for e in g["entries"]]}) for g in kept.get("lists", [])
        ]
        if rated := kept.get("rated"):
            parts["rated"] = Rated(**rated)
        if before := kept.get("comparison"):
            parts["comparison"] = Comparison(**{**before, "rows": [Compared(**row) for row in before["rows"]]})
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in {**kept, **parts}.items() if name in known})

    @property
    def on_time(self) -> int:
        return self.received - self.late


def number(kept: str | None) -> Number:
    """A kept figure as a number; None when there is none."""
    if not kept:
        return None
    value = Decimal(kept)
    return int(value) if value == value.to_integral_value() else value
