"""Checks between the answers of one form: "A is at most B", "the total is the sum of its parts", "if there are any, say which".

A check is plain data, kept with the form; the functions here judge it. Nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Relation(StrEnum):
    AT_MOST = "at_most"  # the first is not greater than the second
    SUM = "sum"  # the first is the sum of all the others
    DESCRIBE = "describe"  # where the first is more than 0, the second must say something
    WITHIN = "within"  # the first lies between `minimum` and `maximum`


class Severity(StrEnum):
    STOP = "stop"  # the return cannot be sent
    ASK = "ask"  # it can, once the officer has said that it is right


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `keys` name questions, the first of them is the one the check is about; `sentence` is the author's own."""

    relation: Relation
    keys: tuple[str, ...]
    severity: Severity = Severity.STOP
    sentence: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def name(self) -> str:
        """The same for the same check on the same questions: an officer's "yes, it is right" names it."""
        return f"{self.relation}:{','.join(self.keys)}"

    def to_json(self) -> dict[str, Any]:
        """As it is kept. Limits are not: they belong to their question."""
        return {
            "relation": str(self.relation),
            "keys": list(self.keys),
            "severity": str(self.severity),
            "sentence": self.sentence,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Check:
        """What `to_json` gave."""
        severity = Severity(kept.get("severity", Severity.STOP))
        return cls(Relation(kept["relation"]), tuple(kept["keys"]), severity, kept.get("sentence", ""))


def broken(checks: Iterable[Check], values: Mapping[str, Any], asked: Collection[str]) -> tuple[Check, ...]:
    """The checks that these answers do not meet.

    One that names a question not put to this unit is passed over, and so is one with an answer missing (missing is not zero);
    only for DESCRIBE is it the missing answer that counts.
    """
    return tuple(one for one in checks if set(one.keys) <= set(asked) and not _meets(one, values))


def _meets(check: Check, values: Mapping[str, Any]) -> bool:
    if check.relation is Relation.DESCRIBE:
        how_many, which = check.keys[:2]
        return how_many not in values or _number(values[how_many]) <= 0 or which in values
    if any(key not in values for key in check.keys):
        return True
    first, *others = (_number(values[key]) for key in check.keys)
    if check.relation is Relation.WITHIN:
        return (check.minimum is None or first >= Fraction(check.minimum)) and (
            check.maximum is None or first <= Fraction(check.maximum)
        )
    return first == sum(others) if check.relation is Relation.SUM else first <= others[0]


def _number(value: Any) -> Fraction:
    """An answer as a number, exact however long; for rows how many there are."""
    return Fraction(len(value)) if isinstance(value, list) else Fraction(Decimal(value))
