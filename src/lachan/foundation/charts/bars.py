"""Bars that lie, one a row, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lachan.engine.charts import Scale, stack
from lachan.foundation import formats
from lachan.foundation.charts.looks import Look, spot_swatch, swatch
from lachan.foundation.design import Words

HEIGHT = 18


@dataclass(frozen=True)
class Piece:
    """`count` things in one state; `href` leads to them."""

    look: Look
    word: Words
    count: int
    href: str = ""


@dataclass(frozen=True)
class Bar:
    """One row: a name, the pieces of its bar, and in words what matters of it."""

    name: str
    pieces: Sequence[Piece]
    words: Words
    href: str = ""
    more: Piece | None = None  # said after the words, as a link


@dataclass(frozen=True)
class BarChart:
    """Rows on a scale from 0 to `longest`. `whole`: all rows together, which is the key to the looks as well.

    `alone`: rows that are one thing each; they need no bar, only their look. `alone_word` heads them where there are bars above.
    """

    finding: Words  # the title: what the picture shows, as a sentence
    rows: Sequence[Bar]
    whole: Sequence[Piece]
    longest: int
    alone: Sequence[tuple[Look, str, str]] = ()  # look, name, href
    alone_word: Words = ""


def drawn_bars(chart: BarChart) -> SafeString:
    scale = Scale(0, chart.longest or 1, 0, 100)
    rows = format_html_join("", "{}", ((_row(bar, scale),) for bar in chart.rows))
    alone = format_html_join(
        "", "<li>{}{}</li>", ((swatch(look), _linked(name, href)) for look, name, href in chart.alone)
    )
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>{}{}{}{}</figure>',
        chart.finding,
        key(chart.whole),
        format_html('<ol class="bars">{}</ol>', rows) if rows else "",
        format_html("<h2>{}</h2>", chart.alone_word) if alone and rows else "",
        format_html('<ul class="bars-alone">{}</ul>', alone) if alone else "",
    )


def key(pieces: Sequence[Piece], *, spots: bool = False) -> SafeString:
    """What each look stands for, with how many there are of it."""
    lines = (
        (spot_swatch(one.look) if spots else swatch(one.look), one.word, _linked(formats.number(one.count), one.href))
        for one in pieces
    )
    return format_html(
        '<ul class="chart-key">{}</ul>', format_html_join("", "<li>{}{} <strong>{}</strong></li>", lines)
    )


def _row(bar: Bar, scale: Scale) -> SafeString:
    more = format_html('<span class="bar-more">{}</span>', _more(bar.more)) if bar.more and bar.more.count else ""
    return format_html(
        '<li><span class="bar-name">{}</span>{}<span class="bar-words">{}{}</span></li>',
        _linked(bar.name, bar.href),
        bar_alone(bar.pieces, scale),
        bar.words,
        more,
    )


def bar_alone(pieces: Sequence[Piece], scale: Scale) -> SafeString:
    """Only the bar; what it says stands beside it in words, and so it is hidden from screen readers."""
    segments = zip(pieces, stack([one.count for one in pieces], scale), strict=True)
    rects = ((one, _rect(one, place.start, place.length)) for one, place in segments if one.count)
    return format_html(
        '<svg class="bar" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>',
        HEIGHT,
        format_html_join("", "{}", ((_pressable(one, rect),) for one, rect in rects)),
    )


def _rect(piece: Piece, start: float, length: float) -> SafeString:
    return format_html(
        '<rect class="piece look-{0}" x="{1}%" y="1" width="{2}%" height="{3}" fill="url(#fill-{0})">'
        "<title>{4}: {5}</title></rect>",
        piece.look,
        f"{start:.2f}",
        f"{length:.2f}",
        HEIGHT - 2,
        piece.word,
        piece.count,
    )


def _pressable(piece: Piece, rect: SafeString) -> SafeString:
    """A piece leads to its list by the pointer; from the keyboard the same list is reached by the number in words."""
    return format_html('<a href="{}" tabindex="-1">{}</a>', piece.href, rect) if piece.href else rect


def _more(piece: Piece) -> SafeString:
    return _linked(f"{formats.number(piece.count)} {piece.word}", piece.href)


def _linked(words: Words, href: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', href, words) if href else format_html("{}", words)
