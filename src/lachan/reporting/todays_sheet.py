"""The table in today's units as a sheet to take away."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from lachan.engine.layout import Cell, Column, GroupRow, Row, SheetTable, Table
from lachan.engine.rollup import Row as Branch
from lachan.foundation import formats
from lachan.reporting.exports import label
from lachan.reporting.todays import Todays
from lachan.reporting.totals import OWN, Figure, figure


def sheet_of(todays: Todays, *, title: str, now: datetime, day: date) -> SheetTable:
    """The branches of the day with their totals, then the former units whose figures stay their own."""
    told = _("Theo đơn vị tại ngày %(day)s, số liệu lúc %(moment)s")
    head = (title, told % {"day": formats.day(day), "moment": formats.moment(now)})
    known = todays.totals
    numbers = [question for question in known.questions if question.is_number]

    def row(at: int | None, name: str, of: Branch) -> Row:
        counts = (of.coverage.expected, of.coverage.received, of.coverage.late)
        return Row((str(at) if at else None, name, *counts, *(_plain(figure(of, question)) for question in numbers)))

    rows: list[Row | GroupRow] = [row(None, _("Phần của đơn vị"), known.rows[OWN])] if OWN in known.rows else []
    rows += [row(at, one.name, known.row(one.unit)) for at, one in enumerate(known.branches, start=1)]
    rows += [row(None, _("%(name)s (đơn vị cũ)") % {"name": one.name}, one.row) for one in todays.former]
    words = (_("Phải báo cáo"), _("Đã báo cáo"), _("Trễ hạn"))
    columns = (
        Column(_("STT"), "index"),
        Column(_("Đơn vị")),
        *(Column(word, "number") for word in words),
        *(Column(label(question), "number") for question in numbers),
    )
    table = Table(columns, tuple(rows), total=row(None, _("Tổng cộng"), known.whole), missing="")
    return SheetTable(_("Đơn vị hiện nay"), table, head, landscape=True)


def _plain(value: Figure) -> Cell:
    """A figure for a cell: a mean rounded."""
    if value is None:
        return None
    return round(Decimal(value), 2) if value % 1 else int(value)
