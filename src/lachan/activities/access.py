"""Who records activities, who may change one, and who sees them with their photos.

A unit's own people record: those with a role on that very unit. Photos show faces, which are personal data: they are seen by staff
of the unit, of the units above it, and of those from which the campaign came down to it.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from lachan.activities.models import Activity
from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.access import StaffRequest, holds, signed_in, units_of
from lachan.orgs.models import Grant, Person, Role, Unit

KEEPERS = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
RECORDERS = (*KEEPERS, Role.COLLABORATOR)
View = Callable[..., HttpResponseBase]


def records(request: HttpRequest) -> bool:
    """Whether the person records for some unit: for the menu."""
    return request.user.is_authenticated and bool(units_of(request.user, *RECORDERS))


def records_for(person: Person, unit: Unit) -> bool:
    """Whether `person` has a role on that very unit in which one records."""
    return Grant.objects.in_force().filter(person=person, unit=unit, role__in=RECORDERS).exists()


def may_change(person: Person, activity: Activity) -> bool:
    """The unit's officers all of its activities, a collaborator their own."""
    roles = set(Grant.objects.in_force().filter(person=person, unit=activity.unit_id).values_list("role", flat=True))
    own = activity.recorded_by_id == person.pk and Role.COLLABORATOR in roles
    return bool(roles & set(KEEPERS)) or own


def to_record(view: View) -> View:
    """The view is about a unit (`unit` in the address), and for its own people; those above may look, not write."""

    @holds(*RECORDERS, on="unit")
    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        unit = kwargs.pop("unit")
        if not records_for(request.user, unit):
            raise PermissionDenied
        return view(request, unit, **kwargs)

    guarded.access = "people of the unit"  # type: ignore[attr-defined]  # read by the test of all routes
    return guarded


def to_change(view: View) -> View:
    """The view changes one activity (`activity` in the address): for the unit's officers, and for who recorded it."""

    @signed_in
    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = get_object_or_404(Activity.objects.select_related("unit", "campaign"), pk=kwargs.pop("activity"))
        if not records_for(request.user, found.unit):
            raise Http404
        if not may_change(request.user, found):
            raise PermissionDenied
        return view(request, found, **kwargs)

    guarded.access = "officer, head of the unit, or who recorded it"  # type: ignore[attr-defined]  # read by the test of all routes
    return guarded


def watchers(unit: Unit, campaign: Campaign | None) -> Collection[Unit]:
    """The units whose staff see what `unit` did: itself, and those through which the campaign came to it."""
    if campaign is None:
        return [unit]
    given = Assignment.objects.select_related("campaign").filter(campaign=campaign, unit=unit).first()
    keys = {campaign.owner_id, *(given.superior_keys if given else ())}
    return [unit, *Unit.objects.filter(pk__in=keys - {unit.pk})]
