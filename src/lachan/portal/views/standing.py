"""Where a campaign stands: as bars by branch, on a map, over days, as a table, and unit by unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from lachan.campaigns.models import Assignment, AssignmentQuerySet, Campaign
from lachan.orgs.access import StaffRequest, today
from lachan.orgs.models import Kind, Level, UnitVersion
from lachan.portal import rates_shown, standing_map, standing_pictures, standing_sheet
from lachan.portal import standing_filters as narrowing
from lachan.portal import standing_shown as shown
from lachan.portal.due import Due
from lachan.portal.taken_away import as_file
from lachan.portal.work import report_state
from lachan.reporting import standing as reading
from lachan.reporting.access import Branch, on_branch, sees
from lachan.reporting.days import by_day
from lachan.reporting.rates import rates_by_branch, together

BRANCHES_ON_A_PAGE = 200
ON_A_PAGE = 40
OTHERS = 6  # campaigns to go to from this one
AT_MOST = 5000  # on one page, to be printed
BARS, MAP, DAYS, TABLE, RATES = "cot", "ban-do", "thoi-gian", "bang", "ty-le"
VIEWS = {
    BARS: _("Theo nhánh"),
    MAP: _("Bản đồ"),
    DAYS: _("Theo ngày"),
    TABLE: _("Bảng số"),
    RATES: _("Tỷ lệ"),
    shown.LIST: _("Danh sách đơn vị"),
}


@dataclass(frozen=True)
class Asked:
    """One request for a standing: of which branch, narrowed to what."""

    request: StaffRequest
    branch: Branch

    @cached_property
    def inside(self) -> AssignmentQuerySet:
        return reading.under(self.branch.campaign, self.branch.top)

    @cached_property
    def tops(self) -> AssignmentQuerySet:
        """The heads of the branches below."""
        return Assignment.objects.filter(campaign=self.branch.campaign, parent=self.branch.top)

    @cached_property
    def filters(self) -> narrowing.Filters:
        return narrowing.filters_in(self.request.GET, self.inside)

    @cached_property
    def narrowed(self) -> AssignmentQuerySet:
        return self.inside.filter(self.filters.narrowing(self.request.now))

    @cached_property
    def page(self) -> str:
        """The address of this standing without its filters."""
        top = [self.branch.top.pk] if self.branch.top else []
        return reverse("portal:standing", args=[self.branch.campaign.pk, *top])

    @property
    def view(self) -> str:
        """The view asked for; a filter alone asks for the list."""
        asked = self.request.GET.get("xem", "")
        narrowed = "thieu" in self.request.GET or self.filters.are_set
        return asked if asked in VIEWS else shown.LIST if narrowed else BARS

    @cached_property
    def rows(self) -> list[reading.Standing]:
        now, among = self.request.now, self.filters.narrowing(self.request.now)
        return reading.standing_by_branch(self.branch.campaign, now=now, top=self.branch.top, among=among)

    @cached_property
    def total(self) -> reading.Standing:
        now, among = self.request.now, self.filters.narrowing(self.request.now)
        return reading.standing(self.branch.campaign, now=now, top=self.branch.top, among=among)

    @property
    def deeper(self) -> dict[int, str]:
        """The branches' own pages, by assignment; none where nobody stands below the head."""
        campaign, kept = self.branch.campaign.pk, self.filters.query(xem=self.view, nhanh="")
        rows = (row for row in self.rows if row.assignment and row.assigned > 1)
        return {row.assignment: reverse("portal:standing", args=[campaign, row.assignment]) + kept for row in rows}  # type: ignore[misc]


@require_GET
@on_branch()
def standing(request: StaffRequest, branch: Branch) -> HttpResponse:
    """One view of it, with the filters and the ways to the other views."""
    asked = Asked(request, branch)
    context = _common(asked) | _CONTENT[asked.view](asked)
    return render(request, f"portal/standing_{_TEMPLATES[asked.view]}.html", context)


