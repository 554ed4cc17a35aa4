"""The wall of a campaign: what was done, with the photos and links that show it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from lachan.activities.access import KEEPERS
from lachan.activities.filters import FilterForm, shown
from lachan.activities.models import Activity, ActivityQuerySet, Photo
from lachan.activities.shown import lines, totals_shown
from lachan.activities.totals import tallies
from lachan.campaigns.models import Assignment, Campaign
from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest, holds
from lachan.orgs.models import Unit

ON_A_PAGE = 24
ON_A_SHEET = 60  # activities on a printed sheet


def _branch_of(request: StaffRequest, campaign: int, assignment: int = 0) -> Collection[Unit]:
    """The unit whose branch it is, and those above it in the cascade."""
    found, top = _branch(campaign, assignment)
    if top is None:
        return [found.owner]
    return [top.unit, *Unit.objects.filter(pk__in=top.superior_keys)]


def _branch(campaign: int, assignment: int) -> tuple[Campaign, Assignment | None]:
    found = get_object_or_404(Campaign.objects.select_related("owner"), pk=campaign)
    if not assignment:
        return found, None
    top = get_object_or_404(Assignment.objects.select_related("unit"), pk=assignment, campaign=found)
    top.campaign = found
    return found, top


@require_GET
@holds(*KEEPERS, on=_branch_of)
def wall(request: StaffRequest, campaign: int, assignment: int = 0) -> HttpResponse:
    """Newest first; by unit, channel, day and audience. `?in=1` is the same as a sheet for the printer."""
    of, top = _branch(campaign, assignment)
    below = Assignment.objects.filter(campaign=of, parent=top)
    form = FilterForm(request.GET, [*below.values_list("pk", "unit_name")])
    asked = shown(request.GET, form)
    chosen = _chosen(request, form, of, top)
    everything = asked.of(Activity.objects.counted().in_branch(of, chosen))
    is_sheet = request.GET.get("in") == "1"
    page = Paginator(_evident(everything), ON_A_SHEET if is_sheet else ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "campaign": of,
        "top": top,
        "chosen": chosen,
        "form": form,
        "asked": asked,
        "page": page,
        "lines": lines(page, _names(of, page)),
        "sheet": _as_sheet(request.GET),
        "totals": totals_shown(tallies(everything)),
        "is_sheet": is_sheet,
        "now": request.now,
    }
    return render(request, "activities/wall.html", context)


def _chosen(request: StaffRequest, form: FilterForm, of: Campaign, top: Assignment | None) -> Assignment | None:
    """The branch that the filter asks for, inside the one the page is about."""
    key = key_in(form.cleaned_data.get("nhanh") or "")
    return Assignment.objects.filter(campaign=of, parent=top, pk=key).first() or top if key else top


def _evident(everything: ActivityQuerySet) -> ActivityQuerySet:
    has_photo = Exists(Photo.objects.filter(activity=OuterRef("pk")))
    evident = everything.filter(Q(has_photo) | ~Q(link=""))
    return evident.newest_first().prefetch_related("photos")


def _names(of: Campaign, activities: Iterable[Activity]) -> dict[int, str]:
    units = {activity.unit_id for activity in activities}
    given = Assignment.objects.filter(campaign=of, unit__in=units).values_list("unit_id", "unit_name")
    return {of.owner_id: of.owner.name_on(localdate(of.created_at))} | dict(given)


def _as_sheet(query: QueryDict) -> str:
    sheet = query.copy()
    sheet["in"] = "1"
    sheet.pop("page", None)
    return sheet.urlencode()
