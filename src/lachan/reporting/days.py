"""How a campaign came along day by day, from the times that were stored when things happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from lachan.campaigns.models import Assignment, AssignmentQuerySet
from lachan.reporting.standing import REPORTED

Counts = Mapping[date, int]


@dataclass(frozen=True)
class Days:
    """How many units confirmed, passed on and reported on each day."""

    received: Counts
    passed_on: Counts
    reported: Counts  # the first time a return went up, of those that count now: adds up to those that have reported


def by_day(inside: AssignmentQuerySet) -> Days:
    """The days of the assignments `inside`: three queries, however many."""
    return Days(
        received=_counts(inside, "received_at"),
        passed_on=_counts(inside, "passed_on_at"),
        reported=_counts(inside.filter(REPORTED), "obligation__received_at"),
    )


@dataclass(frozen=True)
class Moved:
    """How many units moved since a moment."""

    received: int
    passed_on: int
    reported: int


def moved_since(inside: AssignmentQuerySet, moment: datetime) -> Moved:
    """What came since `moment`, in one query."""
    reported = REPORTED & Q(obligation__received_at__gte=moment)
    counts = inside.order_by().aggregate(
        received=Count("pk", filter=Q(received_at__gte=moment)),
        passed_on=Count("pk", filter=Q(passed_on_at__gte=moment)),
        reported=Count("pk", filter=reported),
    )
    return Moved(**counts)


def _counts(inside: AssignmentQuerySet, time: str) -> Counts:
    happened = inside.order_by().exclude(Q(**{time: None}))
    grouped: QuerySet[Assignment, Any] = happened.annotate(day=TruncDate(time)).values("day")
    return {row["day"]: row["count"] for row in grouped.annotate(count=Count("pk"))}
