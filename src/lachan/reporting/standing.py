"""Where a campaign stands: who has not opened, not received, not passed on, not reported; by branch of the cascade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from lachan.campaigns.models import Assignment, AssignmentQuerySet, Campaign
from lachan.orgs.models import Grant, Role
from lachan.reporting.models import Obligation


@dataclass(frozen=True)
class Standing:
    """Numbers of units in one branch, its top included."""

    top: int | None  # the unit at the branch's top; None for all together
    assignment: int | None  # that unit's assignment
    name: str
    assigned: int
    not_opened: int
    not_received: int
    must_pass_on: int
    not_passed_on: int
    owed: int
    not_reported: int
    overdue: int  # of those not reported, whose time has passed
    excused: int  # owe nothing any more, by a decision; not among those owed
    late: int  # of those reported, that first came after their time
    sent_back: int  # of those not reported, that came and were sent back

    @property
    def reported(self) -> int:
        return self.owed - self.not_reported

    @property
    def on_time(self) -> int:
        return self.reported - self.late

    @property
    def waiting(self) -> int:
        """Not reported, and still in time."""
        return self.not_reported - self.overdue


OWING = Q(obligation__isnull=False, obligation__excused_at=None)
REPORTED = OWING & Q(obligation__counted__isnull=False)
LATE = REPORTED & Q(obligation__received_at__gt=F("obligation__due_at"))
EMPTY = REPORTED & Q(obligation__counted__is_empty=True)
INVALID = REPORTED & Q(obligation__counted__is_valid=False)
SENT_BACK = OWING & Q(obligation__state=Obligation.State.SENT_BACK)
EXCUSED = Q(obligation__excused_at__isnull=False)


class Missing:
    """What is not done yet, as conditions on assignments."""

    OPENED = Q(opened_at=None, ended_at=None)
    RECEIVED = Q(received_at=None, ended_at=None)
    PASSED_ON = Q(must_pass_on=True, passed_on_at=None, ended_at=None)
    REPORTED = OWING & Q(obligation__counted=None)


EVERYBODY = Q()
REPORTERS = (Role.OFFICER, Role.HEAD)
"""Who fills in a unit's return and stands by it."""


def without_people() -> Q:
    """Units of which nobody can sign in to report."""
    return ~Q(Exists(Grant.objects.in_force().filter(unit=OuterRef("unit"), role__in=REPORTERS)))


COUNTED = {
    "assigned": Count("pk"),
    "not_opened": Count("pk", filter=Missing.OPENED),
    "not_received": Count("pk", filter=Missing.RECEIVED),
    "must_pass_on": Count("pk", filter=Q(must_pass_on=True)),
    "not_passed_on": Count("pk", filter=Missing.PASSED_ON),
    "owed": Count("obligation", filter=OWING),
    "excused": Count("obligation", filter=EXCUSED),
    "not_reported": Count("obligation", filter=Missing.REPORTED),
    "late": Count("obligation", filter=LATE),
    "sent_back": Count("obligation", filter=SENT_BACK),
}


def standing_by_branch(
    campaign: Campaign, *, now: datetime, top: Assignment | None = None, among: Q = EVERYBODY
) -> list[Standing]:
    """One row for each branch right under `top` (or under the campaign's owner), in Vietnamese order.

    Counts only the assignments `among` which it is asked, and leaves out branches that have none of them.
    One query for the counts and one for the names, however many units.
    """
    rows = _counts(under(campaign, top).filter(among), branch_below(top), now)
    tops = campaign.assignments.filter(parent=top).values_list("unit_id", "pk", "unit_name")
    return [Standing(top=unit, assignment=key, name=name, **rows[unit]) for unit, key, name in tops if unit in rows]


def standing(campaign: Campaign, *, now: datetime, top: Assignment | None = None, among: Q = EVERYBODY) -> Standing:
    """The same for everything under `top`, or for the whole campaign."""
    counts = _counts(under(campaign, top).filter(among), Value(0), now).get(0) or dict.fromkeys(
        [*COUNTED, "overdue"], 0
    )
    return Standing(top=None, assignment=None, name="", **counts)


def under(campaign: Campaign, top: Assignment | None) -> AssignmentQuerySet:
    """The assignments below `top`, itself left out; all of the campaign's when there is no top."""
    return Assignment.objects.branch(top).exclude(pk=top.pk) if top else Assignment.objects.filter(campaign=campaign)


def branch_below(top: Assignment | None) -> Cast:
    """The unit at the head of the branch right below `top` in which an assignment stands."""
    depth = top.path.count(".") if top else 0
    return Cast(Func(F("path"), Value("."), Value(depth + 1), function="split_part"), output_field=IntegerField())


def _counts(inside: AssignmentQuerySet, branch: Cast | Value, now: datetime) -> dict[int, dict[str, int]]:
    """Counts by branch. Aliases are prefixed, since some counts are called like the fields they count."""
    overdue = Count("obligation", filter=Missing.REPORTED & Q(obligation__due_at__lt=now))
    aliased = {f"n_{name}": count for name, count in {**COUNTED, "overdue": overdue}.items()}
    grouped: QuerySet[Assignment, Any] = inside.order_by().annotate(branch=branch).values("branch")
    return {
        row["branch"]: {name.removeprefix("n_"): row[name] for name in aliased} for row in grouped.annotate(**aliased)
    }
