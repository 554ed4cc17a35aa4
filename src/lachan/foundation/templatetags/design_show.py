"""States, verdicts, figures, progress, notices, and the filters. See design.py beside this."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lachan.foundation import formats
from lachan.foundation.design import PANEL_SHAPES, STATES, VERDICTS, Part, Span, Words, mark_up, shape
from lachan.foundation.templatetags.design_tables import in_words

register = template.Library()


@register.simple_tag
def state(code: str, word: Words = "") -> SafeString:
    """A state by colour, shape and word; `word` says it more exactly: "Quá hạn 3 ngày"."""
    look = STATES[code]
    return format_html('<span class="state tone-{}">{}{}</span>', look.tone, shape(look.shape), word or look.word)


@register.simple_block_tag
def verdict(content: str, level: str) -> SafeString:
    """The conclusion on a message, then what to do, then why."""
    look = VERDICTS[level]
    return format_html(
        '<section class="verdict verdict-{}"><h2>{}{}</h2>{}{}</section>',
        level,
        shape(look.shape, "verdict-shape"),
        look.word,
        format_html('<p class="verdict-limit">{}</p>', _("Không có nghĩa là an toàn.")) if level == "none" else "",
        content,
    )


@register.simple_tag
def progress(done: int, of: int, word: Words) -> SafeString:
    """How far a count has come, in a bar and in words."""
    share = formats.percent(done / of) if of else ""
    words = _("%(done)s trên %(of)s") % {"done": formats.number(done), "of": formats.number(of)}
    return format_html(
        '<div class="progress"><span class="progress-word">{}</span><progress value="{}" max="{}" aria-label="{}">{}</progress>'
        '<span class="progress-figures">{}{}</span></div>',
        word,
        done,
        of or 1,
        word,
        share,
        words,
        f" ({share})" if share else "",
    )


@register.simple_tag
def stacked_bar(parts: Iterable[Part], word: Words) -> SafeString:
    """How a whole divides, as one bar with the figures in words under it."""
    known = [part for part in parts if part.count]
    whole = sum(part.count for part in known)
    drawn: list[dict[str, Any]] = []
    at = 0.0
    for part in known:
        width = 1000 * part.count / whole
        striped = any(part.tone == earlier["part"].tone for earlier in drawn)
        place = {"x": f"{at:.2f}", "width": f"{max(width - 3, 2):.2f}"}
        drawn.append({"part": part, "share": part.count / whole, "striped": striped, **place})
        at += width
    return render_to_string("foundation/components/stacked_bar.html", {"drawn": drawn, "word": word})


@register.simple_tag
def figure(shown: Any, word: Words, note: Words = "", href: str = "") -> SafeString:
    """One number that matters, and what it counts."""
    words = in_words(shown)
    return format_html(
        '<div class="figure"><dt>{}</dt><dd class="figure-number">{}</dd>{}</div>',
        word,
        format_html('<a href="{}">{}</a>', href, words) if href else words,
        format_html('<dd class="figure-note">{}</dd>', note) if note else "",
    )


@register.simple_block_tag
def figures(content: str) -> SafeString:
    """A row of {% figure %}, four at most."""
    return format_html('<dl class="figures">{}</dl>', content)


@register.simple_block_tag
def panel(content: str, kind: str = "info", title: Words = "") -> SafeString:
    """A notice: info, success, warning or error."""
    return format_html(
        '<div class="panel panel-{}"{}>{}<div>{}{}</div></div>',
        kind,
        SafeString(' role="alert"') if kind == "error" else "",
        shape(PANEL_SHAPES[kind], "panel-shape"),
        format_html('<p class="panel-title">{}</p>', title) if title else "",
        content,
    )


@register.simple_block_tag
def nothing_yet(content: str, title: Words) -> SafeString:
    """A page or list with nothing in it yet: says so, and what to do next."""
    return format_html('<div class="empty"><p class="empty-title">{}</p>{}</div>', title, content)


@register.simple_tag
def document(text: str, spans: Iterable[Span] = ()) -> SafeString:
    """The text of a letter, with what was read from it marked."""
    return format_html('<div class="document">{}</div>', mark_up(text, spans))


@register.simple_tag
def file_link(href: str, word: Words, kind: str, size: int | None = None) -> SafeString:
    """A file to take away: its name, its kind and its size."""
    about = f"{kind}, {formats.size(size)}" if size else kind
    return format_html(
        '<a class="file-link" href="{}">{}<span>{}</span> <span class="file-about">({})</span></a>',
        href,
        shape("file"),
        word,
        about,
    )


def _or_missing(shown: Any, words: Callable[[Any], str]) -> str:
    return in_words(None) if shown is None or shown == "" else words(shown)


@register.filter
def number(shown: float | Decimal | None) -> str:
    """1250 → 1.250; None → chưa có."""
    return _or_missing(shown, formats.number)


@register.filter
def percent(share: float | Decimal | None) -> str:
    """0.125 → 12,5 %."""
    return _or_missing(share, formats.percent)


@register.filter
def day(shown: date | None) -> str:
    """18/11/2024."""
    return _or_missing(shown, formats.day)


@register.filter
def clock(shown: datetime | None) -> str:
    """9 giờ 30."""
    return _or_missing(shown, formats.clock)


@register.filter
def moment(shown: datetime | None) -> str:
    """9 giờ 30 ngày 18/11/2024."""
    return _or_missing(shown, formats.moment)


@register.filter
def filesize_in_words(octets: int | None) -> str:
    """1_250_000 → 1,2 MB."""
    return _or_missing(octets, formats.size)
