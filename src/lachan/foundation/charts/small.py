"""Small pictures of the same thing on the same scale, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lachan.engine.charts import Scale
from lachan.foundation.design import Words

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 300, 116, 4, 56, 14, 18


@dataclass(frozen=True)
class Panel:
    """One of them: shares of the whole (0 to 1) at the end of each day since it began; its due day, counted so too."""

    name: str
    href: str
    shares: Sequence[float]
    due: int | None
    last: str  # the last share in words, written at the line's end
    words: Words


@dataclass(frozen=True)
class SmallCharts:
    """Panels that share both scales: days since the beginning, and 0 to 100 %."""

    word: Words  # what all of them show
    panels: Sequence[Panel]
    due_word: Words

    @property
    def days(self) -> int:
        """The length of all panels: of the longest."""
        return max((max(len(one.shares) - 1, one.due or 0) for one in self.panels), default=0) or 1


def drawn_small(chart: SmallCharts) -> SafeString:
    across = Scale(0, chart.days, LEFT, WIDTH - RIGHT)
    panels = format_html_join("", "{}", ((_panel(one, across, chart, at),) for at, one in enumerate(chart.panels)))
    return format_html(
        '<div class="chart"><p class="soft">{}</p><ul class="small-charts">{}</ul></div>', chart.word, panels
    )


def _panel(panel: Panel, across: Scale, chart: SmallCharts, number: int) -> SafeString:
    up = Scale(0, 1, HEIGHT - FOOT, TOP)
    x, y = across(len(panel.shares) - 1), up(panel.shares[-1])
    return format_html(
        '<li><a class="small-name" href="{0}">{1}</a>'
        '<svg class="days" viewBox="0 0 {2} {3}" width="{2}" height="{3}" role="img" aria-labelledby="small-{4}">'
        '<title id="small-{4}">{1}: {5}</title>'
        '<path class="ceiling" d="M{6} {7}H{8}"/><path class="grid" d="M{6} {9}H{8}"/>{10}'
        '<path class="line line-main" d="{11}"/><text class="said-main" x="{12}" y="{13}">{14}</text></svg>'
        '<span class="small-words">{5}</span></li>',
        panel.href,
        panel.name,
        WIDTH,
        HEIGHT,
        number,
        panel.words,
        LEFT,
        TOP,
        WIDTH - RIGHT,
        HEIGHT - FOOT,
        _due(panel, across, chart),
        _line(panel.shares, across, up),
        f"{x + 5:.1f}",
        f"{y + 4:.1f}",
        panel.last,
    )


def _due(panel: Panel, across: Scale, chart: SmallCharts) -> SafeString:
    if panel.due is None or panel.due < 0:
        return SafeString("")
    x = f"{across(panel.due):.1f}"
    side = "end" if across(panel.due) > WIDTH / 3 else "start"
    return format_html(
        '<path class="mark-due" d="M{} {}V{}"/><text class="{}" x="{}" y="{}">{}</text>',
        x, TOP, HEIGHT - FOOT, side, x, HEIGHT - 3, chart.due_word,
    )  # fmt: skip


def _line(shares: Sequence[float], across: Scale, up: Scale) -> str:
    steps = "".join(f"H{across(at):.1f}V{up(share):.1f}" for at, share in enumerate(shares) if at)
    return f"M{across(0):.1f} {up(shares[0]):.1f}{steps}"
