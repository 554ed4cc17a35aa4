"""The campaigns of a year: when each ran, and how far each branch got in each."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lachan.campaigns.models import Campaign
from lachan.orgs.access import StaffRequest, holds, reach_of, today
from lachan.orgs.models import Role
from lachan.portal import inbox as reading
from lachan.portal import year_shown as shown
from lachan.reporting.compared import by_branch
from lachan.reporting.rates import rates_by_campaign

MOST = 24  # campaigns in one year's picture
COLUMNS = 8  # campaigns side by side in the table
ON_A_PAGE = 20
FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_GET
@holds(Role.COORDINATOR, Role.OFFICER, Role.HEAD)
def year(request: StaffRequest, year: int) -> HttpResponse:
    """Campaigns run by the person's units and those below that ran in the year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    reach = reach_of(request.user, today(request), Role.COORDINATOR, Role.OFFICER, Role.HEAD)
    ended = Q(closed_at__date__lt=date(year, 1, 1))
    found = (
        Campaign.objects.filter(owner__in=reach.values("unit_id"), started_at__date__lte=date(year, 12, 31))
        .exclude(ended)
        .select_related("letter")
        .order_by("started_at", "pk")
    )
    inside = [one for one in found if shown.ran_in(one, year, today(request))][:MOST]
    columns = inside[-COLUMNS:]
    known = by_branch(columns, request.now)
    page = Paginator(list(known.names), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "chart": shown.chart(reading.running(inside, request.now), year=year, now=request.now) if inside else None,
        "rates": shown.rates(inside, rates_by_campaign(inside, request.now)),
        "how": shown.explained(),
        "columns": [one.name for one in columns],
        "rows": shown.rows(page, columns, known),
        "page": page,
        "left_out": len(inside) - len(columns),
    }
    return render(request, "portal/year.html", context)
