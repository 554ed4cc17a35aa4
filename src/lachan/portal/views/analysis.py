"""How reporting and reach developed, over all campaigns that the person's units and those below them lead."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest, holds, today
from lachan.portal import analysis_shown as shown
from lachan.portal.analysis_asked import STAFF, TODAYS, Asked, ask
from lachan.portal.analysis_sheets import sheets
from lachan.portal.rates_shown import DEFINITIONS_OF_DUE, NOTHING, not_due
from lachan.portal.taken_away import as_file
from lachan.portal.views.years import FIRST_YEAR, LAST_YEAR
from lachan.reporting.lists import Tab

ON_A_PAGE = 40


@require_GET
@holds(*STAFF)
def analysis(request: StaffRequest) -> HttpResponse:
    """A year with its branches, habits and channels, beside the other years."""
    asked = ask(request, _year(request))
    late = asked.late[:ON_A_PAGE]
    names = asked.names({branch for branch, _month in asked.branches} | {row["unit"] for row in late})
    branches = shown.branches(asked.branches, names)
    reach = shown.reach(asked.channels)
    context = {
        "year": asked.year,
        "years": [(year, _address(asked, year)) for year in sorted(asked.years.keys() | {asked.year})],
        "tabs": _tabs(asked),
        "todays": asked.todays,
        "taken_at": asked.taken_at,
        "year_chart": shown.years(asked.years),
        "year_lines": shown.year_lines(asked.years),
        "definitions": DEFINITIONS_OF_DUE,
        "not_due": not_due(asked.years.get(asked.year, NOTHING)),
        "branches": branches,
        "branch_page": Paginator(branches.rows if branches else [], ON_A_PAGE).get_page(request.GET.get("page")),
        "habits": shown.habits(asked.days),
        "late_units": shown.late_units(late, names),
        "late_count": len(asked.late),
        "channel_chart": shown.channels(reach),
        "reach": reach,
        "workbook": f"{reverse('portal:analysis_file', args=['xlsx'])}{_address(asked)}",
        "csv": f"{reverse('portal:analysis_file', args=['csv'])}{_address(asked)}&bang=",
    }
    return render(request, "portal/analysis.html", context)


@require_GET
@holds(*STAFF)
def analysis_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The tables to take away: all in one workbook, or one as text, `bang` saying which."""
    asked = ask(request, _year(request))
    known = sheets(asked)
    if kind == "csv":
        wanted = request.GET.get("bang", "nam")
        if wanted not in known:
            raise Http404
        return as_file([known[wanted]], f"phan-tich-{asked.year}-{wanted}", kind)
    return as_file(list(known.values()), f"phan-tich-{asked.year}", kind)


def _year(request: StaffRequest) -> int:
    """The one asked for, or this one."""
    year, this = key_in(request.GET.get("nam", "")), today(request).year
    return year if year and FIRST_YEAR <= year <= LAST_YEAR else this


def _tabs(asked: Asked) -> list[Tab]:
    """The two ways to name units, where they differ."""
    if not asked.have_changed:
        return []
    return [
        Tab(word, _address(asked, todays=todays), 0, todays == asked.todays)
        for word, todays in ((_("Theo đơn vị lúc báo cáo"), False), (_("Theo đơn vị hiện nay"), True))
    ]


def _address(asked: Asked, year: int | None = None, *, todays: bool | None = None) -> str:
    """What was asked, for an address; another year or other units where they are given."""
    of_today = asked.todays if todays is None else todays
    return "?" + urlencode({"nam": year or asked.year} | ({"don-vi": TODAYS} if of_today else {}))
