"""What is written: questions across, units down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from lachan.engine.answers import Answer, Column, Kind

Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `code` stays through new wordings and versions; `label` stands over its column."""

    key: str
    code: str
    label: str
    kind: Kind
    counted_in: str = ""
    columns: tuple[Column, ...] = ()  # of a list

    @property
    def is_number(self) -> bool:
        return self.kind in (Kind.WHOLE, Kind.DECIMAL)


@dataclass(frozen=True, slots=True)
class About:
    """Of what the figures are. `heads`: of the columns before the answers, as `UnitRow.facts` gives them."""

    campaign: str
    form: str
    exported_at: datetime
    heads: Sequence[str]
    asked: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit with its counted answers, by the key of the question; none where none was received."""

    code: str
    name: str
    under: str  # the unit from which it has the campaign
    state: str
    period: tuple[date, date]
    received_at: datetime | None = None
    version: int | None = None  # the number of the version that counts
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def facts(self, number: int) -> tuple[Value, ...]:
        """Running number, code, name, above it, state."""
        return number, self.code, self.name, self.under, self.state

    def values(self, asked: Sequence[Asked]) -> list[Value]:
        """Its answers as cells: numbers, words, a list a line a row; None where there is none."""
        return [value_of(one, self.answers.get(one.key)) for one in asked]


def value_of(asked: Asked, answer: Answer | None) -> Value:
    """One answer as a cell."""
    if answer is None:
        return None
    if isinstance(answer, list):
        return "\n".join(" · ".join(str(row[one.key]) for one in asked.columns if one.key in row) for row in answer)
    if asked.kind is Kind.DECIMAL:
        return Decimal(answer)
    return answer
