"""Where a campaign stands, as pages show it: the bar, the head line, the table, and the address of the list behind each number."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lachan.foundation import formats
from lachan.foundation.design import Part
from lachan.portal.standing_filters import COLUMNS, Filters
from lachan.reporting.days import Moved
from lachan.reporting.standing import Standing

LIST = "danh-sach"


def parts(row: Standing) -> list[Part]:
    """The bar of returns: reported, still in time, late."""
    return [
        Part(_("Đã gửi báo cáo"), row.reported, "good"),
        Part(_("Chưa báo cáo, còn hạn"), row.waiting, "neutral"),
        Part(_("Quá hạn"), row.overdue, "bad"),
    ]


@dataclass(frozen=True)
class Headline:
    """One number that matters, out of how many, and the list of those still missing."""

    count: int
    word: str | Promise
    note: str
    href: str


def headline(row: Standing, moved: Moved, *, page: str) -> list[Headline]:
    """Four numbers for the top of a page, with how they moved since yesterday; `page`: the address of the standing page."""
    known = [
        (row.assigned, row.assigned, _("Đơn vị được giao"), "tat-ca", 0),
        (row.assigned - row.not_received, row.assigned, _("Đã xác nhận"), "nhan", moved.received),
        (
            row.must_pass_on - row.not_passed_on,
            row.must_pass_on,
            _("Đã triển khai tiếp"),
            "trien-khai",
            moved.passed_on,
        ),
        (row.reported, row.owed, _("Đã gửi báo cáo"), "bao-cao", moved.reported),
    ]
    return [
        Headline(count, word, _note(key, count, whole, more), f"{page}?xem={LIST}&thieu={key}")
        for count, whole, word, key, more in known
    ]


def _note(key: str, count: int, whole: int, more: int) -> str:
    left = _left(key, whole - count, whole)
    return f"{left}; {gettext('24 giờ qua thêm %(count)s') % {'count': formats.number(more)}}" if more else left


def _left(key: str, missing: int, whole: int) -> str:
    if key == "tat-ca":
        return ""
    if not whole:
        return gettext("không đơn vị nào phải làm")
    words = {"whole": formats.number(whole), "missing": formats.number(missing)}
    return (
        gettext("trên %(whole)s, còn thiếu %(missing)s") % words
        if missing
        else gettext("trên %(whole)s, đã đủ") % words
    )


@dataclass(frozen=True)
class Row:
    """One branch in the table: its counts, each with the address of the list behind it."""

    standing: Standing
    href: str  # the branch's own page; "" where nobody stands below its top
    cells: list[tuple[int, str]]  # in the order of COLUMNS; no address for a zero


def row(standing: Standing, *, page: str, filters: Filters, href: str = "") -> Row:
    """`page`: the address of the standing page the table is on; `filters`: what it is narrowed to."""
    cells = []
    for one in COLUMNS:
        count: int = getattr(standing, one.count)
        cells.append((count, list_address(page, filters, one.key, standing.assignment) if count else ""))
    return Row(standing, href, cells)


def list_address(page: str, filters: Filters, state: str, branch: int | None) -> str:
    """The list of the units in one state, of one branch or of all, under the same filters. A state already chosen stays."""
    more: dict[str, object] = {"xem": LIST}
    if state != "tat-ca":
        more["thieu"] = state
    if branch is not None:
        more["nhanh"] = branch
    return page + filters.query(**more)
