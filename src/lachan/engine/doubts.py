"""What makes the numbers of a return worth a second look before somebody stands by them or takes them.

Nothing here says that a number is wrong. Each doubt carries the numbers it rests on, so that it can be told in a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from statistics import median
from typing import Any

FACTOR = 2
"""Our own measure, to be tried in use: more than twice what it was, or less than half."""

SMALL = 10
"""Our own measure: below this, a difference is the ordinary ups and downs of a small unit."""

TIMES_BEFORE = 4
"""So many earlier numbers of the unit make its usual one; with fewer, the last one stands for it."""

PEERS = 8
"""So many units of its kind must have answered before one is measured by them."""

BEYOND = 3.5
"""Modified z-score past which a number is an outlier (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993)."""

SIGMA = 1.4826
"""The median absolute deviation times this estimates the standard deviation of a normal distribution (same source)."""

SAME = 3
"""So many numbers must be as last time, and `COPIED` of those given, before it looks like a copy. Our own measure."""

COPIED = Fraction(4, 5)

ROUNDABLE = 20
"""Smaller numbers are round too often to mean anything."""

ENOUGH_TO_TELL = 10
"""So many different numbers are needed to tell a habit of rounding."""

BY_CHANCE = Fraction(1, 1000)
"""If last digits fall as they come, one number in 5 is a multiple of 5 and one in 10 of 10; as many as this unit has would
come by chance (exact binomial tail) less often than this."""


class Kind(StrEnum):
    EMPTY = "empty"  # nothing but zeros and blanks
    COPY = "copy"  # the numbers of last time
    ROUND = "round"  # too many multiples of 5 or 10 over the unit's numbers
    LAST = "last"  # far from last time, of a unit with few earlier numbers
    PAST = "past"  # an outlier among the unit's own earlier numbers
    PEERS = "peers"  # an outlier among units of its kind


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing worth a second look, and the numbers it rests on."""

    kind: Kind
    key: str = ""  # the question; none where it is about the return
    now: Decimal | None = None  # the number given
    usual: Decimal | None = None  # what it is measured by; of `ROUND` the step: 5 or 10
    count: int = 0  # how many: earlier numbers, peers, numbers as last time, round ones
    of: int = 0  # out of how many, for the last two
    print: str = ""  # of `COPY` and `ROUND`: changes when any number of the return does

    @property
    def mark(self) -> str:
        """The same for the same doubt about the same numbers: what was set aside stays so until a number changes."""
        return ":".join(filter(None, (self.kind, self.key, "" if self.now is None else f"{self.now:f}", self.print)))

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        numbers = {name: str(one) for name, one in (("now", self.now), ("usual", self.usual)) if one is not None}
        return {
            "kind": str(self.kind),
            "key": self.key,
            **numbers,
            "count": self.count,
            "of": self.of,
            "print": self.print,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Doubt:
        """What `to_json` gave."""
        now, usual = (Decimal(kept[name]) if name in kept else None for name in ("now", "usual"))
        return cls(Kind(kept["kind"]), kept["key"], now, usual, kept["count"], kept["of"], kept["print"])


Numbers = Mapping[str, Decimal]
"""What one return answers, by question."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The middle of many numbers and how far they spread around it, both hardly moved by a few odd ones."""

    middle: Decimal
    spread: float  # of logarithms: units differ in size by factors, not by amounts
    count: int


def usual(numbers: Sequence[Decimal], least: int) -> Usual | None:
    """None where there are fewer than `least`."""
    if len(numbers) < least:
        return None
    middle = median(numbers)
    return Usual(middle, SIGMA * median(abs(_log(one) - _log(middle)) for one in numbers), len(numbers))


def is_outlier(now: Decimal, among: Usual) -> bool:
    """Past `BEYOND`, and far from the middle too: of numbers that hardly spread, the next one may still move a little."""
    return far_from(now, among.middle) and abs(_log(now) - _log(among.middle)) > BEYOND * among.spread


def _log(number: Decimal) -> float:
    """The logarithm of one more, so that 0 has one; of a number below 0 that of its opposite, below 0."""
    return math.copysign(math.log1p(abs(float(number))), float(number))


def far_from(now: Decimal, before: Decimal) -> bool:
    """Whether a number lies far from what it was last time. The same in both directions."""
    low, high = sorted((now, before))
    return high - low >= SMALL and high > FACTOR * low


def doubts(now: Numbers, past: Sequence[Numbers], peers: Mapping[str, Usual]) -> list[Doubt]:
    """What is worth a second look in a return, given the unit's earlier ones (the newest first) and those of its peers."""
    found = [*_copied(now, past[0] if past else {}), *_rounded(now, past)]
    for key, number in now.items():
        found += _far_from_past(key, number, [one[key] for one in past if key in one])
        if key in peers and is_outlier(number, peers[key]):
            found.append(Doubt(Kind.PEERS, key, number, peers[key].middle, peers[key].count))
    return found


def _far_from_past(key: str, number: Decimal, past: Sequence[Decimal]) -> Iterable[Doubt]:
    known = usual(past, TIMES_BEFORE)
    if known and is_outlier(number, known):
        yield Doubt(Kind.PAST, key, number, known.middle, known.count)
    elif past and not known and far_from(number, past[0]):
        yield Doubt(Kind.LAST, key, number, past[0], 1)


def _copied(now: Numbers, last: Numbers) -> Iterable[Doubt]:
    """Zeros do not count, and small numbers alone may well be the same twice."""
    given = [key for key, number in now.items() if number or last.get(key)]
    same = [key for key in given if now[key] == last.get(key)]
    if len(same) >= SAME and len(same) >= COPIED * len(given) and max(now[key] for key in same) >= SMALL:
        key = max(same, key=lambda one: now[one])
        yield Doubt(Kind.COPY, key, now[key], count=len(same), of=len(given), print=_print_of(now))


def _rounded(now: Numbers, past: Sequence[Numbers]) -> Iterable[Doubt]:
    """The same number of the same question counts once, however often it was given."""
    different = {(key, number) for one in (now, *past) for key, number in one.items() if _may_be_round(number)}
    for step in (10, 5):
        count = sum(number % step == 0 for _key, number in different)
        given_now = any(_may_be_round(number) and number % step == 0 for number in now.values())
        if given_now and len(different) >= ENOUGH_TO_TELL and chance(count, len(different), step) < BY_CHANCE:
            yield Doubt(Kind.ROUND, usual=Decimal(step), count=count, of=len(different), print=_print_of(now))
            return


def _may_be_round(number: Decimal) -> bool:
    return number >= ROUNDABLE and number == number.to_integral_value()


def chance(round_ones: int, numbers: int, step: int) -> Fraction:
    """How probable it is that so many or more of so many whole numbers are multiples of `step`, if digits fall as they come."""
    ways = sum(math.comb(numbers, k) * (step - 1) ** (numbers - k) for k in range(round_ones, numbers + 1))
    return Fraction(ways, step**numbers)


def _print_of(numbers: Numbers) -> str:
    said = ";".join(f"{key}={number.normalize():f}" for key, number in sorted(numbers.items()))
    return sha256(said.encode()).hexdigest()[:16]
