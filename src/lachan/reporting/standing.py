"""Where a campaign stands: who has not opened, not received, not passed on, not reported; by branch of the cascade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from lachan.campaigns.models import Assignment, AssignmentQuerySet, Campaign


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

    @property
    def reported(self) -> int:
        return self.owed - self.not_reported


class Missing:
    """The four lists behind the counts, as conditions on assignments."""

    OPENED = Q(opened_at=None)
    RECEIVED = Q(received_at=None)
    PASSED_ON = Q(must_pass_on=True, passed_on_at=None)
    REPORTED = Q(obligation__isnull=False, obligation__counted=None, obligation__excused_at=None)


COUNTED = {
    "assigned": Count("pk"),
    "not_opened": Count("pk", filter=Missing.OPENED),
    "not_received": Count("pk", filter=Missing.RECEIVED),
    "must_pass_on": Count("pk", filter=Q(must_pass_on=True)),
    "not_passed_on": Count("pk", filter=Missing.PASSED_ON),
    "owed": Count("obligation", filter=Q(obligation__excused_at=None)),
    "excused": Count("obligation", filter=Q(obligation__excused_at__isnull=False)),
    "not_reported": Count("obligation", filter=Missing.REPORTED),
}


def standing_by_branch(campaign: Campaign, *, now: datetime, top: Assignment | None = None) -> list[Standing]:
    """One row for each branch right under `top` (or under the campaign's owner), in Vietnamese order.

    One query for the counts and one for the names, however many units.
    """
    depth = top.path.count(".") if top else 0
    branch = Func(F("path"), Value("."), Value(depth + 1), function="split_part")
    rows = _counts(under(campaign, top), Cast(branch, output_field=IntegerField()), now)
    tops = campaign.assignments.filter(parent=top).values_list("unit_id", "pk", "unit_name")
    return [Standing(top=unit, assignment=key, name=name, **rows[unit]) for unit, key, name in tops]


def standing(campaign: Campaign, *, now: datetime, top: Assignment | None = None) -> Standing:
    """The same for everything under `top`, or for the whole campaign."""
    counts = _counts(under(campaign, top), Value(0), now).get(0) or dict.fromkeys([*COUNTED, "overdue"], 0)
    return Standing(top=None, assignment=None, name="", **counts)


def under(campaign: Campaign, top: Assignment | None) -> AssignmentQuerySet:
    """The assignments below `top`, itself left out; all of the campaign's when there is no top."""
    return Assignment.objects.branch(top).exclude(pk=top.pk) if top else Assignment.objects.filter(campaign=campaign)


def _counts(inside: AssignmentQuerySet, branch: Cast | Value, now: datetime) -> dict[int, dict[str, int]]:
    """Counts by branch. Aliases are prefixed, since some counts are called like the fields they count."""
    overdue = Count("obligation", filter=Missing.REPORTED & Q(obligation__due_at__lt=now))
    aliased = {f"n_{name}": count for name, count in {**COUNTED, "overdue": overdue}.items()}
    grouped: QuerySet[Assignment, Any] = inside.order_by().annotate(branch=branch).values("branch")
    return {
        row["branch"]: {name.removeprefix("n_"): row[name] for name in aliased} for row in grouped.annotate(**aliased)
    }
