"""Where a campaign stands, as pages show it: the bar, and the lists of units behind each number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lachan.campaigns.models import Assignment, AssignmentQuerySet
from lachan.foundation import formats
from lachan.foundation.design import Part
from lachan.orgs.models import UnitVersion
from lachan.reporting.standing import Missing, Standing


def parts(row: Standing) -> list[Part]:
    """The bar of returns: reported, still in time, late."""
    return [
        Part(_("Đã gửi báo cáo"), row.reported, "good"),
        Part(_("Chưa báo cáo, còn hạn"), row.not_reported - row.overdue, "neutral"),
        Part(_("Quá hạn"), row.overdue, "bad"),
    ]


@dataclass(frozen=True)
class Headline:
    """One number that matters, out of how many, and the list of those still missing."""

    count: int
    word: str | Promise
    note: str
    href: str


def headline(row: Standing, *, page: str) -> list[Headline]:
    """Four numbers for the top of a page; `page` is the address of the standing page."""
    known = [
        (row.assigned, row.assigned, _("Đơn vị được giao"), "tat-ca"),
        (row.assigned - row.not_received, row.assigned, _("Đã xác nhận"), "nhan"),
        (row.must_pass_on - row.not_passed_on, row.must_pass_on, _("Đã triển khai tiếp"), "trien-khai"),
        (row.reported, row.owed, _("Đã gửi báo cáo"), "bao-cao"),
    ]
    return [
        Headline(count, word, _left(key, whole - count, whole), f"{page}?thieu={key}")
        for count, whole, word, key in known
    ]


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
class Filter:
    """One list of units: `key` as it stands in the address, `count` the number of `Standing` it opens."""

    key: str
    word: str | Promise
    count: str


FILTERS = [
    Filter("tat-ca", _("Tất cả"), "assigned"),
    Filter("mo", _("Chưa mở"), "not_opened"),
    Filter("nhan", _("Chưa xác nhận"), "not_received"),
    Filter("trien-khai", _("Chưa triển khai tiếp"), "not_passed_on"),
    Filter("bao-cao", _("Chưa báo cáo"), "not_reported"),
    Filter("qua-han", _("Quá hạn"), "overdue"),
]
CONDITIONS = {
    "tat-ca": Q(),
    "mo": Missing.OPENED,
    "nhan": Missing.RECEIVED,
    "trien-khai": Missing.PASSED_ON,
    "bao-cao": Missing.REPORTED,
}


def units_missing(inside: AssignmentQuerySet, key: str, *, now: datetime, searched: str = "") -> AssignmentQuerySet:
    """The assignments behind one number, in Vietnamese order; those whose unit's name matches what is searched for."""
    overdue = Missing.REPORTED & Q(obligation__due_at__lt=now)
    found = inside.filter(overdue if key == "qua-han" else CONDITIONS.get(key, Q()))
    if searched.strip():
        found = found.filter(unit__in=UnitVersion.objects.search(searched).values("unit_id"))
    return found.select_related("parent", "obligation").order_by("unit_sort_key", "pk")


@dataclass(frozen=True)
class Row:
    """One branch in the table: its counts, each with the address of the list behind it."""

    standing: Standing
    href: str  # the branch's own page; "" where nobody stands below its top
    cells: list[tuple[int, str]]  # in the order of FILTERS; no address for a zero


def row(standing: Standing, *, page: str, branch: int | None, href: str = "") -> Row:
    """`page`: the address of the standing page the table is on; `branch`: the assignment the row is about."""
    inside = f"&nhanh={branch}" if branch else ""
    cells = []
    for one in FILTERS:
        count: int = getattr(standing, one.count)
        cells.append((count, f"{page}?thieu={one.key}{inside}" if count else ""))
    return Row(standing, href, cells)


def inside_branch(inside: AssignmentQuerySet, branch: Assignment | None) -> AssignmentQuerySet:
    """The part of `inside` at or below `branch`."""
    return inside.branch(branch) if branch else inside


def tabs(key: str, *, branch: str, searched: str) -> list[dict[str, object]]:
    """The filters as links that keep the branch and the search."""
    kept = {name: value for name, value in (("nhanh", branch), ("q", searched)) if value}
    return [
        {"word": one.word, "href": f"?{urlencode({'thieu': one.key, **kept})}", "current": one.key == key}
        for one in FILTERS
    ]
