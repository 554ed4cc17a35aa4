"""Who may do what with an assignment: its own unit's officers and heads act, those above in the cascade look."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from lachan.campaigns.models import Assignment, Campaign
from lachan.foundation.http import Request
from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, reach_of, signed_in, today
from lachan.orgs.models import Grant, Person, Role, Unit
from lachan.reporting.access import STAFF, Branch, sees

ACTING = (Role.OFFICER, Role.HEAD)


@dataclass(frozen=True)
class Desk:
    """An assignment, and the roles by which the person looking at it acts for its unit; none: they look from above."""

    assignment: Assignment
    roles: frozenset[Role]

    @property
    def is_own(self) -> bool:
        return bool(self.roles)


def own_roles(person: Person, unit: Unit) -> frozenset[Role]:
    """The roles in which `person` acts for `unit`: granted on that very unit. A role from above lets them look only."""
    grants = Grant.objects.in_force().filter(person=person, unit=unit, role__in=ACTING)
    return frozenset(Role(role) for role in grants.values_list("role", flat=True))


View = Callable[..., HttpResponseBase]


def on_assignment(*, to_act: bool = False) -> Callable[[View], View]:
    """The view is about one assignment and gets its `Desk`. For the people of its unit and those above in the cascade.

    `to_act`: only for officers and heads of that very unit. Somebody with no part in it finds no page (404).
    """

    def guard(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = get_object_or_404(_with_everything(), pk=kwargs.pop("assignment"))
            desk = Desk(found, own_roles(request.user, found.unit))
            branch = Branch(found.campaign, found, found.unit)
            if not desk.is_own and not sees(request.user, branch, today(request)):
                raise Http404
            if to_act and not desk.is_own:
                raise PermissionDenied
            return view(request, desk, **kwargs)

        guarded.access = "officer, head of the unit" if to_act else "staff of the unit or above"  # type: ignore[attr-defined]  # read by the test of all routes
        return guarded

    return guard


def _with_everything() -> QuerySet[Assignment]:
    return Assignment.objects.select_related(
        "campaign__letter", "campaign__owner", "dispatch__letter", "dispatch__unit", "unit", "opened_by", "received_by"
    ).select_related("obligation__counted")


def readable(request: StaffRequest, letters: Collection[int]) -> set[int]:
    """Those of the letters whose own pages this person may open."""
    found = Letter.objects.readable_in(reach_of(request.user, today(request))).filter(pk__in=letters)
    return set(found.values_list("pk", flat=True))


def owner(request: Request, campaign: int, **_of_the_page: object) -> Unit:
    """The unit that runs the campaign."""
    return get_object_or_404(Campaign.objects.select_related("owner"), pk=campaign).owner


def is_staff(request: HttpRequest) -> bool:
    """Somebody who coordinates, works or signs for some unit: for the menu."""
    if not request.user.is_authenticated:
        return False
    return Grant.objects.in_force().filter(person=request.user, role__in=STAFF).exists()
