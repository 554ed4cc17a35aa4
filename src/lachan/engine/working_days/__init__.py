"""On which days offices work: Monday to Friday, but for holidays and the days swapped for Saturdays that are worked instead.

The days known are in `days.csv`, each with its source: "01-01" comes round every year, "2026-02-17" once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

CLOSING_HOUR = 17
"""When offices close, and what is due on a day is late after. By custom: 7.30–11.30 and 13.30–17.00."""
LONGEST_REST = 60
"""Days looked through for a working day: more than any run of days off."""


@dataclass(frozen=True)
class SpecialDay:
    """A day that is not what its weekday says: off, or worked."""

    day: str  # "2026-02-17", or "01-01" for every year
    works: bool
    name: str
    source: str

    @property
    def once(self) -> date | None:
        """The one day it is; None for a day of every year."""
        return date.fromisoformat(self.day) if len(self.day) > 5 else None

    @property
    def day_and_month(self) -> str:
        """As people write it: 30/4."""
        return f"{int(self.day[-2:])}/{int(self.day[-5:-3])}"


@dataclass(frozen=True)
class WorkingDays:
    """The days offices work; `special` says of a day, or of a day of every year, whether it is worked. A date goes before a day of
    every year, and either before the weekday."""

    special: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def knowing(cls, days: Iterable[SpecialDay]) -> WorkingDays:
        """With the special days; of two entries for one day the later one holds."""
        return cls({one.day: one.works for one in days})

    def works(self, day: date) -> bool:
        """Whether offices are open on `day`."""
        written = day.isoformat()
        return self.special.get(written, self.special.get(written[5:], day.weekday() < 5))

    def on_or_after(self, day: date) -> date:
        """`day` if it is worked, else the next day that is."""
        return self._first(day, timedelta(days=1))

    def on_or_before(self, day: date) -> date:
        """`day` if it is worked, else the last day before that is."""
        return self._first(day, timedelta(days=-1))

    def off(self, day: date, days: int) -> date:
        """The working day so many working days after `day`, before it when `days` is below zero; `day` itself for none."""
        step = timedelta(days=1 if days > 0 else -1)
        for _ in range(abs(days)):
            day = self._first(day + step, step)
        return day

    def _first(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_REST):
            if self.works(day):
                return day
            day += step
        raise ValueError(f"no working day within {LONGEST_REST} days of {day}")


@cache
def published() -> tuple[SpecialDay, ...]:
    """The days of `days.csv`."""
    with (Path(__file__).parent / "days.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            SpecialDay(row["day"], row["works"] == "1", row["name"], row["source"]) for row in csv.DictReader(file)
        )