def _bars(asked: Asked) -> dict[str, Any]:
    order = asked.request.GET.get("thu-tu", standing_pictures.WORST)
    ordered = standing_pictures.in_order(asked.rows, order)
    page = Paginator(ordered, BRANCHES_ON_A_PAGE).get_page(asked.request.GET.get("page"))
    chart = standing_pictures.bars(page, asked.rows, asked.total, at=(asked.page, asked.filters, asked.deeper))
    orders = [
        {"word": word, "href": asked.filters.query(xem=BARS, **{"thu-tu": key}), "current": key == order}
        for key, word in standing_pictures.ORDERS.items()
    ]
    return {"chart": chart, "page": page, "orders": orders, "is_empty": not asked.rows}


def _map(asked: Asked) -> dict[str, Any]:
    day = localdate(asked.branch.campaign.started_at or asked.request.now)
    in_provinces = asked.tops.filter(unit_kind__in=Kind.objects.filter(level=Level.PROVINCE).values("code"))
    codes = dict(in_provinces.values_list("pk", "unit__code"))
    if len(codes) > 1:
        rows = [row for row in asked.rows if row.assignment in codes]
        return {"map": standing_map.by_province(rows, codes, asked.deeper), "beside": [], "is_empty": not rows}
    tops = asked.narrowed.filter(parent=asked.branch.top)
    found = standing_map.mapped(asked.narrowed, tops, day=day, now=asked.request.now)
    beside = [(one, asked.page + asked.filters.query(xem=shown.LIST, loai=one.kind)) for one in found.beside]
    return {"map": found, "beside": beside, "is_empty": not asked.total.assigned}


def _days(asked: Asked) -> dict[str, Any]:
    campaign, top = asked.branch.campaign, asked.branch.top
    began = campaign.started_at or campaign.created_at
    due = top.obligation.due_at if top and hasattr(top, "obligation") else campaign.report_due
    chart = standing_pictures.days(by_day(asked.narrowed), asked.total, began=began, due=due, now=asked.request.now)
    return {"chart": chart, "by_day": standing_pictures.day_table(chart), "is_empty": not asked.total.assigned}


def _table(asked: Asked) -> dict[str, Any]:
    deeper = asked.deeper
    page = Paginator(asked.rows, ON_A_PAGE).get_page(asked.request.GET.get("page"))
    return {
        "page": page,
        "rows": [
            shown.row(one, page=asked.page, filters=asked.filters, href=deeper.get(one.assignment or 0, ""))
            for one in page
        ],
        "sum": shown.row(asked.total, page=asked.page, filters=asked.filters),
        "is_empty": not asked.rows,
    }


def _rates(asked: Asked) -> dict[str, Any]:
    rows = rates_by_branch(asked.branch.campaign, asked.branch.top, asked.filters.narrowing(asked.request.now))
    whole, page = together(rows), Paginator(rows, ON_A_PAGE).get_page(asked.request.GET.get("page"))
    addresses = {one.assignment: rates_shown.lists(asked.page, asked.filters, one.assignment) for one in page}
    return {
        "page": page,
        "lines": [rates_shown.line(one.name, one.tally, lists=addresses[one.assignment]) for one in page],
        "sum": rates_shown.line("", whole, lists=rates_shown.lists(asked.page, asked.filters, None)),
        "coverage": rates_shown.coverage(whole),
        "definitions": rates_shown.DEFINITIONS,
        "files": _files(asked, "portal:rates_file"),
        "is_empty": not rows,
    }


def _files(asked: Asked, route: str) -> list[dict[str, str]]:
    """The same to take away, as a table of Excel and as text."""
    place = asked.branch.campaign.pk, asked.branch.key
    return [
        {"kind": kind.upper(), "href": reverse(route, args=[*place, kind]) + asked.filters.query()}
        for kind in ("xlsx", "csv")
    ]


def _units(asked: Asked) -> dict[str, Any]:
    size = AT_MOST if "in" in asked.request.GET else ON_A_PAGE
    found = asked.narrowed.select_related("parent", "obligation").order_by("unit_sort_key", "pk")
    page = Paginator(found, size).get_page(asked.request.GET.get("page"))
    units, files = [_unit(one, asked.request) for one in page], _files(asked, "portal:standing_file")
    return {"page": page, "units": units, "files": files, "is_empty": False}


