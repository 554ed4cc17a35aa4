"""How returns and figures are shown: `{% load reporting %}`."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django import template
from django.template import Context
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.engine.comparison import change
from lachan.engine.layout import Block, Row, Table
from lachan.engine.report_form import TableColumn
from lachan.engine.rollup import Coverage, Listed
from lachan.engine.vietnamese import read_number
from lachan.foundation import formats
from lachan.foundation.templatetags.design_show import state as state_mark
from lachan.foundation.templatetags.design_tables import in_words, table_cell
from lachan.reporting.models import Change, Obligation, Question
from lachan.reporting.snapshot import Compared, number

register = template.Library()
State = Obligation.State


class Owed(Protocol):
    """What is needed to tell how a return stands: an obligation, or a node of the figures."""

    state: str
    due_at: datetime | None
    received_at: datetime | None


@register.simple_tag
def return_state(owed: Owed, now: datetime) -> SafeString:
    """How a unit's return stands, as a state of the design system."""
    return state_mark(*_look(owed, now))


def _look(owed: Owed, now: datetime) -> tuple[str, str]:
    overdue = bool(owed.due_at and now > owed.due_at)
    late = bool(owed.due_at and owed.received_at and owed.received_at > owed.due_at)
    looks = {
        "": ("excused", _("Không thuộc diện báo cáo")),
        State.OWED: ("late", _("Quá hạn")) if overdue else ("not_started", _("Chưa báo cáo")),
        State.DRAFTED: ("late", _("Quá hạn, đang soạn")) if overdue else ("drafting", _("Đang soạn")),
        State.SUBMITTED: ("late", _("Quá hạn, chờ duyệt")) if overdue else ("due_soon", _("Chờ thủ trưởng duyệt")),
        State.SENT_BACK: ("returned", _("Trả lại để sửa")),
        State.APPROVED: ("submitted_late", _("Đã gửi, trễ hạn")) if late else ("submitted", _("Đã gửi")),
        State.ACCEPTED: ("approved", _("Đã nhận, trễ hạn") if late else _("Cấp trên đã nhận")),
        State.EXCUSED: ("excused", _("Được miễn báo cáo")),
    }
    return looks[owed.state]


@register.filter
def answer(shown: Any) -> str:
    """An answer as a page shows it: a number grouped, words in paragraphs, no answer as "chưa có"."""
    if isinstance(shown, Decimal | int):
        return formats.number(shown)
    if isinstance(shown, list):
        shown = "\n".join(" · ".join(str(cell) for cell in row.values()) for row in shown)
    return linebreaks(shown, autoescape=True) if shown else in_words(None)


@register.filter
def of(by_key: Mapping[str, Any], question: Question) -> Any:
    """What there is for a question, by its key; None for nothing."""
    return by_key.get(question.key)


@register.filter
def under(row: Mapping[str, Any], column: Mapping[str, str]) -> Any:
    """A cell of a list's row, under one of its columns."""
    kept = row.get(column["key"])
    return Decimal(kept) if column["kind"] == Question.Kind.DECIMAL and kept is not None else kept


@register.filter
def column_name(column: Mapping[str, Any]) -> str:
    """The words over a column of a table, with those of the heading it stands under."""
    return TableColumn(**column).name


@register.filter
def as_columns(question: Question) -> str:
    """A list's columns as its script reads them."""
    columns = [{"label": one.label, "kind": one.kind, "choices": one.choices} for one in question.list_columns]
    return json.dumps(columns, ensure_ascii=False)


@register.simple_tag
def sum_typed(cells: Iterable[Question | None], controls: Mapping[str, Any]) -> str:
    """The sum of what stands in these cells: "–" while all are blank, "…" while one cannot be read as a number."""
    texts = [text for cell in cells if cell and (text := controls[cell.key].cell.text.strip())]
    numbers = [read_number(text).value for text in texts]
    return _sum(numbers)


@register.simple_tag
def sum_answered(cells: Iterable[Question | None], answers: Mapping[str, Any]) -> str:
    """The sum of these answers; "–" where there is none."""
    return _sum([answers[cell.key] for cell in cells if cell and answers.get(cell.key) is not None])


def _sum(numbers: Sequence[Decimal | None]) -> str:
    read = [number for number in numbers if number is not None]
    if len(read) < len(numbers):
        return "…"
    return formats.number(sum(read, Decimal(0))) if read else "–"


@register.filter
def of_numbers(changes: Iterable[Change]) -> list[Change]:
    """The changes of numbers."""
    return [change for change in changes if change.question.is_number]


@register.filter
def of_words(changes: Iterable[Change]) -> list[Change]:
    """The changes of words and lists."""
    return [change for change in changes if not change.question.is_number]


@register.filter
def signed(difference: Decimal | None) -> str:
    """By how much something changed: +1.250, −3; nothing where one of the two is missing."""
    if difference is None:
        return "–"
    return f"{'+' if difference > 0 else '−' if difference < 0 else ''}{formats.number(abs(difference))}"


