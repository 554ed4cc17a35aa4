"""What the design system knows: states, verdicts, navigation, marked text. The tags are in templatetags/design.py."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Tone = Literal["neutral", "info", "good", "warn", "bad", "off"]

SHAPES = {
    "dot": '<circle cx="8" cy="8" r="5" fill="currentColor"/>',
    "ring": '<circle cx="8" cy="8" r="5"/>',
    "half": '<circle cx="8" cy="8" r="5"/><path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor"/>',
    "check": '<path d="m3 8.5 3.5 3.5L13 4.5"/>',
    "seal": '<circle cx="8" cy="8" r="6.2"/><path d="m5 8.3 2.2 2.2L11 6"/>',
    "arrow": '<path d="M2 8h11M9 4l4 4-4 4"/>',
    "back": '<path d="M14 12V9a3 3 0 0 0-3-3H3m3.5-3.5L3 6l3.5 3.5"/>',
    "pencil": '<path d="m3 13 .7-3L10.5 3.2l2.3 2.3L6 12.3z"/>',
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.5"/>',
    "alarm": '<circle cx="8" cy="8" r="6.5" fill="currentColor"/><path d="M8 4v4.5M8 11v.5" stroke="#fff"/>',
    "question": '<path d="M4.8 5.6A3.2 3.2 0 1 1 8 8.8v1.4M8 13v.4"/>',
    "dash": '<path d="M3 8h10"/>',
    "cross": '<path d="m4 4 8 8m0-8-8 8"/>',
    "triangle": '<path d="M8 2.2 14.5 13.5h-13z"/><path d="M8 6.5v3.5m0 1.5v.3"/>',
    "octagon": '<path d="M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z"/><path d="M8 4.5V9m0 2v.3"/>',
    "info": '<circle cx="8" cy="8" r="6.5"/><path d="M8 7.5V11.5M8 4.8v.3"/>',
    "bell": '<path d="M3 12h10l-1.2-1.8V7a3.8 3.8 0 0 0-7.6 0v3.2zM6.5 14h3M8 3.2V1.8"/>',
    "file": '<path d="M4 1.5h5.5L13 5v9.5H4zM9 1.5V5.5h4"/>',
}


def shape(name: str, css_class: str = "shape") -> SafeString:
    """One of SHAPES as an inline drawing, hidden from screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="{}" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="2" '
        'aria-hidden="true" focusable="false">{}</svg>',
        css_class,
        mark_safe(SHAPES[name]),  # noqa: S308 - our own drawings above
    )


@dataclass(frozen=True)
class State:
    """How a state is shown: never by colour alone."""

    word: Words
    tone: Tone
    shape: str


STATES = {
    "new": State(_("Mới"), "info", "dot"),
    "unopened": State(_("Chưa mở"), "neutral", "ring"),
    "opened": State(_("Đã mở"), "info", "half"),
    "received": State(_("Đã nhận"), "good", "check"),
    "passed_on": State(_("Đã triển khai"), "good", "arrow"),
    "not_started": State(_("Chưa làm"), "neutral", "ring"),
    "drafting": State(_("Đang soạn"), "neutral", "pencil"),
    "submitted": State(_("Đã gửi"), "good", "check"),
    "approved": State(_("Đã duyệt"), "good", "seal"),
    "returned": State(_("Trả lại"), "warn", "back"),
    "due_soon": State(_("Sắp đến hạn"), "warn", "clock"),
    "urgent": State(_("KHẨN"), "bad", "triangle"),
    "late": State(_("Quá hạn"), "bad", "alarm"),
    "submitted_late": State(_("Đã gửi, trễ hạn"), "warn", "check"),
    "excused": State(_("Được miễn"), "off", "dash"),
    "done": State(_("Hoàn thành"), "good", "seal"),
    "cancelled": State(_("Đã thu hồi"), "off", "cross"),
    "inactive": State(_("Không hoạt động"), "off", "dash"),
    "sure": State(_("Rõ trong văn bản"), "neutral", "check"),
    "doubtful": State(_("Cần xem lại"), "warn", "question"),
}


