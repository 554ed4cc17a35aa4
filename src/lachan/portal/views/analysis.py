"""How reporting and reach developed, over all campaigns that the person's units and those below them lead."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lachan.engine import analysis as asking
from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest, holds, reach_of, today
from lachan.orgs.models import Role
from lachan.portal import analysis_shown as shown
from lachan.portal.inbox import names_of
from lachan.portal.rates_shown import DEFINITIONS
from lachan.portal.views.years import FIRST_YEAR, LAST_YEAR
from lachan.reporting.analysing import answers, as_of

STAFF = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
ON_A_PAGE = 40


@require_GET
@holds(*STAFF)
def analysis(request: StaffRequest) -> HttpResponse:
    """A year with its branches, habits and channels, beside the other years."""
    day = today(request)
    owners = list(reach_of(request.user, day, *STAFF).values_list("unit_id", flat=True))
    year = key_in(request.GET.get("nam", "")) or day.year
    year = year if FIRST_YEAR <= year <= LAST_YEAR else day.year
    taken_at = as_of(request.now)
    years, months, days, late, channels = answers(
        owners,
        asking.by_year(),
        asking.by_branch_and_month(year),
        asking.by_days(year),
        asking.by_late_unit(year, day),
        asking.by_channel(year),
    )
    by_year = shown.tallies(years, "year")
    by_branch = shown.tallies(months, "branch", "month")
    latest = shown.most_often_late(late)[:ON_A_PAGE]
    names = names_of({branch for branch, _month in by_branch} | {row["unit"] for row in latest}, day)
    branches = shown.branches(by_branch, names)
    reach = shown.reach(channels)
    context = {
        "year": year,
        "years": sorted(by_year.keys() | {year}),
        "taken_at": taken_at,
        "year_chart": shown.years(by_year),
        "year_lines": shown.year_lines(by_year),
        "definitions": DEFINITIONS,
        "branches": branches,
        "branch_page": Paginator(branches.rows if branches else [], ON_A_PAGE).get_page(request.GET.get("page")),
        "habits": shown.habits(days),
        "late_units": shown.late_units(latest, names),
        "late_count": len(late),
        "channel_chart": shown.channels(reach),
        "reach": reach,
    }
    return render(request, "portal/analysis.html", context)
