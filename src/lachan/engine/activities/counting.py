"""Activities folded to the number that an indicator asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lachan.engine.activities.channels import AUDIENCES, CHANNELS


class Sum(StrEnum):
    """What is added up."""

    ACTIVITIES = "activities"  # how many were recorded
    TIMES = "times"  # sessions, broadcasts, posts: what the channel is counted in
    AUDIENCE = "audience"
    COPIES = "copies"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Tally:
    """Activities of one channel for one set of audiences, added up. None: nobody gave that number."""

    channel: str
    audiences: frozenset[str]
    activities: int
    times: int
    audience: int | None
    copies: int | None
    minutes: int | None
    first: date
    last: date

    def number(self, what: Sum) -> int | None:
        """The sum of `what`."""
        return {
            Sum.ACTIVITIES: self.activities,
            Sum.TIMES: self.times,
            Sum.AUDIENCE: self.audience,
            Sum.COPIES: self.copies,
            Sum.MINUTES: self.minutes,
        }[what]


@dataclass(frozen=True, slots=True)
class FilledFrom:
    """How activities answer an indicator: `sum` over those by `channels` and for `audiences`; empty means any."""

    sum: Sum
    channels: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """As it is kept with the question."""
        return {"sum": str(self.sum), "channels": sorted(self.channels), "audiences": sorted(self.audiences)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> FilledFrom | None:
        """What `to_json` wrote; None for nothing, and for what this version does not know: then nothing is filled."""
        channels, audiences = frozenset((kept or {}).get("channels", ())), frozenset((kept or {}).get("audiences", ()))
        known = channels <= CHANNELS.keys() and audiences <= AUDIENCES.keys()
        if not kept or kept.get("sum") not in list(Sum) or not known:
            return None
        return cls(Sum(kept["sum"]), channels, audiences)

    def takes(self, tally: Tally) -> bool:
        """Whether the tally counts. One that is also for other audiences does not: nobody can say how many were whose."""
        by_channel = not self.channels or tally.channel in self.channels
        for_whom = not self.audiences or (bool(tally.audiences) and tally.audiences <= self.audiences)
        return by_channel and for_whom


@dataclass(frozen=True, slots=True)
class Folded:
    """The number, and which activities it came from: how many, from when to when."""

    value: int
    activities: int
    first: date
    last: date


def fold(tallies: Iterable[Tally], by: FilledFrom) -> Folded | None:
    """The number `by` asks for. None when no activity gives it: missing is not zero.

    Adding up is a commutative monoid: the order of the tallies, and how activities were grouped into them, change nothing.
    """
    counted = [(number, one) for one in tallies if by.takes(one) and (number := one.number(by.sum)) is not None]
    if not counted:
        return None
    return Folded(
        value=sum(number for number, _ in counted),
        activities=sum(one.activities for _, one in counted),
        first=min(one.first for _, one in counted),
        last=max(one.last for _, one in counted),
    )


def _together(numbers: Iterable[int | None]) -> int | None:
    given = [number for number in numbers if number is not None]
    return sum(given) if given else None


def merged(tallies: Iterable[Tally]) -> dict[str, Tally]:
    """One tally a channel, whatever the audience, in the order of the channels."""
    by_channel: dict[str, list[Tally]] = {code: [] for code in CHANNELS}
    for one in tallies:
        by_channel.setdefault(one.channel, []).append(one)
    return {
        code: Tally(
            channel=code,
            audiences=frozenset().union(*(one.audiences for one in some)),
            activities=sum(one.activities for one in some),
            times=sum(one.times for one in some),
            audience=_together(one.audience for one in some),
            copies=_together(one.copies for one in some),
            minutes=_together(one.minutes for one in some),
            first=min(one.first for one in some),
            last=max(one.last for one in some),
        )
        for code, some in by_channel.items()
        if some
    }
