"""Counts by day as a line over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Day:
    """One day, and how many there were up to its end."""

    day: date
    total: int


def running_total(counts: Mapping[date, int], first: date, last: date) -> tuple[Day, ...]:
    """The total at the end of each day from `first` to `last`; what came before `first` is in it from the start."""
    total = sum(count for day, count in counts.items() if day < first)
    line = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        total += counts.get(day, 0)
        line.append(Day(day, total))
    return tuple(line)
