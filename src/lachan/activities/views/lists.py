"""What a unit did, with what it adds up to; and one activity."""

from collections.abc import Collection

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from lachan.activities.access import RECORDERS, may_change, records_for, watchers
from lachan.activities.filters import FilterForm, shown
from lachan.activities.models import Activity
from lachan.activities.shown import lines, totals_shown, trail
from lachan.activities.totals import tallies
from lachan.activities.words import for_whom, how_much, kind_of_decree, word
from lachan.campaigns.models import Campaign
from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest, holds, today, units_of
from lachan.orgs.models import Unit, UnitVersion

ON_A_PAGE = 30


@require_GET
@holds(*RECORDERS)
def home(request: StaffRequest) -> HttpResponse:
    """To the list of the person's unit; with several units, a choice of them."""
    units = units_of(request.user, *RECORDERS)
    if len(units) == 1:
        return redirect("activities:listed", units[0].pk)
    versions = UnitVersion.objects.on(today(request)).filter(unit__in=units).select_related("kind").in_order()
    return render(request, "activities/units.html", {"versions": versions})


def _seen_by(request: StaffRequest, unit: int) -> Collection[Unit]:
    """The unit, and for one campaign those through which it came to the unit."""
    found = get_object_or_404(Unit, pk=unit)
    asked = key_in(request.GET.get("chien-dich", ""))
    campaign = Campaign.objects.filter(pk=asked).first() if asked else None
    return watchers(found, campaign)


@require_GET
@holds(*RECORDERS, on=_seen_by)
def listed(request: StaffRequest, unit: int) -> HttpResponse:
    """A unit's activities, newest first, with the totals of what is shown."""
    of = get_object_or_404(Unit, pk=unit)
    form = FilterForm(request.GET)
    asked = shown(request.GET, form)
    found = asked.of(Activity.objects.filter(unit=of))
    totals = totals_shown(tallies(found))
    pages = Paginator(found.newest_first().prefetch_related("photos"), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "unit": of,
        "version": of.version_on(today(request)),
        "campaign": Campaign.objects.filter(pk=asked.campaign).first() if asked.campaign else None,
        "form": form,
        "asked": asked,
        "page": page,
        "lines": lines(page, {}),
        "totals": totals,
        "records": records_for(request.user, of),
    }
    return render(request, "activities/listed.html", context)


def _watchers(request: StaffRequest, activity: int) -> Collection[Unit]:
    found = get_object_or_404(Activity.objects.select_related("unit", "campaign"), pk=activity)
    return watchers(found.unit, found.campaign)


@require_GET
@holds(*RECORDERS, on=_watchers)
def activity(request: StaffRequest, activity: int) -> HttpResponse:
    """What was done, its photos, and what became of the record."""
    found = get_object_or_404(Activity.objects.select_related("unit", "campaign", "recorded_by"), pk=activity)
    context = {
        "activity": found,
        "version": found.unit.version_on(found.done_on),
        "channel": word(found.by_channel),
        "decree": kind_of_decree(found.by_channel),
        "how_much": how_much(found),
        "for_whom": for_whom(found),
        "photos": found.photos.all(),
        "events": trail(found),
        "may_change": may_change(request.user, found) and not found.withdrawn_at,
        "records": records_for(request.user, found.unit),
    }
    return render(request, "activities/activity.html", context)
