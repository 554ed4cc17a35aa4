"""Dates as letters write them: in words, with strokes, in part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

Partial = dict[str, int]
When = str | Partial  # an ISO day, or {"year", "month"} as far as given

# Over bare text (small letters, no marks). A year may be missing; then it is filled from the letter's own date.
_DATE = re.compile(
    r"(?<![\w/])(?:"
    r"(?:ngay\s{1,3})?(?P<d1>\d{1,2})\s{1,3}thang\s{1,3}(?P<m1>\d{1,2})(?:\s{0,3},?\s{0,3}nam\s{1,3}"
    r"(?P<y1>\d{4})|\s{0,2}/\s{0,2}(?P<y1b>\d{4}))?"
    r"|(?:ngay\s{1,3})?(?P<d2>\d{1,2})\s?(?P<s>[/.-])\s?(?P<m2>\d{1,2})\s?(?P=s)\s?(?P<y2>\d{4})"
    r"|ngay\s{1,3}(?P<d3>\d{1,2})\s?[/-]\s?(?P<m3>\d{1,2})(?![/\d]|\.\d|\s?[/-]\s?\d)"
    r"|(?P<d5>\d{1,2})/(?P<m5>\d{1,2})(?![/\w]|\.\d|\s?%)"
    r"|thang\s{1,3}(?P<m4>\d{1,2})(?:\s{0,3}(?:/|nam\s|-|\.)\s{0,3}(?P<y4>\d{4}))"
    r"|(?<=tu )thang\s{1,3}(?P<m7>\d{1,2})(?=\s{0,3}(?:den|-|–)\s)"
    r"|(?P<m6>\d{1,2})/(?P<y6>20\d\d)"
    r")(?!\w)"
)


@dataclass(frozen=True)
class DateHit:
    """A date in the text. `sure` is false for a bare 15/11, which may be a fraction or a number."""

    start: int
    end: int
    day: int | None
    month: int
    year: int | None
    sure: bool

    def when(self, year: int | None) -> When | None:
        """The date with `year` where the text leaves it out; None where no year is known or the day does not exist."""
        year = self.year or year
        if year is None:
            return None
        if self.day is None:
            return {"year": year, "month": self.month}
        return iso(year, self.month, self.day)


def iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def dates(bare: str, start: int = 0, end: int | None = None) -> Iterator[DateHit]:
    """The dates of `bare` in order; days and months that cannot be are passed over."""
    for match in _DATE.finditer(bare, start, len(bare) if end is None else end):
        day = _first(match, "d1", "d2", "d3", "d5")
        month = _first(match, "m1", "m2", "m3", "m4", "m5", "m6", "m7") or 0
        year = _first(match, "y1", "y1b", "y2", "y4", "y6")
        if 1 <= month <= 12 and (day is None or 1 <= day <= 31) and (year is None or 1900 <= year <= 2100):
            yield DateHit(match.start(), match.end(), day, month, year, match["d5"] is None)


def _first(match: re.Match[str], *names: str) -> int | None:
    return next((int(match[name]) for name in names if match[name]), None)


def year_after(hit: DateHit, written: When | None) -> int | None:
    """The year of a day and month named in a letter of the date `written`: the same, or the next if they lie months before it."""
    if isinstance(written, str):
        year, month = int(written[:4]), int(written[5:7])
    elif written and "year" in written:
        year, month = written["year"], written.get("month", 1)
    else:
        return None
    return year + 1 if hit.month < month - 6 else year


def earliest(when: When | None) -> str:
    """The first day that `when` may mean, for comparing; empty when nothing is known."""
    if isinstance(when, str):
        return when
    if not when or "year" not in when:
        return ""
    return f"{when['year']:04d}-{when.get('month', 1):02d}-01"


def latest(when: When | None) -> str:
    """The last day that `when` may mean."""
    if isinstance(when, str):
        return when
    if not when or "year" not in when:
        return "9999"
    return f"{when['year']:04d}-{when.get('month', 12):02d}-31"
