"""The tables of an analysis to take away: those of the page, whole, and how the columns of rates are worked out."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from lachan.engine.layout import Column, Row, SheetTable, Table
from lachan.engine.rates import Tally
from lachan.foundation import formats
from lachan.portal import analysis_shown as shown
from lachan.portal import rates_shown
from lachan.portal.analysis_asked import Asked
from lachan.reporting.rates import BranchRates


def sheets(asked: Asked) -> dict[str, SheetTable]:
    """By the names that addresses know them by."""
    years, how = _years(asked)
    return {
        "nam": years,
        "nhanh": _branches(asked),
        "thoi-diem": _habits(asked),
        "don-vi": _late(asked),
        "kenh": _channels(asked),
        "cach-tinh": how,
    }


def _years(asked: Asked) -> tuple[SheetTable, SheetTable]:
    rows = [BranchRates(str(year), asked.years[year]) for year in sorted(asked.years, reverse=True)]
    whole = sum(asked.years.values(), Tally())
    table, how = rates_shown.sheets(
        rows,
        whole,
        first=_("Năm"),
        head=[_("So giữa các năm")],
        now=asked.taken_at,
        definitions=rates_shown.DEFINITIONS_OF_DUE,
    )
    return replace(table, name=_("Theo năm")), how


def _branches(asked: Asked) -> SheetTable:
    months, by_branch = shown.by_branch(asked.branches)
    names = asked.names(by_branch)
    heads = [_("Tháng %(month)s (%%)") % {"month": month} for month in months]
    columns = (_("Nhánh"), _("Phải báo cáo"), _("Đã báo cáo"), _("Chung cả năm (%)"), *heads)
    rows = []
    for branch in shown.in_order(by_branch, names):
        of = by_branch[branch]
        whole = sum(of.values(), Tally())
        whole_rate, *rates = (
            rates_shown.number_of(one.rate, one) for one in (whole, *(of.get(month, Tally()) for month in months))
        )
        rows.append(Row((names[branch], whole.expected, whole.received, whole_rate, *rates)))
    return _sheet(asked, _("Theo nhánh"), _("Tỷ lệ báo cáo của từng nhánh theo tháng đến hạn"), columns, rows)


def _habits(asked: Asked) -> SheetTable:
    rows = [Row((word, count)) for word, _look, count in shown.came(asked.days)]
    title = _("Báo cáo thường đến khi nào")
    return _sheet(asked, _("Thời điểm"), title, (_("So với ngày đến hạn"), _("Số báo cáo")), rows)


def _late(asked: Asked) -> SheetTable:
    names = asked.names(row["unit"] for row in asked.late)
    columns = (_("Đơn vị"), _("Báo cáo đã đến hạn"), _("Trễ hạn"), _("Chưa báo cáo"))
    rows = [Row((names[row["unit"]], row["due"], row["late"], row["missing"])) for row in asked.late]
    return _sheet(asked, _("Hay trễ"), _("Đơn vị trễ từ hai lần trở lên"), columns, rows)


def _channels(asked: Asked) -> SheetTable:
    title = _("Hoạt động trong năm theo kênh; lượt người chỉ cộng nơi có ghi")
    columns = (_("Kênh"), _("Tính bằng"), _("Số lần"), _("Đơn vị đã dùng"), _("Lượt người tiếp cận"))
    rows = [
        Row((one.name, one.counted_in, one.times, one.units, one.audience or None))
        for one in shown.reach(asked.channels)
    ]
    return _sheet(asked, _("Kênh"), title, columns, rows, words=2)


def _sheet(
    asked: Asked, name: str, title: str, columns: tuple[str, ...], rows: list[Row], *, words: int = 1
) -> SheetTable:
    """The first `words` columns hold words, the others numbers."""
    heads = (Column(head, "text" if at < words else "number") for at, head in enumerate(columns))
    units = _("Theo đơn vị hiện nay") if asked.todays else _("Theo đơn vị lúc báo cáo")
    said = {"year": asked.year, "units": units, "moment": formats.moment(asked.taken_at)}
    above = (title, _("Năm %(year)s. %(units)s. Số liệu lúc %(moment)s") % said)
    return SheetTable(name, Table(tuple(heads), tuple(rows), missing=""), above, landscape=True)
