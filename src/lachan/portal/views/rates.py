"""How a periodic report fared in a year: round by round, and branch by branch over all of them."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from lachan.campaigns.models import Campaign, Regime
from lachan.engine import periods
from lachan.orgs.access import StaffRequest, holds
from lachan.portal import rates_shown as shown
from lachan.portal.taken_away import as_file
from lachan.portal.views.regimes import STAFF, regime_owner
from lachan.portal.views.years import FIRST_YEAR, LAST_YEAR
from lachan.reporting.rates import BranchRates, Year, rates_of_year

ON_A_PAGE = 40


@require_GET
@holds(*STAFF, on=regime_owner)
def regime_rates(request: StaffRequest, regime: int, year: int) -> HttpResponse:
    """Rates of every round whose period ended in the year, and of every branch over those rounds."""
    found, known = _known(request, regime, year)
    page = Paginator(known.branches, ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "regime": found,
        "year": year,
        "rounds": [
            shown.line(_label(found, one), tally, reverse("portal:standing", args=[one.pk]) + "?xem=ty-le")
            for one, tally in known.rounds
        ],
        "lines": [shown.line(one.name, one.tally) for one in page],
        "sum": shown.line("", known.whole),
        "coverage": shown.coverage(known.whole),
        "definitions": shown.DEFINITIONS_OF_DUE,
        "page": page,
        "files": [
            {"kind": kind.upper(), "href": reverse("portal:regime_rates_file", args=[regime, year, kind])}
            for kind in ("xlsx", "csv")
        ],
    }
    return render(request, "portal/regime_rates.html", context)


@require_GET
@holds(*STAFF, on=regime_owner)
def regime_rates_file(request: StaffRequest, regime: int, year: int, kind: str) -> HttpResponse:
    """The same to take away: a sheet of branches, one of rounds, and how the columns are worked out."""
    found, known = _known(request, regime, year)
    said: dict[str, Any] = {
        "head": [found.name, gettext("Năm %(year)s") % {"year": year}],
        "now": request.now,
        "definitions": shown.DEFINITIONS_OF_DUE,
    }
    rounds = [BranchRates(_label(found, one), tally) for one, tally in known.rounds]
    branches, how = shown.sheets(known.branches, known.whole, first=gettext("Nhánh"), **said)
    by_round, _how = shown.sheets(rounds, known.whole, first=gettext("Kỳ"), **said)
    return as_file((branches, replace(by_round, name=gettext("Theo kỳ")), how), f"ty-le-{found.name}-{year}", kind)


def _known(request: StaffRequest, regime: int, year: int) -> tuple[Regime, Year]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    found = get_object_or_404(Regime, pk=regime)
    return found, rates_of_year(found, year, request.now)


def _label(regime: Regime, one: Campaign) -> str:
    period = periods.parse(one.period, regime.last_day)
    return period.label(get_language() or "vi") if period else one.name
