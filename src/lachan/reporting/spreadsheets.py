"""Figures as tables to take away: by branch, and each unit's own."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from lachan.engine.layout import Cell, Column, GroupRow, Row, SheetTable, Table
from lachan.engine.rollup import Coverage, Listed, Text
from lachan.engine.rollup import Row as Branch
from lachan.foundation import formats
from lachan.reporting.figures import Figures, Node, Value
from lachan.reporting.models import Obligation, Question
from lachan.reporting.todays import Todays
from lachan.reporting.totals import OWN, figure

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheets(known: Figures, key: int, *, title: str, now: datetime) -> tuple[SheetTable, ...]:
    """Two sheets for the branch `key`: its branches with their totals, and every unit with its own figures."""
    head = (title, _("Số liệu lúc %(moment)s") % {"moment": formats.moment(now)})
    return (
        SheetTable(_("Theo nhánh"), _by_branch(known, key), head, landscape=True),
        SheetTable(_("Từng đơn vị"), _by_unit(known, key), head, landscape=True),
    )


def sheet_today(todays: Todays, *, title: str, now: datetime, day: date) -> SheetTable:
    """The branches of the day with their totals, then the former units whose figures stay their own."""
    told = _("Theo đơn vị tại ngày %(day)s, số liệu lúc %(moment)s")
    head = (title, told % {"day": formats.day(day), "moment": formats.moment(now)})
    known = todays.totals
    numbers = [question for question in known.questions if question.is_number]

    def row(at: int | None, name: str, of: Branch) -> Row:
        figures = (plain(figure(of, question)) for question in numbers)
        return Row((str(at) if at else None, name, *_counts(of.coverage), *figures))

    rows: list[Row | GroupRow] = [row(None, _("Phần của đơn vị"), known.rows[OWN])] if OWN in known.rows else []
    rows += [row(at, one.name, known.row(one.unit)) for at, one in enumerate(known.branches, start=1)]
    rows += [row(None, _("%(name)s (đơn vị cũ)") % {"name": one.name}, one.row) for one in todays.former]
    columns = (Column(_("STT"), "index"), Column(_("Đơn vị")), *_coverage_columns(), *_columns(numbers))
    table = Table(columns, tuple(rows), total=row(None, _("Tổng cộng"), known.whole), missing="")
    return SheetTable(_("Đơn vị hiện nay"), table, head, landscape=True)


def label(question: Question) -> str:
    """A question as the head of a column, with what it is counted in."""
    return f"{question.heading} ({question.counted_in})" if question.counted_in else question.heading


def plain(value: Value, *, digits: int = 2) -> Cell:
    """A figure for a cell: a mean rounded, texts one after another."""
    if isinstance(value, tuple):
        return "\n".join(_line(one) for one in value) or None
    return (
        round(value, digits) if isinstance(value, Decimal) and value % 1 else int(value) if value is not None else None
    )


def _line(one: Text | Listed) -> str:
    return one.text if isinstance(one, Text) else " · ".join(cell for _column, cell in one.cells)


def _by_branch(known: Figures, key: int) -> Table:
    numbers = [question for question in known.questions if question.is_number]
    columns = (Column(_("STT"), "index"), Column(_("Đơn vị")), *_coverage_columns(), *_columns(numbers))
    rows = [
        Row(
            (
                str(at),
                node.name,
                *_counts(known.coverage(node.assignment)),
                *_branch_figures(known, node.assignment, numbers),
            )
        )
        for at, node in enumerate(known.children(key), start=1)
    ]
    if key in known.own and rows:
        own = tuple(plain(known.own_value(key, question)) for question in numbers)
        rows.insert(0, Row((None, _("Phần của đơn vị"), *_counts(known.own[key].coverage), *own)))
    total = Row((None, _("Tổng cộng"), *_counts(known.coverage(key)), *_branch_figures(known, key, numbers)))
    return Table(columns, tuple(rows), total=total, missing="")


def _by_unit(known: Figures, key: int) -> Table:
    questions = list(known.questions)
    columns = (
        Column(_("STT"), "index"),
        Column(_("Đơn vị")),
        Column(_("Thuộc")),
        Column(_("Tình trạng")),
        *_columns(questions),
    )
    states = dict(Obligation.State.choices) | {"": _("không thuộc diện báo cáo")}
    rows: list[Row | GroupRow] = []
    for at, node in enumerate(known.branch(key), start=1):
        above = known.nodes[node.parent].name if node.parent in known.nodes else ""
        figures = tuple(plain(known.own_value(node.assignment, question)) for question in questions)
        rows.append(Row((str(at), node.name, above, _state(node, str(states[node.state])), *figures)))
    return Table(columns, tuple(rows), missing="")


def _state(node: Node, word: str) -> str:
    return _("%(state)s, trễ hạn") % {"state": word} if node.is_late else word


def _coverage_columns() -> tuple[Column, ...]:
    words = (_("Phải báo cáo"), _("Đã báo cáo"), _("Trễ hạn"))
    return tuple(Column(word, "number") for word in words)


def _counts(coverage: Coverage) -> tuple[int, ...]:
    return coverage.expected, coverage.received, coverage.late


def _columns(questions: Iterable[Question]) -> tuple[Column, ...]:
    return tuple(Column(label(question), "number" if question.is_number else "text") for question in questions)


def _branch_figures(known: Figures, key: int, questions: Iterable[Question]) -> tuple[Cell, ...]:
    return tuple(plain(known.value(key, question)) for question in questions)
