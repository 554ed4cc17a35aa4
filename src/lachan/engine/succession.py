"""What became of units when boundaries changed, and figures told in the units of another day.

A change is a set of links from an old unit to what it became, each from a day on. Nothing that was reported is rewritten: to tell
old figures in today's units, the links are followed. A unit that went whole into another hands its figures on; one that was
divided keeps them as its own, "of the former unit", and only sums are divided, only by shares that somebody has stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from lachan.engine.rollup import NOTHING, ZERO, Coverage, Row, State

Key = TypeVar("Key", bound=Hashable)


class Event(StrEnum):
    """How a unit changed, as the official tables of 2025 tell it."""

    UNCHANGED = "unchanged"
    RENAMED = "renamed"
    RECLASSIFIED = "reclassified"
    MOVED = "moved"  # stands under another unit
    MERGED = "merged"  # the whole of it went into the new one
    SPLIT = "split"  # part of its land and people
    SPLIT_AREA_ONLY = "split_area_only"  # land, no people
    SPLIT_ALL_POPULATION = "split_all_population"  # part of the land, all the people
    SPLIT_POPULATION_ONLY = "split_population_only"  # part of the people, no land
    ABOLISHED = "abolished"  # nothing takes its place


@dataclass(frozen=True, slots=True)
class Link(Generic[Key]):
    """`old` became `new` (None: nothing) on `day`. `share`: which part of its sums goes there, where that is stated."""

    old: Key
    new: Key | None
    day: date
    event: Event
    share: Fraction | None = None


@dataclass(frozen=True)
class Heirs(Generic[Key]):
    """The units that stand for a unit now, each with its share; None as a unit is a part that nobody took over."""

    parts: Mapping[Key | None, Fraction | None]

    @property
    def sole(self) -> Key | None:
        """The one unit that stands for it whole: what it holds passes there by rule. None: a person must choose, or it is gone."""
        return next(iter(self.parts)) if len(self.parts) == 1 else None

    @property
    def is_abolished(self) -> bool:
        return set(self.parts) == {None}

    @property
    def is_divided(self) -> bool:
        return len(self.parts) > 1

    @property
    def choices(self) -> list[Key]:
        """The units a person may choose between."""
        return [unit for unit in self.parts if unit is not None]

    @property
    def shares(self) -> dict[Key, Fraction] | None:
        """By which its sums may be divided: only where every share is stated, to units that are there, and they make a whole."""
        stated = {unit: share for unit, share in self.parts.items() if unit is not None and share is not None}
        return stated if len(stated) == len(self.parts) and sum(stated.values()) == 1 else None


class Lineage(Generic[Key]):
    """Follows units to those of one day. `gone`: the units no longer there on that day."""

    def __init__(self, links: Iterable[Link[Key]], gone: Collection[Key]) -> None:
        self._links: dict[Key, list[Link[Key]]] = defaultdict(list)
        for link in links:
            self._links[link.old].append(link)
        self._gone = frozenset(gone)
        self._known: dict[Key, Heirs[Key]] = {}

    def heirs(self, unit: Key) -> Heirs[Key]:
        """Who stands for `unit`: itself while it is there, else those it became, through however many changes.

        Land that went without people takes nothing along while the people went elsewhere. Parts that meet again in one unit are
        whole there. Raises ValueError where the links run in a circle.
        """
        return self._followed(unit, ())

    def _followed(self, unit: Key, came_by: tuple[Key, ...]) -> Heirs[Key]:
        if unit in self._known:
            return self._known[unit]
        if unit in came_by:
            raise ValueError(f"the links run in a circle at {unit}")
        found = self._of_one_gone(unit, (*came_by, unit)) if unit in self._gone else Heirs[Key]({unit: Fraction(1)})
        self._known[unit] = found
        return found

    def _of_one_gone(self, unit: Key, came_by: tuple[Key, ...]) -> Heirs[Key]:
        links = _with_people(self._links.get(unit, []))
        parts: dict[Key | None, Fraction | None] = {}
        for link in links:
            weight = Fraction(1) if len(links) == 1 else link.share
            after = self._followed(link.new, came_by).parts if link.new is not None else {None: Fraction(1)}
            for heir, share in after.items():
                part = None if weight is None or share is None else weight * share
                before = parts.get(heir, Fraction(0))
                parts[heir] = None if part is None or before is None else before + part
        if len(parts) <= 1:
            return Heirs({next(iter(parts), None): Fraction(1)})
        return Heirs(parts)


def _with_people(links: list[Link[Key]]) -> list[Link[Key]]:
    everybody = [link for link in links if link.event is Event.SPLIT_ALL_POPULATION]
    if len(everybody) == 1:
        return everybody
    return [link for link in links if link.event is not Event.SPLIT_AREA_ONLY] or links


def apportioned(total: Decimal, shares: Mapping[Key, Fraction]) -> dict[Key, Decimal]:
    """`total` divided by `shares`, which make a whole, in units of its last digit; the parts add up to it exactly.

    What is left over by rounding down goes to the largest remainders, first come first.
    """
    exponent = min(int(total.as_tuple().exponent), 0)
    step = Decimal(1).scaleb(exponent)
    steps = int(total / step)
    exact = {unit: steps * share for unit, share in shares.items()}
    whole = {unit: part.numerator // part.denominator for unit, part in exact.items()}
    lacking = steps - sum(whole.values())
    for unit in sorted(exact, key=lambda one: whole[one] - exact[one])[:lacking]:
        whole[unit] += 1
    return {unit: part * step for unit, part in whole.items()}


@dataclass(frozen=True)
class Told(Generic[Key]):
    """Figures in the units of a day, beside those that stay with units no longer there."""

    now: dict[Key, Row] = field(default_factory=dict)
    former: dict[Key, Row] = field(default_factory=dict)
    by_share: frozenset[Key] = frozenset()  # the units of `now` whose sums hold a part of a divided unit's


def in_units_of(own: Mapping[Key, Row], heirs: Mapping[Key, Heirs[Key]], sums: Collection[str]) -> Told[Key]:
    """Each unit's own row told in the units that stand for it; `sums`: the questions whose figures are sums.

    Every answer is told once: sums, means, maxima, counts of those who reported, words and coverage of all rows together are what
    they were. A count stays one of those who reported, as its coverage does, so that no rate passes 100 %.
    """
    now: dict[Key, Row] = {}
    former: dict[Key, Row] = {}
    by_share: set[Key] = set()
    for unit, row in own.items():
        fate = heirs[unit]
        if (sole := fate.sole) is not None:
            now[sole] = now.get(sole, NOTHING).merge(row)
            continue
        shares = fate.shares
        former[unit] = _without(row, sums) if shares else row
        for heir, part in _divided(row, shares, sums).items() if shares else ():
            now[heir] = now.get(heir, NOTHING).merge(part)
            by_share.add(heir)
    return Told(now, former, frozenset(by_share))


def _divided(row: Row, shares: Mapping[Key, Fraction], sums: Collection[str]) -> dict[Key, Row]:
    """Each part of the sums; who answered is told once, in what stays with the former unit."""
    states: dict[Key, dict[str, State]] = {unit: {} for unit in shares}
    for question in sums:
        state = row.states.get(question, ZERO)
        if state.answers:
            for unit, part in apportioned(state.total, shares).items():
                states[unit][question] = State(total=part, answers=1)
    return {unit: Row(parts, Coverage()) for unit, parts in states.items()}


def _without(row: Row, sums: Collection[str]) -> Row:
    """What stays with a unit whose sums were divided: everything else, and who was asked and answered."""
    states = {key: replace(ZERO, coverage=one.coverage) if key in sums else one for key, one in row.states.items()}
    return Row(states, row.coverage)
