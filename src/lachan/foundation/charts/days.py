"""Lines over days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lachan.engine.charts import Day, Scale, spread, ticks
from lachan.foundation import formats
from lachan.foundation.design import Words

LETTER = 13  # height of a letter, in the units of the picture, which are pixels


@dataclass(frozen=True)
class DayLine:
    """A running total over days. The `main` one is drawn thick."""

    word: Words
    days: Sequence[Day]
    kind: str  # main, second, third: how it is drawn

    @property
    def end(self) -> Day:
        return self.days[-1]


@dataclass(frozen=True)
class DayMark:
    """A day worth a line across the picture."""

    word: Words
    day: date
    kind: str  # due, today


@dataclass(frozen=True)
class DayChart:
    """Running totals from `first` to `last` against `ceiling`, the most there can be."""

    finding: Words
    lines: Sequence[DayLine]
    marks: Sequence[DayMark]
    first: date
    last: date
    ceiling: int
    ceiling_word: Words


@dataclass(frozen=True)
class Room:
    """How large a picture is, and how much of it is left for words at its sides."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int = 42
    bottom: int = 30


WIDE = Room("wide", 880, 360, 52, 190)
NARROW = Room("narrow", 328, 320, 40, 10)


def drawn_days(chart: DayChart) -> SafeString:
    """The picture twice, for wide and for narrow windows: a style sheet shows one. Letters keep their size on both."""
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>{}{}{}</figure>',
        chart.finding,
        _picture(chart, WIDE),
        _picture(chart, NARROW),
        format_html(
            '<ul class="chart-key narrow">{}</ul>', format_html_join("", "{}", ((_said(line),) for line in chart.lines))
        ),
    )


def _said(line: DayLine) -> SafeString:
    return format_html(
        '<li><svg class="swatch" width="24" height="14" aria-hidden="true" focusable="false">'
        '<path class="line line-{}" d="M0 7h24"/></svg>'
        "{} <strong>{}</strong></li>",
        line.kind,
        line.word,
        formats.number(line.end.total),
    )


def _picture(chart: DayChart, room: Room) -> SafeString:
    grid = ticks(chart.ceiling, about=6)
    across = Scale(chart.first.toordinal(), chart.last.toordinal(), room.left, room.width - room.right)
    up = Scale(0, grid[-1], room.height - room.bottom, room.top)
    about = "; ".join(f"{line.word}: {formats.number(line.end.total)}" for line in chart.lines)
    return format_html(
        '<svg class="days {0}" viewBox="0 0 {1} {2}" width="{1}" height="{2}" role="img" aria-labelledby="days-{0}-t days-{0}-d">'
        '<title id="days-{0}-t">{3}</title><desc id="days-{0}-d">{4}</desc>{5}{6}{7}</svg>',
        room.name,
        room.width,
        room.height,
        chart.finding,
        about,
        _grid(grid, up, room),
        _foot(chart, across, room),
        _lines(chart, across, up, room),
    )


def _grid(grid: Sequence[int], up: Scale, room: Room) -> SafeString:
    right = room.width - room.right
    drawn = ((room.left, f"{up(at):.1f}", right, room.left - 6, f"{up(at) + 4:.1f}", formats.number(at)) for at in grid)
    return format_html_join("", '<path class="grid" d="M{} {}H{}"/><text class="end" x="{}" y="{}">{}</text>', drawn)


def _foot(chart: DayChart, across: Scale, room: Room) -> SafeString:
    """Days under the picture: the first, the last, and the marks with their words above."""
    base = room.height - room.bottom
    ends = format_html_join(
        "",
        '<text class="{}" x="{}" y="{}">{}</text>',
        [
            ("start", room.left, base + 20, _short(chart.first)),
            ("end", room.width - room.right, base + 20, _short(chart.last)),
        ],
    )
    ordered = sorted(chart.marks, key=lambda one: one.day)
    fits = across(ordered[-1].day.toordinal()) + len(str(ordered[-1].word)) * LETTER * 0.56 < room.width
    side, levels = ("start", (room.top - 24, room.top - 8)) if fits else ("end", (room.top - 8, room.top - 24))
    marks = []
    for mark, level in zip(ordered, levels, strict=False):
        x = across(mark.day.toordinal())
        marks.append((mark.kind, f"{x:.1f}", level + 4, base, side, f"{x + (4 if fits else -4):.1f}", level, mark.word))
    return ends + format_html_join(
        "", '<path class="mark-{}" d="M{} {}V{}"/><text class="{}" x="{}" y="{}">{}</text>', marks
    )


def _lines(chart: DayChart, across: Scale, up: Scale, room: Room) -> SafeString:
    """The ceiling, and each line as steps from day to day; on a wide picture their names and last counts at their ends."""
    ceiling = format_html(
        '<path class="ceiling" d="M{} {}H{}"/>', room.left, f"{up(chart.ceiling):.1f}", room.width - room.right
    )
    paths = format_html_join(
        "", '<path class="line line-{}" d="{}"/>', ((line.kind, _steps(line.days, across, up)) for line in chart.lines)
    )
    ends = [("ceiling", chart.ceiling_word, chart.ceiling)]
    if room.name == "wide":
        ends += [(line.kind, line.word, line.end.total) for line in chart.lines]
        heights = spread([up(count) for *_known, count in ends], LETTER + 5, room.height - room.bottom)
        x = room.width - room.right + 8
    else:
        heights, x = [up(chart.ceiling) - 9], room.left + 4
    words = (
        (kind, x, f"{y + 4:.1f}", word, formats.number(count))
        for (kind, word, count), y in zip(ends, heights, strict=True)
    )
    return ceiling + paths + format_html_join("", '<text class="said-{}" x="{}" y="{}">{} {}</text>', words)


def _steps(days: Sequence[Day], across: Scale, up: Scale) -> str:
    first = days[0]
    path = [f"M{across(first.day.toordinal()):.1f} {up(first.total):.1f}"]
    before = first.total
    for day in days[1:]:
        if day.total != before or day is days[-1]:
            path.append(f"H{across(day.day.toordinal()):.1f}V{up(day.total):.1f}")
            before = day.total
    return "".join(path)


def _short(day: date) -> str:
    return f"{day:%d/%m}"