def _unit(one: Assignment, request: StaffRequest) -> dict[str, Any]:
    obligation = getattr(one, "obligation", None)
    due = Due(obligation.due_at if obligation else None, request.now)
    state, word = report_state(obligation, due) if obligation else ("", "")
    return {"given": one, "due": due, "state": state, "word": word}


def _common(asked: Asked) -> dict[str, Any]:
    """What all views say: the campaign, the branch, the way up as far as this person may go, the filters, the other views."""
    branch, request, filters = asked.branch, asked.request, asked.filters
    above = []
    if branch.top:
        keys = [int(key) for key in branch.top.path.split(".")[:-2]]
        above = list(Assignment.objects.filter(campaign=branch.campaign, unit__in=keys).order_by("path"))
    owners = Branch(branch.campaign, None, branch.campaign.owner)
    kinds = narrowing.kind_choices(filters, asked.inside)
    return {
        "campaign": branch.campaign,
        "top": branch.top,
        "here": asked.page,
        "above": above,
        "sees_all": sees(request.user, owners, localdate(request.now)),
        "view": asked.view,
        "views": [
            {"word": word, "href": asked.page + filters.query(xem=key), "current": key == asked.view}
            for key, word in VIEWS.items()
        ],
        "filters": filters,
        "said": narrowing.in_words(filters, kinds),
        "unfiltered": f"{asked.page}?xem={asked.view}",
        "states": narrowing.state_choices(filters),
        "kinds": kinds,
        "branches": narrowing.branch_choices(filters, asked.tops),
        "others": _others(asked) if not branch.top else [],
    }


def _others(asked: Asked) -> list[tuple[Campaign, str]]:
    """The owner's other campaigns, in the same view under the same filters; a branch is another one there."""
    kept = replace(asked.filters, branch=None).query(xem=asked.view)
    campaign = asked.branch.campaign
    found = Campaign.objects.filter(owner=campaign.owner_id, started_at__isnull=False).exclude(pk=campaign.pk)
    return [(one, reverse("portal:standing", args=[one.pk]) + kept) for one in found[:OTHERS]]


@require_GET
@on_branch()
def standing_file(request: StaffRequest, branch: Branch, kind: str) -> HttpResponse:
    """The units of a list to take away, under the same filters."""
    asked = Asked(request, branch)
    sheet = standing_sheet.sheet(asked.narrowed, title=branch.campaign.name, said=_said(asked), now=request.now)
    return as_file((sheet,), f"tinh-hinh-{_named(asked)}", kind)


@require_GET
@on_branch()
def rates_file(request: StaffRequest, branch: Branch, kind: str) -> HttpResponse:
    """The rates of every branch to take away, with how they are worked out, under the same filters."""
    asked = Asked(request, branch)
    rows = rates_by_branch(branch.campaign, branch.top, asked.filters.narrowing(request.now))
    head = [branch.campaign.name, *_said(asked)]
    sheets = rates_shown.sheets(rows, together(rows), first=gettext("Nhánh"), head=head, now=request.now)
    return as_file(sheets, f"ty-le-{_named(asked)}", kind)


def _said(asked: Asked) -> list[str]:
    return narrowing.in_words(asked.filters, narrowing.kind_choices(asked.filters, asked.inside))


def _named(asked: Asked) -> str:
    unit: UnitVersion = asked.branch.unit.version_on(today(asked.request))
    return unit.name


_CONTENT: dict[str, Callable[[Asked], dict[str, Any]]] = {
    BARS: _bars,
    MAP: _map,
    DAYS: _days,
    TABLE: _table,
    RATES: _rates,
    shown.LIST: _units,
}
_TEMPLATES = {BARS: "bars", MAP: "map", DAYS: "days", TABLE: "table", RATES: "rates", shown.LIST: "units"}
