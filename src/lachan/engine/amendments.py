"""What a new version of a return changes in the figures above it. Other words alone change none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lachan.engine.answers import Answer, Asked, Column, Kind, rows_as_text, unmistakable
from lachan.engine.rollup import column_total, listed

Number = Decimal | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that counts and is not as it was: an answer, or of a list how many rows it has or what a column adds up to.

    None: no answer.
    """

    key: str
    was: Number
    now: Number
    column: str = ""

    @property
    def effect(self) -> Decimal:
        """By how much a sum above it changes."""
        return (self.now or Decimal(0)) - (self.was or Decimal(0))


def moved(
    asked: Sequence[Asked], before: Mapping[str, Answer] | None, after: Mapping[str, Answer] | None
) -> tuple[Moved, ...]:
    """Each number of `asked` that differs between two versions' answers; None for a version that does not count."""
    found: list[Moved] = []
    for one in asked:
        was, now = _numbers(one, (before or {}).get(one.key)), _numbers(one, (after or {}).get(one.key))
        found += [
            Moved(one.key, was.get(column), now.get(column), column)
            for column in dict.fromkeys([*was, *now])
            if was.get(column) != now.get(column)
        ]
    return tuple(found)


def _numbers(asked: Asked, answer: Answer | None) -> dict[str, Decimal]:
    """What is counted of an answer: by column of a list, "" for the answer itself."""
    if answer is None or asked.kind is Kind.TEXT:
        return {}
    if not isinstance(answer, list):
        return {"": Decimal(answer)}
    rows = listed("", answer).rows
    sums = {one.key: column_total(rows, one.key) for one in asked.columns if one.kind != Kind.TEXT}
    return {"": Decimal(len(rows)), **sums}


def typed_again(asked: Asked, answer: Answer | None) -> str:
    """What to type so that it is read as `answer`."""
    if answer is None:
        return ""
    if isinstance(answer, list):
        return rows_as_text(asked.columns, [_row(asked.columns, row) for row in answer])
    return answer if asked.kind is Kind.TEXT and isinstance(answer, str) else unmistakable(Decimal(answer))


def _row(columns: Sequence[Column], row: Mapping[str, int | str]) -> dict[str, str]:
    return {
        one.key: str(row[one.key]) if one.kind == Kind.TEXT else unmistakable(Decimal(row[one.key]))
        for one in columns
        if one.key in row
    }
