"""A year as a strip: what runs from when to when, one a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lachan.engine.charts import Scale
from lachan.foundation.design import Words

HEIGHT = 26


@dataclass(frozen=True)
class Run:
    """Something that runs from a day to a day. `share` of it is done; `due`: a day marked on it."""

    name: str
    href: str
    first: date
    last: date
    due: date | None
    share: float
    words: Words
    dates: Words  # the same days in words


@dataclass(frozen=True)
class YearChart:
    """What ran in one year. `today` is marked if it is in it."""

    finding: Words
    year: int
    today: date
    runs: Sequence[Run]
    month_word: str  # as in "Th 1"


def drawn_year(chart: YearChart) -> SafeString:
    across = Scale(date(chart.year, 1, 1).toordinal(), date(chart.year + 1, 1, 1).toordinal(), 0, 100)
    months = [(f"{across(date(chart.year, month, 1).toordinal()):.2f}", month) for month in range(1, 13)]
    head = format_html_join(
        "", '<text x="{}%" y="14" dx="4">{}</text>', ((x, f"{chart.month_word}{month}") for x, month in months)
    )
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption><ol class="bars year">'
        '<li class="year-head" aria-hidden="true"><span></span><svg class="bar" width="100%" height="20">{}</svg><span></span></li>'
        "{}</ol></figure>",
        chart.finding,
        head,
        format_html_join("", "{}", ((_row(run, chart, across, months),) for run in chart.runs)),
    )


def _row(run: Run, chart: YearChart, across: Scale, months: Sequence[tuple[str, int]]) -> SafeString:
    grid = format_html_join(
        "", '<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>', ((x, HEIGHT) for x, _ in months)
    )
    start, end = _within(across(run.first.toordinal())), _within(across(run.last.toordinal() + 1))
    bar = format_html(
        '<rect class="run" x="{0}%" y="6" width="{1}%" height="14"/>'
        '<rect class="run-done" x="{0}%" y="6" width="{2}%" height="14"/>',
        f"{start:.2f}",
        f"{end - start:.2f}",
        f"{(end - start) * run.share:.2f}",
    )
    marks = [("mark-due", run.due), ("mark-today", chart.today)]
    lines = format_html_join(
        "",
        '<line class="{0}" x1="{1}%" x2="{1}%" y1="0" y2="{2}"/>',
        (
            (kind, f"{across(day.toordinal()):.2f}", HEIGHT)
            for kind, day in marks
            if day is not None and day.year == chart.year
        ),
    )
    return format_html(
        '<li><span class="bar-name"><a href="{}">{}</a><br><span class="soft">{}</span></span>'
        '<svg class="bar" width="100%" height="{}" aria-hidden="true" focusable="false">{}{}{}</svg>'
        '<span class="bar-words">{}</span></li>',
        run.href,
        run.name,
        run.dates,
        HEIGHT,
        grid,
        bar,
        lines,
        run.words,
    )


def _within(place: float) -> float:
    return min(max(place, 0), 100)
