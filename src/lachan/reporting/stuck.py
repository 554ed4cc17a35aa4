"""What the rule on stuck campaigns is asked about, read from the database: four queries, however many units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.stuck import Branch, Holder, SentBack, Stuck, stuck
from lachan.orgs.models import UnitVersion
from lachan.reporting.models import Decision, Obligation
from lachan.reporting.standing import Missing, Standing, under, without_people

MOST = 500  # units looked at of each kind: a campaign with more has stopped altogether, and the numbers above say so


@dataclass(frozen=True)
class Held:
    """What does not move, and how many units have nobody who can sign in."""

    stuck: Sequence[Stuck]
    without_people: int


def held_up(campaign: Campaign, rows: Sequence[Standing], *, day: date, now: datetime) -> Held:
    """`rows`: the standing by branch; `day`: the day whose tree says who stands below a unit."""
    given = dict(campaign.assignments.filter(parent=None).values_list("pk", "dispatch__sent_at"))
    branches = [
        Branch(row.assignment, row.name, given[row.assignment], row.assigned, row.not_opened)
        for row in rows
        if row.assignment in given
    ]
    nobody = under(campaign, None).filter(without_people()).count()
    return Held(stuck(branches, _holders(campaign, day), _sent_back(campaign), now=now), nobody)


def _holders(campaign: Campaign, day: date) -> list[Holder]:
    children = UnitVersion.objects.on(day).filter(parent=OuterRef("unit")).order_by().values("parent")
    waiting = Coalesce(Subquery(children.annotate(count=Count("pk")).values("count")), 0)
    holding = Assignment.objects.filter(Missing.PASSED_ON, campaign=campaign).annotate(waiting=waiting)
    rows = holding.order_by("-waiting", "pk").values_list("pk", "unit_name", "dispatch__sent_at", "waiting")
    return [Holder(*row) for row in rows[:MOST]]


def _sent_back(campaign: Campaign) -> list[SentBack]:
    back = Obligation.objects.filter(form__campaign=campaign, state=Obligation.State.SENT_BACK, excused_at=None)
    when = Max("returns__decisions__at", filter=Q(returns__decisions__verdict=Decision.Verdict.SENT_BACK))
    rows = back.order_by("pk").annotate(when=when)
    found = rows.values_list("assignment_id", "assignment__unit_name", "when", "draft_saved_at")
    return [SentBack(*row) for row in found[:MOST] if row[2]]
