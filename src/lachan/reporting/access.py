"""Who may do what with a return, and who may see a campaign's figures.

A return belongs to its unit: those granted a role on that very unit, or on the one that took over from it, fill it in and
approve it. The level above is not the parent in the tree of units but in the cascade: the unit that handed the campaign down,
those above it, and the campaign's owner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404

from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.access import StaffRequest, roles_on, signed_in, today
from lachan.orgs.lineage import taken_over_by
from lachan.orgs.models import Grant, Person, Role, Unit
from lachan.reporting.models import ConsolidatedReport, Obligation, Question, Share

STAFF = frozenset({Role.COORDINATOR, Role.OFFICER, Role.HEAD})


class Side(StrEnum):
    """From where somebody looks at a return."""

    OFFICER = "officer of the unit"
    HEAD = "head of the unit"
    COLLEAGUE = "colleague given a part"
    ABOVE = "level above"


WHOLE = frozenset({Side.OFFICER, Side.HEAD, Side.ABOVE})
"""Those who see a return as a whole."""


@dataclass(frozen=True)
class Case:
    """A return, and what the person looking at it is to it."""

    obligation: Obligation
    sides: frozenset[Side]
    superior: Unit | None  # the unit above on whose behalf the person decides
    share: Share | None = None  # the part the person was given to fill in, and that is all they may see

    @property
    def is_own(self) -> bool:
        return bool(self.sides & {Side.OFFICER, Side.HEAD})

    def asked(self) -> list[Question]:
        """The questions this person may answer: for a colleague those given to them."""
        asked = self.obligation.asked()
        return list(asked.filter(pk__in=self.share.questions.values("pk")) if self.share else asked)


@dataclass(frozen=True)
class Branch:
    """A campaign, or what one unit has of it: the part whose figures are asked for."""

    campaign: Campaign
    top: Assignment | None
    unit: Unit
    acting: Unit | None = None  # the unit, this one or one above, for which the person looks at it

    @property
    def key(self) -> int:
        """Its key in the figures: the assignment, or 0 for the whole campaign."""
        return self.top.pk if self.top else 0


def case_of(person: Person, obligation: Obligation, day: date) -> Case:
    """What `person` is to this return on `day`."""
    own = {obligation.unit_id, *taken_over_by([obligation.unit], day).values()}
    roles = set(Grant.objects.in_force().filter(person=person, unit__in=own).values_list("role", flat=True))
    sides = {side for role, side in ((Role.OFFICER, Side.OFFICER), (Role.HEAD, Side.HEAD)) if role in roles}
    superior = acting_unit(person, superiors(obligation.assignment, day), day)
    if superior:
        sides.add(Side.ABOVE)
    given = None if sides or not roles else obligation.shares.in_force().filter(person=person).first()
    return Case(obligation, frozenset({Side.COLLEAGUE} if given else sides), superior, given)


def superiors(assignment: Assignment, day: date) -> list[Unit]:
    """The units above in the cascade, nearest first, the campaign's owner last; for one that is no more the one that took over."""
    units = Unit.objects.in_bulk(assignment.superior_keys)
    heirs = taken_over_by(units.values(), day)
    units |= Unit.objects.in_bulk(set(heirs.values()) - units.keys()) if heirs else {}
    return [units[heirs.get(key, key)] for key in reversed(assignment.superior_keys)]


def acting_unit(person: Person, units: Sequence[Unit], day: date) -> Unit | None:
    """The first of `units` for which `person` works: by a role on that very unit, else by one on a unit above it."""
    grants = Grant.objects.in_force().filter(person=person, role__in=STAFF, unit__in=units)
    own = set(grants.values_list("unit_id", flat=True))
    inherited = (unit for unit in units if roles_on(person, unit, day) & STAFF)
    return next((unit for unit in units if unit.pk in own), None) or next(inherited, None)


def sees(person: Person, branch: Branch, day: date) -> bool:
    """The owner's people see all; those of a unit that has the campaign see its branch."""
    return acting_in(person, branch, day) is not None


def acting_in(person: Person, branch: Branch, day: date) -> Unit | None:
    """The unit, the branch's own or one above it, for which `person` looks at it; None for those with no part in it."""
    return acting_unit(person, [branch.unit, *(superiors(branch.top, day) if branch.top else [])], day)


View = Callable[..., HttpResponseBase]


def on_return(*sides: Side) -> Callable[[View], View]:
    """The view is about one return, and gets its `Case`; only for those on one of `sides`, by default who see it as a whole.

    Somebody with no part in the return finds no page (404); on another side it is forbidden (403).
    """
    wanted = frozenset(sides or WHOLE)

    def guard(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            obligation = kwargs.pop("obligation")
            case = case_of(
                request.user, get_object_or_404(Obligation.objects.for_page(), pk=obligation), today(request)
            )
            if not case.sides:
                raise Http404
            if not case.sides & wanted:
                raise PermissionDenied
            return view(request, case, **kwargs)

        guarded.access = ", ".join(sorted(wanted))  # type: ignore[attr-defined]  # read by the test of all routes
        return guarded

    return guard


def on_branch(*, to_decide: bool = False) -> Callable[[View], View]:
    """The view is about a campaign or one unit's branch of it (`campaign`, `assignment` in the address; 0: all).

    It gets a `Branch`. For the people of that unit and those above it; `to_decide`: of that unit alone.
    """

    def guard(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            branch = _branch(kwargs.pop("campaign"), kwargs.pop("assignment", 0))
            acting = acting_in(request.user, branch, today(request))
            if acting is None:
                raise Http404
            if to_decide and acting != branch.unit:
                raise PermissionDenied
            return view(request, replace(branch, acting=acting), **kwargs)

        whom = "staff of the branch's unit" + ("" if to_decide else " or above")
        guarded.access = whom  # type: ignore[attr-defined]  # read by the test of all routes
        return guarded

    return guard


def _branch(campaign: int, assignment: int) -> Branch:
    found = get_object_or_404(Campaign.objects.select_related("owner", "letter"), pk=campaign)
    if not assignment:
        return Branch(found, None, found.owner)
    top = get_object_or_404(
        Assignment.objects.select_related("unit", "dispatch__letter"), pk=assignment, campaign=found
    )
    top.campaign = found
    return Branch(found, top, top.unit)


def branch_of_report(report: ConsolidatedReport) -> Branch:
    """The branch a consolidated report is on."""
    if report.unit_id == report.campaign.owner_id:
        return Branch(report.campaign, None, report.unit)
    top = get_object_or_404(Assignment.objects.select_related("unit"), campaign=report.campaign, unit=report.unit)
    top.campaign = report.campaign
    return Branch(report.campaign, top, report.unit)