@register.filter
def cells(row: Listed, question: Question) -> list[Decimal | str | None]:
    """A gathered row of a list, by its columns."""
    texts = [(column, row.cell(column.key)) for column in question.list_columns]
    return [(text if column.kind == Question.Kind.TEXT else Decimal(text)) if text else None for column, text in texts]


@register.filter
def rounded(shown: Decimal | int | None) -> Decimal | int | None:
    """A figure as shown: a mean keeps two digits after the comma."""
    return round(shown, 2) if isinstance(shown, Decimal) and shown % 1 else shown


class Shown(Protocol):
    """A cell of the table of figures."""

    question: Question
    value: Decimal | int | None
    coverage: Coverage
    href: str


@register.simple_tag(takes_context=True)
def figures_in(context: Context, cells: Iterable[Shown]) -> SafeString:
    """The cells of a row of figures. Written here and not in a template: a table has a thousand of them."""
    group, unit = formats.grouping(), escape(_("đơn vị"))
    return SafeString("".join(table_cell(context, _figure_in(one, group, unit)) for one in cells))


def _figure_in(cell: Shown, group: Callable[[int], str], unit: str) -> SafeString:
    """The figure, or how many units wrote something, and how many of those asked have answered."""
    coverage = cell.coverage
    if not coverage.expected:
        return format_html('<div><span class="missing">{}</span></div>', _("không hỏi"))
    # by hand, since nothing in it needs escaping: the address is of our own words and keys, the rest is numbers
    words = _figure_words(cell, group)
    link = f'<a href="{cell.href}">{words}</a>' if cell.href else words
    if coverage.expected in (coverage.received, 1):
        return SafeString(f"<div>{link}</div>")
    share = f"{group(coverage.received)}/{group(coverage.expected)}"
    return SafeString(f'<div>{link}<br><span class="share">{share}<span class="away"> {unit}</span></span></div>')


def _figure_words(cell: Shown, group: Callable[[int], str]) -> str:
    if cell.value is None:
        return format_html('<span class="missing">{}</span>', in_words(None))
    if not cell.value % 1 and cell.question.is_number:
        return group(int(cell.value))
    if cell.question.is_number:
        return formats.number(rounded(cell.value) or 0)
    words = ngettext("%(count)s dòng", "%(count)s dòng", int(cell.value))
    if not cell.question.is_list:
        words = ngettext("%(count)s ý kiến", "%(count)s ý kiến", int(cell.value))
    return escape(words % {"count": group(int(cell.value))})


@register.filter
def kept_number(kept: str | None) -> Decimal | int | None:
    """A figure of a snapshot as a page shows it."""
    return rounded(number(kept))


@register.filter
def more_or_less(one: Compared) -> str:
    """By how much a figure is more or less than the one before: "+1.200 (+50 %)"."""
    found = change(number(one.before), number(one.now))
    if found.difference is None:
        return "–"
    sign = "+" if found.difference > 0 else ""
    share = f" ({sign}{formats.percent(found.share)})" if found.share is not None else ""
    return f"{sign}{formats.number(rounded(found.difference) or 0)}{share}"


@register.filter
def share_received(coverage: Coverage) -> str:
    """How many of those asked have answered: 27/30."""
    return f"{formats.number(coverage.received)}/{formats.number(coverage.expected)}"


@register.filter
def moment_kept(iso: str) -> str:
    """A moment as a report keeps it; empty where it keeps none."""
    return formats.moment(datetime.fromisoformat(iso)) if iso else ""


@register.filter
def lacks(coverage: Coverage) -> str:
    """What the coverage lacks, in words: "3 chưa có, 2 trễ hạn, 1 bỏ trống"; empty when nothing."""
    parts = (
        (coverage.missing, _("%(count)s chưa có")),
        (coverage.late, _("%(count)s trễ hạn")),
        (coverage.empty, _("%(count)s bỏ trống")),
    )
    return ", ".join(words % {"count": formats.number(count)} for count, words in parts if count)


@register.simple_tag
def days_left_in_words(days: int) -> SafeString:
    """How long until the deadline."""
    if days < 0:
        return format_html("{}", ngettext("quá hạn %(count)s ngày", "quá hạn %(count)s ngày", -days) % {"count": -days})
    left = ngettext("còn %(count)s ngày", "còn %(count)s ngày", days) % {"count": days}
    return format_html("{}", left if days else _("hạn hôm nay"))


@register.filter
def kind_of(block: Block) -> str:
    """Which kind of block of a document it is: Paragraph, Heading, ListItem or Table."""
    return type(block).__name__


@register.filter
def on_page(table: Table) -> Table:
    """A document's table as a page shows it: without the column of running numbers, so that names head the rows."""
    kept = [at for at, column in enumerate(table.columns) if column.kind != "index"]

    def picked(row: Row) -> Row:
        return Row(tuple(row.cells[at] for at in kept), row.bold)

    rows = tuple(picked(row) if isinstance(row, Row) else row for row in table.rows)
    total = picked(table.total) if table.total else None
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows, total=total)
