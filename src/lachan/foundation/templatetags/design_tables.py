"""Tables of figures. See design.py beside this.

The roles repeat what the elements say, because on a phone rows are laid out as blocks, and browsers then forget the table.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lachan.foundation import formats
from lachan.foundation.design import Words

register = template.Library()
KEY = "design_table"
MANY = 7
"""With more columns than this a table is printed across the sheet."""


@dataclass
class Column:
    """A column as its head says it."""

    word: str
    number: bool
    unit: str

    @cached_property
    def look(self) -> SafeString:
        return SafeString(' class="number"') if self.number else SafeString()

    @cached_property
    def cell(self) -> SafeString:
        """How a cell of this column begins; it carries the column's label."""
        label = f"{self.word} ({self.unit})" if self.unit else self.word
        return format_html('<td role="cell" data-label="{}"{}>', label, self.look)


@dataclass
class Drawing:
    """The table being drawn: its columns, and where in a row we are."""

    columns: list[Column] = field(default_factory=list)
    at: int = 0


def _drawing(context: Context) -> Drawing:
    if KEY not in context:
        raise template.TemplateSyntaxError("columns, rows and cells stand inside {% table %}")
    return cast("Drawing", context[KEY])


class TableNode(template.Node):
    """{% table caption %}…{% endtable %}: keeps the columns, so that each cell can carry its label on a phone."""

    def __init__(self, caption: FilterExpression, nodelist: NodeList) -> None:
        self.caption = caption
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        caption = self.caption.resolve(context)
        drawing = Drawing()
        with context.push(**{KEY: drawing}):
            content = self.nodelist.render(context)
        return format_html(
            '<div class="table-frame{}" role="region" aria-label="{}" tabindex="0"><table role="table">'
            "<caption>{}</caption>{}</table></div>",
            " table-many" if len(drawing.columns) > MANY else "",
            caption,
            caption,
            content,
        )


@register.tag("table")
def table(parser: Parser, token: Token) -> TableNode:
    """A table with a caption, which says what is counted and when."""
    words = token.split_contents()
    if len(words) != 2:
        raise template.TemplateSyntaxError("{% table %} takes its caption and nothing else")
    nodelist = parser.parse(("endtable",))
    parser.delete_first_token()
    return TableNode(parser.compile_filter(words[1]), nodelist)


@register.simple_block_tag
def columns(content: str) -> SafeString:
    """The head of a table: {% column %} by {% column %}."""
    return format_html('<thead role="rowgroup"><tr role="row">{}</tr></thead>', content)


@register.simple_tag(takes_context=True)
def column(context: Context, word: Words, number: bool = False, unit: Words = "") -> SafeString:
    """One column. Numbers stand right; their unit stands in the head, not in the cells, and not where the words name it already."""
    unit = "" if str(unit).lower() in str(word).lower() else unit
    one = Column(str(word), number, str(unit))
    _drawing(context).columns.append(one)
    return format_html(
        '<th scope="col" role="columnheader"{}>{}{}</th>',
        one.look,
        word,
        format_html(' <span class="unit">({})</span>', unit) if unit else "",
    )


@register.simple_block_tag(takes_context=True)
def row(context: Context, content: str, sum: bool = False) -> SafeString:  # noqa: A002 - a template's word
    """One row; `sum=True` for the row of totals, which comes last."""
    _drawing(context).at = 0
    if sum:
        return format_html('<tfoot role="rowgroup"><tr class="sum" role="row">{}</tr></tfoot>', content)
    return format_html('<tr role="row">{}</tr>', content)


@register.simple_block_tag(takes_context=True)
def cell(context: Context, content: str) -> SafeString:
    """One cell with any markup in it."""
    return table_cell(context, content)


@register.simple_tag(takes_context=True)
def value(context: Context, shown: Any, href: str = "") -> SafeString:
    """One cell with a plain value: whole numbers grouped, dates in words, None as "chưa có"."""
    words = in_words(shown)
    return table_cell(context, format_html('<a href="{}">{}</a>', href, words) if href and shown is not None else words)


@register.simple_tag(takes_context=True)
def folded(context: Context, name: Words, headline: Words, href: str = "", note: Words = "") -> SafeString:
    """The first cell of a row of which a phone shows `name` and `headline` alone, and its other cells once it is pressed."""
    words = _("Đủ các cột của %(name)s") % {"name": name}
    shown = format_html('<a href="{}">{}</a>', href, name) if href else name
    under = format_html('<br><span class="share">{}</span>', note) if note else ""
    return table_cell(
        context,
        format_html(
            '<details class="unfold"><summary aria-label="{}"></summary></details><span>{}{}</span>'
            '<span class="headline" data-headline="{}"></span>',
            words,
            shown,
            under,
            escape(headline),  # in an attribute nothing is markup
        ),
    )


def table_cell(context: Context, content: str) -> SafeString:
    drawing = _drawing(context)
    if drawing.at >= len(drawing.columns):
        raise template.TemplateSyntaxError(f"a row has more cells than the {len(drawing.columns)} columns")
    one, first = drawing.columns[drawing.at], drawing.at == 0
    drawing.at += 1
    if first:
        return format_html('<th scope="row" role="rowheader"{}>{}</th>', one.look, content)
    return SafeString(f"{one.cell}{conditional_escape(content)}</td>")


def in_words(shown: Any) -> str:
    """A value as a table shows it. Missing is not zero."""
    if shown is None or shown == "":
        return format_html('<span class="missing">{}</span>', _("chưa có"))
    if isinstance(shown, bool):
        return _("có") if shown else _("không")
    if isinstance(shown, int | float | Decimal):
        return formats.number(shown)
    if isinstance(shown, datetime):
        return formats.moment(shown)
    return formats.day(shown) if isinstance(shown, date) else shown
