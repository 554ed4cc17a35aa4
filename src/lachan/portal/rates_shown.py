"""Rates as pages and files show them: how each is worked out in a sentence, what stands behind them in words, the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lachan.engine.layout import Cell, Column, Row, SheetTable, Table
from lachan.engine.rates import Tally
from lachan.foundation import formats
from lachan.portal.standing_filters import Filters
from lachan.portal.standing_shown import list_address
from lachan.reporting.rates import BranchRates

NOTHING = Tally()
Definitions = tuple[tuple[str | Promise, str | Promise], ...]


def _defined(expected: Promise, on_time: Promise) -> Definitions:
    return (
        (gettext_lazy("Phải báo cáo"), expected),
        (
            gettext_lazy("Đã báo cáo"),
            gettext_lazy("Thủ trưởng đơn vị đã duyệt gửi lên, và báo cáo không đang bị trả lại để sửa."),
        ),
        (gettext_lazy("Tỷ lệ báo cáo"), gettext_lazy("Đã báo cáo trên phải báo cáo.")),
        (gettext_lazy("Đúng hạn"), gettext_lazy("Đã báo cáo, và bản đầu tiên gửi lên không muộn hơn hạn của đơn vị.")),
        (gettext_lazy("Tỷ lệ đúng hạn"), on_time),
        (
            gettext_lazy("Có số liệu"),
            gettext_lazy("Trên số đã báo cáo: báo cáo có ít nhất một số khác 0 hoặc một ý viết."),
        ),
        (
            gettext_lazy("Hợp lệ"),
            gettext_lazy(
                "Trên số đã báo cáo: báo cáo đúng mọi quy tắc kiểm tra của biểu mẫu, kể cả quy tắc chỉ hỏi lại."
            ),
        ),
        (gettext_lazy("Được miễn"), gettext_lazy("Không còn phải báo cáo; không nằm trong số phải báo cáo.")),
    )


DEFINITIONS = _defined(
    gettext_lazy("Đơn vị có nghĩa vụ báo cáo; đơn vị được miễn hoặc đã kết thúc trước khi báo cáo không tính."),
    gettext_lazy("Đúng hạn trên phải báo cáo, kể cả đơn vị chưa báo cáo mà còn hạn."),
)
"""Of one campaign, which shows how it gets on."""

DEFINITIONS_OF_DUE = _defined(
    gettext_lazy(
        "Báo cáo đã đến hạn. Không tính báo cáo chưa đến hạn, dù đã gửi, và đơn vị được miễn hoặc kết thúc trước khi báo cáo."
    ),
    gettext_lazy("Đúng hạn trên phải báo cáo."),
)
"""Of what compares rounds, months or years."""

HEADS = tuple(head for head, _how in DEFINITIONS)


def coverage(tally: Tally) -> str:
    """What stands behind the rates, in words."""
    words = {
        "received": formats.number(tally.received),
        "expected": formats.number(tally.expected),
        "excused": formats.number(tally.excused),
        "rate": rate_words(tally.rate),
        "missing": formats.number(tally.missing),
    }
    if tally.is_not_due:
        said = ""
    elif not tally.expected:
        said = _("Chưa có đơn vị nào phải báo cáo nên không tính tỷ lệ.")
    elif not tally.missing:
        said = _("Đã có đủ %(expected)s báo cáo phải có.") % words
    else:
        said = _("Đã có %(received)s trên %(expected)s báo cáo phải có (%(rate)s), còn thiếu %(missing)s.") % words
    excused = _("%(excused)s báo cáo được miễn không tính vào mẫu số.") % words if tally.excused else ""
    return " ".join(filter(None, (said, not_due(tally), excused)))


def not_due(tally: Tally) -> str:
    """How many returns are left out since their time has not passed; nothing where none is."""
    said = ngettext(
        "%(count)s báo cáo chưa đến hạn nên chưa tính.", "%(count)s báo cáo chưa đến hạn nên chưa tính.", tally.not_due
    )
    return said % {"count": formats.number(tally.not_due)} if tally.not_due else ""


def rate_words(rate: Decimal | None, tally: Tally = NOTHING) -> str:
    """As a table shows it; of nothing there is none, and of a `tally` that is not due not yet."""
    if rate is None:
        return _("chưa đến hạn") if tally.is_not_due else _("không tính")
    return f"{formats.number(rate)}{formats.NBSP}%"


@dataclass(frozen=True)
class Line:
    """One row of the table: what stands in each column, and where to look at it."""

    name: str
    href: str
    cells: Sequence[tuple[str, str]]
    headline: str  # of these, the one that says most


def line(name: str, tally: Tally, href: str = "", lists: Sequence[str] = ("",) * 6) -> Line:
    """`lists`: the addresses of the units expected, received, on time, empty, invalid and excused."""
    expected, received, on_time, empty, invalid, excused = lists
    return Line(
        name,
        href,
        [
            _count(tally.expected, expected),
            _count(tally.received, received),
            (rate_words(tally.rate, tally), ""),
            _count(tally.on_time, on_time),
            (rate_words(tally.rate_on_time, tally), ""),
            (rate_words(tally.rate_filled, tally), empty if tally.filled < tally.received else ""),
            (rate_words(tally.rate_valid, tally), invalid if tally.valid < tally.received else ""),
            _count(tally.excused, excused),
        ],
        rate_words(tally.rate, tally),
    )


def _count(count: int, href: str) -> tuple[str, str]:
    return formats.number(count), href if count else ""


def lists(page: str, filters: Filters, branch: int | None) -> list[str]:
    """The lists of units behind a row of a standing, in the order that `line` takes them."""
    states = ("tat-ca", "da-bao-cao", "dung-han", "khong-so-lieu", "trai-quy-tac", "duoc-mien")
    return ["", *(list_address(page, filters, state, branch) for state in states[1:])]


def sheets(
    rows: Sequence[BranchRates],
    whole: Tally,
    *,
    first: str,
    head: Sequence[str],
    now: datetime,
    definitions: Definitions = DEFINITIONS,
) -> tuple[SheetTable, SheetTable]:
    """The table to take away, and how its columns are worked out; `first` heads the names, `head` stands above."""
    columns = (Column(first, "text"), *(Column(str(word), "number") for word in HEADS))
    body = tuple(Row((row.name, *_numbers(row.tally))) for row in rows)
    above = (*head, coverage(whole), _("Số liệu lúc %(moment)s") % {"moment": formats.moment(now)})
    explained = (Row((str(head), str(how))) for head, how in definitions)
    how = Table((Column(_("Cột"), "text"), Column(_("Cách tính"), "text")), tuple(explained), missing="")
    table = Table(columns, body, total=Row((_("Tổng cộng"), *_numbers(whole))), missing="")
    return SheetTable(_("Tỷ lệ"), table, above, landscape=True), SheetTable(_("Cách tính"), how)


def _numbers(tally: Tally) -> tuple[Cell, ...]:
    """Rates in per cent; an empty cell where there is none, words where there is none yet."""
    rates = (tally.rate, tally.rate_on_time, tally.rate_filled, tally.rate_valid)
    rate, on_time, filled, valid = (number_of(one, tally) for one in rates)
    return tally.expected, tally.received, rate, tally.on_time, on_time, filled, valid, tally.excused


def number_of(rate: Decimal | None, tally: Tally) -> Cell:
    """A rate of the tally as a file holds it."""
    return _("chưa đến hạn") if tally.is_not_due else rate
