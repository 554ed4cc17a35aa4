"""Where a campaign is stuck: what should have moved by now and has not. A rule on values; how long is long enough stands here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Why(StrEnum):
    """What does not move."""

    UNOPENED = "unopened"  # nobody in a whole branch has opened it
    HELD = "held"  # a unit that others wait for has not passed it on
    SILENT = "silent"  # a return was sent back and nothing came


PATIENCE = {Why.UNOPENED: timedelta(days=2), Why.HELD: timedelta(days=3), Why.SILENT: timedelta(days=3)}
"""How long each is ordinary. Ours: an office day to open, another to write the letter below, three days to mend a return."""


@dataclass(frozen=True)
class Branch:
    """A branch: when its head was given the campaign, and how many of its units have not opened it."""

    key: int
    name: str
    given_at: datetime
    units: int
    unopened: int


@dataclass(frozen=True)
class Holder:
    """A unit that must pass on and has not; `waiting` units stand below it."""

    key: int
    name: str
    given_at: datetime
    waiting: int


@dataclass(frozen=True)
class SentBack:
    """A return sent back; `touched_at` is when somebody last saved the draft."""

    key: int
    name: str
    at: datetime
    touched_at: datetime | None


@dataclass(frozen=True)
class Stuck:
    """One thing that does not move: who, how many units it holds up, for how many days."""

    why: Why
    key: int
    name: str
    units: int
    days: int


def stuck(
    branches: Iterable[Branch], holders: Iterable[Holder], sent_back: Iterable[SentBack], *, now: datetime
) -> list[Stuck]:
    """Everything that has not moved for longer than is ordinary; what holds up most units first, then what has waited longest.

    A branch nobody opened is told once, as that: its head is not told again for not passing on.
    """
    found = [
        Stuck(Why.UNOPENED, one.key, one.name, one.units, _days(one.given_at, now))
        for one in branches
        if one.units and one.unopened == one.units and _too_long(Why.UNOPENED, one.given_at, now)
    ]
    told = {one.key for one in found}
    found += [
        Stuck(Why.HELD, one.key, one.name, one.waiting, _days(one.given_at, now))
        for one in holders
        if one.waiting and one.key not in told and _too_long(Why.HELD, one.given_at, now)
    ]
    for one in sent_back:
        last = max(one.at, one.touched_at or one.at)
        if _too_long(Why.SILENT, last, now):
            found.append(Stuck(Why.SILENT, one.key, one.name, 1, _days(last, now)))
    return sorted(found, key=lambda one: (-one.units, -one.days, one.name))


def _too_long(why: Why, since: datetime, now: datetime) -> bool:
    return now - since >= PATIENCE[why]


def _days(since: datetime, now: datetime) -> int:
    return (now - since).days