@dataclass(frozen=True)
class VerdictLook:
    """How a conclusion on a message is shown. There is none for "safe": nobody can promise that."""

    word: Words
    shape: str


VERDICTS = {
    "scam": VerdictLook(_("CÓ DẤU HIỆU LỪA ĐẢO"), "octagon"),
    "caution": VerdictLook(_("CẦN CẢNH GIÁC"), "triangle"),
    "none": VerdictLook(_("CHƯA THẤY DẤU HIỆU"), "ring"),
}

PANEL_SHAPES = {"info": "info", "success": "check", "warning": "triangle", "error": "octagon"}


@dataclass(frozen=True)
class Part:
    """One part of a stacked bar: `count` things called `word`."""

    word: Words
    count: int
    tone: Tone

    @classmethod
    def of(cls, state: str, count: int) -> "Part":
        """A part in the word and tone of one of STATES."""
        return cls(STATES[state].word, count, STATES[state].tone)


@dataclass(frozen=True)
class NavItem:
    """A place in the header. Apps feed it: `navigation = [NavItem(...)]` on their AppConfig.

    `shown_if` is the dotted path of a function(request) -> bool; without one, everybody who is signed in sees it. Lower `rank`
    comes first. `also` are the beginnings of addresses that belong to the place without lying under it.
    """

    word: Words
    url_name: str
    rank: int = 100
    shown_if: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavLink:
    """A NavItem for one request."""

    word: Words
    url: str
    current: bool


def navigation(request: HttpRequest) -> list[NavLink]:
    """The places this person may go, in order; the deepest one that holds the page is current."""
    items = [item for config in apps.get_app_configs() for item in getattr(config, "navigation", ())]
    shown = [item for item in sorted(items, key=lambda item: item.rank) if _is_shown(item, request)]
    places = [(reverse(item.url_name), *item.also) for item in shown]
    current = max((one for place in places for one in place if _holds(one, request.path)), key=len, default="")
    return [NavLink(item.word, place[0], current in place) for item, place in zip(shown, places, strict=True)]


def _holds(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)  # every page would be under the front page


def _is_shown(item: NavItem, request: HttpRequest) -> bool:
    if not item.shown_if:
        user = getattr(request, "user", None)
        return bool(user and user.is_authenticated)
    rule: Callable[[HttpRequest], bool] = import_string(item.shown_if)
    return rule(request)


def header_templates() -> list[str]:
    """Templates that apps add to the header, lower parts first: `header_template = "…"` on an AppConfig."""
    configs = reversed(list(apps.get_app_configs()))
    return [config.header_template for config in configs if hasattr(config, "header_template")]


@dataclass(frozen=True)
class Span:
    """A stretch of a document: text[start:end], what was read from it, and how surely.

    `key` makes the anchor `mark-<key>`; `target` is the id of the form field it filled.
    """

    start: int
    end: int
    label: Words
    certainty: Literal["sure", "likely", "doubtful"] = "sure"
    key: str = ""
    target: str = ""


def mark_up(text: str, spans: Iterable[Span]) -> SafeString:
    """`text`, escaped, with its spans marked. Where spans overlap the shortest shows; spans outside the text are left out."""
    known = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    cuts = sorted({0, len(text), *(span.start for span in known), *(span.end for span in known)})
    seen: set[Span] = set()
    return format_html_join(
        "",
        "{}",
        ((_stretch(text[a:b], _shortest_over(known, a, b), seen),) for a, b in itertools.pairwise(cuts)),
    )


def _shortest_over(spans: Sequence[Span], start: int, end: int) -> Span | None:
    over = [span for span in spans if span.start <= start and end <= span.end]
    return min(over, key=lambda span: span.end - span.start, default=None)


def _stretch(text: str, span: Span | None, seen: set[Span]) -> str:
    if span is None:
        return text
    again, anchor = span in seen, ""
    if span.key and not again:
        anchor = format_html(' id="mark-{}"', span.key)
    seen.add(span)
    label = "" if again else format_html('<span class="mark-label">{}</span>', span.label)
    inner = format_html('<a href="#{}">{}</a>', span.target, text) if span.target else text
    return format_html('<mark class="mark-{}"{}>{}{}</mark>', span.certainty, anchor, label, inner)
