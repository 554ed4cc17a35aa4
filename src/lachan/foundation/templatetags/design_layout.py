"""Ways through the site, lists, steps and the header. See design.py beside this."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lachan.foundation import design, formats
from lachan.foundation.design import NavLink, Words, shape
from lachan.foundation.templatetags.design_tables import in_words

register = template.Library()


@register.inclusion_tag("foundation/components/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, list[NavLink]]:
    """The places in the header that this person may go. Apps feed it: design.NavItem."""
    request: HttpRequest | None = context.get("request")
    return {"links": design.navigation(request) if request else []}


@register.simple_tag(takes_context=True)
def header_parts(context: Context) -> SafeString:
    """What apps add to the header: design.header_templates."""
    request = context.get("request")
    parts = [render_to_string(name, {}, request) for name in design.header_templates()]
    return mark_safe("".join(parts))  # noqa: S308 - each is a rendered template


@register.simple_tag
def bell(href: str, count: int, renewed_from: str = "") -> SafeString:
    """The way to one's notices, with the number of those not read. htmx asks `renewed_from` for a new one every two minutes."""
    renewing = format_html(' hx-get="{}" hx-trigger="every 120s" hx-swap="outerHTML"', renewed_from)
    number = format_html(
        '<strong class="bell-count">{}<span class="away"> {}</span></strong>', formats.number(count), _("chưa đọc")
    )
    return format_html(
        '<a class="header-link bell" href="{}"{}>{}{}{}</a>',
        href,
        renewing if renewed_from else "",
        shape("bell"),
        _("Thông báo"),
        number if count else "",
    )


@register.simple_block_tag
def crumbs(content: str) -> SafeString:
    """Where this page stands: {% crumb %} by {% crumb %}, the page itself left out."""
    return format_html('<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>', _("Vị trí trang"), content)


@register.simple_tag
def crumb(word: Words, href: str) -> SafeString:
    """One step up."""
    return format_html('<li><a href="{}">{}</a></li>', href, word)


@register.simple_block_tag
def tabs(content: str, word: Words) -> SafeString:
    """Several views of one list, as links."""
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', word, content)


@register.simple_tag
def tab(word: Words, href: str, current: bool = False, count: int | None = None) -> SafeString:
    """One view; `count` says how many it holds. One that holds nothing is left out, unless it is the one shown."""
    if count == 0 and not current:
        return SafeString("")
    return format_html(
        '<li><a href="{}"{}>{}{}</a></li>',
        href,
        SafeString(' aria-current="page"') if current else "",
        word,
        format_html(' <span class="count">{}</span>', formats.number(count)) if count else "",
    )


@register.inclusion_tag("foundation/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Earlier and later pages of a list, keeping what was asked for in the address."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(pages), "request": context.get("request"), "gap": page.paginator.ELLIPSIS}


@register.simple_block_tag
def summary(content: str) -> SafeString:
    """Facts about one thing, name and value: {% item %} by {% item %}."""
    return format_html('<dl class="summary">{}</dl>', content)


@register.simple_block_tag
def item(content: str, word: Words) -> SafeString:
    """One fact."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", word, content if content.strip() else in_words(None))


@register.simple_block_tag
def steps(content: str) -> SafeString:
    """The steps of a piece of work, in order."""
    return format_html('<ol class="steps">{}</ol>', content)


@register.simple_tag
def step(word: Words, state: str = "todo", href: str = "", note: Words = "") -> SafeString:
    """One step: done, current or todo."""
    said = {"done": _("xong"), "current": _("đang làm"), "todo": _("chưa làm")}[state]
    return format_html(
        '<li class="step step-{}"{}><span class="step-word">{}</span> <span class="step-state">{}{}</span>{}</li>',
        state,
        SafeString(' aria-current="step"') if state == "current" else "",
        format_html('<a href="{}">{}</a>', href, word) if href else word,
        shape({"done": "check", "current": "half", "todo": "ring"}[state]),
        said,
        format_html('<span class="step-note">{}</span>', note) if note else "",
    )


@register.simple_block_tag
def beside(content: str) -> SafeString:
    """Two {% side %}s: a document and the form filled from it."""
    return format_html('<div class="beside">{}</div>', content)


@register.simple_block_tag
def side(content: str) -> SafeString:
    """One of two columns."""
    return format_html('<div class="side">{}</div>', content)


@register.simple_block_tag
def more(content: str, word: Words, unfolded: object = False) -> SafeString:
    """What most people need not read, one press away; `unfolded` where they must see it at once, such as what to mend in a form."""
    opened = SafeString(" open" if unfolded else "")
    return format_html('<details class="more"{}><summary>{}</summary><div>{}</div></details>', opened, word, content)
