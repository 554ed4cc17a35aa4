"""Several campaigns beside one another: how far each has come, day by day and branch by branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate

from lachan.campaigns.models import Assignment, Campaign
from lachan.reporting.standing import OWING, REPORTED


@dataclass(frozen=True)
class Score:
    """Returns that came, of those due."""

    reported: int
    due: int

    @property
    def share(self) -> float | None:
        """None while nothing is due."""
        return self.reported / self.due if self.due else None


def reported_by_day(campaigns: Sequence[Campaign]) -> Mapping[int, Mapping[date, int]]:
    """Returns that count, by campaign and by the day they first went up; one query."""
    came = Assignment.objects.filter(REPORTED, campaign__in=campaigns).order_by()
    grouped: QuerySet[Any, Any] = came.annotate(day=TruncDate("obligation__received_at")).values("campaign", "day")
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for row in grouped.annotate(count=Count("pk")):
        found[row["campaign"]][row["day"]] = row["count"]
    return found


@dataclass(frozen=True)
class Branches:
    """Scores of the branches of several campaigns: by the unit at the head of the branch, then by campaign."""

    names: Mapping[int, str]  # in Vietnamese order
    scores: Mapping[int, Mapping[int, Score]]
    heads: Mapping[tuple[int, int], int]  # (unit, campaign): the assignment at the head


def by_branch(campaigns: Sequence[Campaign], now: datetime) -> Branches:
    """Of what is due by `now`. Two queries, however many campaigns and units."""
    past = Q(obligation__due_at__lt=now)
    top = Cast(Func(F("path"), Value("."), Value(1), function="split_part"), output_field=IntegerField())
    owing = Assignment.objects.filter(OWING, campaign__in=campaigns).order_by().annotate(top=top)
    grouped: QuerySet[Assignment, Any] = owing.values_list("top", "campaign")
    scores: dict[int, dict[int, Score]] = defaultdict(dict)
    for unit, campaign, due, reported in grouped.annotate(
        due=Count("pk", filter=past), reported=Count("pk", filter=past & Q(obligation__counted__isnull=False))
    ):
        scores[unit][campaign] = Score(reported, due)
    heads = Assignment.objects.filter(campaign__in=campaigns, parent=None).order_by("unit_sort_key", "pk")
    rows = list(heads.values_list("unit", "campaign", "pk", "unit_name"))
    names = {unit: name for unit, _campaign, _pk, name in rows if unit in scores}
    return Branches(names, scores, {(unit, campaign): pk for unit, campaign, pk, _name in rows})
