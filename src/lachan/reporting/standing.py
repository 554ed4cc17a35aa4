"""Where a campaign stands: who has not opened, not received, not passed on, not reported; by branch of the cascade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from lachan.campaigns.models import Assignment, Campaign


@dataclass(frozen=True)
class Standing:
    """Numbers of units in one branch, its top included."""

    top: int | None  # the unit at the branch's top; None for all together
    name: str
    assigned: int
    not_opened: int
    not_received: int
    must_pass_on: int
    not_passed_on: int
    owed: int
    not_reported: int
    overdue: int  # of those not reported, whose time has passed

    @property
    def reported(self) -> int:
        return self.owed - self.not_reported


class Missing:
    """The four lists behind the counts, as conditions on assignments."""

    OPENED = Q(opened_at=None)
    RECEIVED = Q(received_at=None)
    PASSED_ON = Q(must_pass_on=True, passed_on_at=None)
    REPORTED = Q(obligation__isnull=False, obligation__counted=None)


def standing_by_branch(campaign: Campaign, *, now: datetime, top: Assignment | None = None) -> list[Standing]:
    """One row for each branch right under `top` (or under the campaign's owner), in Vietnamese order.

    One query for the counts and one for the names, however many units.
    """
    inside = _under(campaign, top)
    depth = top.path.count(".") if top else 0
    branch = Func(F("path"), Value("."), Value(depth + 1), function="split_part")
    rows = {row.pop("branch"): row for row in _counts(inside, Cast(branch, output_field=IntegerField()), now)}
    names = inside.filter(unit__in=rows).values_list("unit_id", "unit_name")
    return [Standing(top=unit, name=name, **rows[unit]) for unit, name in names]


def standing(campaign: Campaign, *, now: datetime, top: Assignment | None = None) -> Standing:
    """The same for everything under `top`, or for the whole campaign."""
    rows = _counts(_under(campaign, top), Value(0), now)
    if not rows:
        return Standing(None, "", 0, 0, 0, 0, 0, 0, 0, 0)
    del rows[0]["branch"]
    return Standing(top=None, name="", **rows[0])


def _under(campaign: Campaign, top: Assignment | None) -> QuerySet[Assignment]:
    inside = Assignment.objects.filter(campaign=campaign)
    return inside.branch(top).exclude(pk=top.pk) if top else inside


def _counts(inside: QuerySet[Assignment], branch: Cast | Value, now: datetime) -> list[dict[str, Any]]:
    grouped: QuerySet[Assignment, Any] = inside.order_by().annotate(branch=branch).values("branch")
    return list(
        grouped.annotate(
            assigned=Count("pk"),
            not_opened=Count("pk", filter=Missing.OPENED),
            not_received=Count("pk", filter=Missing.RECEIVED),
            must_pass_on=Count("pk", filter=Q(must_pass_on=True)),
            not_passed_on=Count("pk", filter=Missing.PASSED_ON),
            owed=Count("obligation"),
            not_reported=Count("obligation", filter=Q(obligation__counted=None)),
            overdue=Count("obligation", filter=Q(obligation__counted=None, obligation__due_at__lt=now)),
        )
    )
