"""The units of a standing as a table to take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lachan.campaigns.models import Assignment, AssignmentQuerySet
from lachan.engine.layout import Cell, Column, Row, SheetTable, Table
from lachan.foundation import formats
from lachan.portal.due import Due
from lachan.portal.work import debt, report_state


def sheet(units: AssignmentQuerySet, *, title: str, said: Sequence[str], now: datetime) -> SheetTable:
    """One row a unit, in Vietnamese order: under whom, since when, how its return stands."""
    words = (
        _("STT"),
        _("Đơn vị"),
        _("Thuộc"),
        _("Mở"),
        _("Xác nhận"),
        _("Triển khai tiếp"),
        _("Báo cáo"),
        _("Hạn"),
        _("Gửi báo cáo"),
    )
    columns = tuple(Column(word, "index" if not at else "text") for at, word in enumerate(words))
    ordered = units.select_related("parent", "obligation").order_by("unit_sort_key", "pk")
    rows = tuple(_row(number, one, now) for number, one in enumerate(ordered, start=1))
    head = (title, "; ".join(said) or _("Tất cả đơn vị"), _("Số liệu lúc %(moment)s") % {"moment": formats.moment(now)})
    return SheetTable(_("Đơn vị"), Table(columns, rows, missing=""), head, landscape=True)


def _row(number: int, one: Assignment, now: datetime) -> Row:
    obligation = debt(one)
    passing = _time(one.passed_on_at) if one.passed_on_at or one.must_pass_on else _("không phải làm")
    cells: tuple[Cell, ...] = (
        str(number),
        one.unit_name,
        one.parent.unit_name if one.parent else "",
        _time(one.opened_at),
        _time(one.received_at),
        passing,
        str(report_state(obligation, Due(obligation.due_at, now))[1]) if obligation else _("không phải làm"),
        _time(obligation.due_at) if obligation else "",
        _time(obligation.received_at) if obligation else "",
    )
    return Row(cells)


def _time(moment: datetime | None) -> str:
    return f"{localtime(moment):%d/%m/%Y %H:%M}" if moment else ""
