"""Reporting periods that come round: which period a day lies in, what it is called, and by when its report is due.

A period is known by its rhythm, its year and its number in it; its days follow from the day of the month on which data are cut off.
What happens once has no rhythm: that is a campaign.
"""

from __future__ import annotations

import re
import tomllib
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from lachan.engine.working_days import WorkingDays

END_OF_MONTH = 31
"""As the last day of a period: the last day of its last month, whatever its number."""


class Rhythm(StrEnum):
    """How often a report comes round. Decree 09/2019/NĐ-CP, Article 12."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months one period has."""
        return {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.HALF: 6, Rhythm.YEAR: 12}[self]


@cache
def cut_offs() -> dict[Rhythm, int]:
    """The last day of each rhythm's periods, where a regime names no other."""
    known = tomllib.loads((Path(__file__).parent / "cut_offs.toml").read_text(encoding="utf-8"))
    return {Rhythm(rhythm): day for rhythm, day in known["last_day"].items()}


@dataclass(frozen=True)
class Period:
    """One period of a rhythm: November, the fourth quarter, the first half, the year."""

    rhythm: Rhythm
    year: int
    number: int  # from 1 within the year
    last_day: int  # of its last month, up to `END_OF_MONTH`

    @property
    def first(self) -> date:
        """The day after the period before it ended."""
        return _cut(self._after - self.rhythm.months, self.last_day) + timedelta(days=1)

    @property
    def last(self) -> date:
        """The last day its figures are of."""
        return _cut(self._after, self.last_day)

    @property
    def _after(self) -> int:
        """Months from year 0 to the one after its last month."""
        return self.year * 12 + self.number * self.rhythm.months

    def moved(self, periods: int) -> Period:
        """The period so many after this one, or before it."""
        year, number = divmod(self.year * self._in_a_year + self.number - 1 + periods, self._in_a_year)
        return Period(self.rhythm, year, number + 1, self.last_day)

    @property
    def _in_a_year(self) -> int:
        return 12 // self.rhythm.months

    @property
    def code(self) -> str:
        """2026-11, 2026-Q4, 2026-H1, 2026: ISO 8601 for months and years, its extension in common use for the others."""
        part = {Rhythm.MONTH: f"-{self.number:02}", Rhythm.QUARTER: f"-Q{self.number}", Rhythm.HALF: f"-H{self.number}"}
        return f"{self.year:04}{part.get(self.rhythm, '')}"

    def label(self, language: str = "vi") -> str:
        """ "Tháng 11/2026", "Quý IV/2026", "6 tháng đầu năm 2026", "Năm 2026"; in English "November 2026", "Quarter IV, 2026" …"""
        words = _ENGLISH if language.startswith("en") else _VIETNAMESE
        return words[self.rhythm][self.number - 1].format(self.year)


_ROMAN = ("I", "II", "III", "IV")
_VIETNAMESE = {
    Rhythm.MONTH: [f"Tháng {number}/{{}}" for number in range(1, 13)],
    Rhythm.QUARTER: [f"Quý {number}/{{}}" for number in _ROMAN],
    Rhythm.HALF: ["6 tháng đầu năm {}", "6 tháng cuối năm {}"],
    Rhythm.YEAR: ["Năm {}"],
}
_ENGLISH = {
    Rhythm.MONTH: [f"{name} {{}}" for name in month_name[1:]],
    Rhythm.QUARTER: [f"Quarter {number}, {{}}" for number in _ROMAN],
    Rhythm.HALF: ["First half of {}", "Second half of {}"],
    Rhythm.YEAR: ["Year {}"],
}


def containing(day: date, rhythm: Rhythm, last_day: int) -> Period:
    """The one period that `day` lies in: after the cut-off of a month, that is already the next."""
    month = day.year * 12 + day.month - 1
    if day > _cut(month + 1, last_day):
        month += 1
    year, at = divmod(month, 12)
    return Period(rhythm, year, at // rhythm.months + 1, last_day)


def parse(code: str, last_day: int) -> Period | None:
    """The period of a `code`; None for what is none."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})|-Q(\d)|-H(\d))?", code, re.ASCII)
    if not found:
        return None
    year, *numbers = found.groups()
    given = zip((Rhythm.MONTH, Rhythm.QUARTER, Rhythm.HALF), numbers, strict=True)
    rhythm, number = next(((one, int(at)) for one, at in given if at), (Rhythm.YEAR, 1))
    return Period(rhythm, int(year), number, last_day) if 1 <= number <= 12 // rhythm.months and int(year) else None


def _cut(after: int, last_day: int) -> date:
    """The cut-off in the month before the one `after` months from year 0."""
    year, at = divmod(after - 1, 12)
    return date(year, at + 1, min(last_day, monthrange(year, at + 1)[1]))


class Counting(StrEnum):
    """How the day a report is due is found from the end of its period."""

    WORKING_DAYS = "working_days"  # so many working days after it
    DAYS = "days"  # so many days after it
    DAY_OF_MONTH = "day_of_month"  # the first day of that number after it


@dataclass(frozen=True)
class DueRule:
    """When the report of a period is due. A day on which offices are closed moves to the next they work on."""

    counting: Counting
    number: int

    def due_on(self, period: Period, office: WorkingDays) -> date:
        """The day by whose close the report of `period` is to be there."""
        return office.on_or_after(self._counted(period.last, office))

    def _counted(self, last: date, office: WorkingDays) -> date:
        if self.counting is Counting.WORKING_DAYS:
            return office.off(last, self.number)
        if self.counting is Counting.DAYS:
            return last + timedelta(days=self.number)
        month = last.year * 12 + last.month
        due = _cut(month, self.number)
        return due if due > last else _cut(month + 1, self.number)
