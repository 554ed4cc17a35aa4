"""How a state looks in every picture: a colour, a pattern for bars and areas, a shape for points. Never colour alone."""

from __future__ import annotations

from typing import Literal

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

Look = Literal["done", "late", "waiting", "overdue", "off", "none", "few", "half", "most", "all"]
LOOKS: tuple[Look, ...] = ("done", "late", "waiting", "overdue", "off")
"""The states of one thing."""
RATES: tuple[Look, ...] = ("none", "few", "half", "most", "all")
"""How much of an area is done: under a quarter, a half, three quarters, less than all, all. The fuller, the darker."""

_STROKES = {
    "done": "",
    "late": '<circle class="on-look" cx="4" cy="4" r="1.6"/>',
    "waiting": "",
    "overdue": '<path class="on-look-line" d="M-2 2 2-2M0 8 8 0M6 10l4-4"/>',
    "off": '<path class="on-look-line" d="M0 4h8"/>',
    "none": "",
    "few": '<circle class="on-look" cx="4" cy="4" r="1.2"/>',
    "half": '<path class="on-look-line" d="M-2 2 2-2M0 8 8 0M6 10l4-4"/>',
    "most": '<path class="on-look-line" d="M-2 2 2-2M0 8 8 0M6 10l4-4M-2 6l4 4M0 0l8 8M6-2l4 4"/>',
    "all": "",
}
_SHAPES = {
    "done": '<circle r="5"/>',
    "late": '<circle r="5"/><circle class="on-look" r="2"/>',
    "waiting": '<circle class="open" r="4.4"/>',
    "overdue": '<path d="M0-6.6 6.6 5.2H-6.6z"/>',
    "off": '<path d="M-5-1.4H5v2.8H-5z"/>',
}


def definitions() -> SafeString:
    """Patterns and shapes that the pictures of a page refer to; once a page."""
    patterns = "".join(
        f'<pattern id="fill-{look}" class="look-{look}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="look-ground" width="8" height="8"/>{_STROKES[look]}</pattern>'
        for look in (*LOOKS, *RATES)
    )
    shapes = "".join(f'<g id="spot-{look}" class="spot look-{look}">{_SHAPES[look]}</g>' for look in LOOKS)
    drawn = f'<svg class="away" width="0" height="0" aria-hidden="true" focusable="false"><defs>{patterns}{shapes}</defs></svg>'
    return mark_safe(drawn)  # noqa: S308 - our own drawings above


def swatch(look: Look) -> SafeString:
    """A small piece of a bar, for the words beside it."""
    return format_html_join(
        "",
        '<svg class="swatch look-{}" width="14" height="14" aria-hidden="true" focusable="false">'
        '<rect class="piece" x="0.5" y="0.5" width="13" height="13" fill="url(#fill-{})"/></svg>',
        [(look, look)],
    )


def spot_swatch(look: Look) -> SafeString:
    """The shape of a point, for the words beside it."""
    return format_html_join(
        "",
        '<svg class="swatch" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
        '<use href="#spot-{}"/></svg>',
        [(look,)],
    )


def rate_look(share: float) -> Look:
    """The look of an area of which `share` (0 to 1) is done."""
    return "all" if share >= 1 else RATES[min(int(share * 4), 3)]
