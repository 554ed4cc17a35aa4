"""The rates of a campaign by branch, and of a periodic report over the rounds of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import Combinable

from lachan.campaigns.models import Assignment, Campaign, Regime
from lachan.engine.rates import Tally
from lachan.reporting.standing import (
    EMPTY,
    EVERYBODY,
    EXCUSED,
    INVALID,
    LATE,
    OWING,
    REPORTED,
    branch_below,
    under,
)

_COUNTED = {
    "expected": OWING,
    "received": REPORTED,
    "on_time": REPORTED & ~LATE,
    "filled": REPORTED & ~EMPTY,
    "valid": REPORTED & ~INVALID,
}


@dataclass(frozen=True)
class BranchRates:
    """One branch, its head included."""

    name: str
    tally: Tally
    assignment: int | None = None  # of the head; none over several rounds


def rates_by_branch(campaign: Campaign, top: Assignment | None = None, among: Q = EVERYBODY) -> list[BranchRates]:
    """The branches right under `top`, or under the campaign's owner, in Vietnamese order: of all they owe, due or not.

    Two queries, however many units.
    """
    known = _tallies(under(campaign, top).filter(among), branch_below(top))
    tops = campaign.assignments.filter(parent=top).values_list("unit_id", "pk", "unit_name")
    return [BranchRates(name, known[unit], key) for unit, key, name in tops if unit in known]


def together(rows: Sequence[BranchRates]) -> Tally:
    """All of them as one."""
    return sum((row.tally for row in rows), Tally())


def rates_by_campaign(campaigns: Sequence[Campaign], now: datetime) -> Mapping[int, Tally]:
    """Of those that asked anybody for a return, what is due by `now`; one query."""
    return _tallies(Assignment.objects.filter(campaign__in=campaigns), "campaign", now)


@dataclass(frozen=True)
class Year:
    """The rounds of a periodic report whose period ended in one year, and the branches over all of them."""

    rounds: Sequence[tuple[Campaign, Tally]]  # the first of the year on top
    branches: Sequence[BranchRates]  # in Vietnamese order

    @property
    def whole(self) -> Tally:
        return sum((tally for _round, tally in self.rounds), Tally())


def rates_of_year(regime: Regime, year: int, now: datetime) -> Year:
    """Of what is due by `now`; four queries. A unit is expected in the rounds it was asked while it lived, and in no other."""
    rounds = list(regime.rounds.filter(ends_on__year=year).order_by("ends_on", "pk"))
    inside = Assignment.objects.filter(campaign__in=rounds)
    by_round, by_unit = rates_by_campaign(rounds, now), _tallies(inside, branch_below(None), now)
    heads = inside.filter(parent=None).order_by("unit_id", "-campaign__ends_on").distinct("unit_id")
    named = sorted(heads.values_list("unit_sort_key", "unit_id", "unit_name"))
    branches = [BranchRates(name, by_unit[unit]) for _key, unit, name in named if unit in by_unit]
    return Year([(one, by_round.get(one.pk, Tally())) for one in rounds], branches)


def _tallies(
    inside: QuerySet[Assignment], group: Combinable | str, due_by: datetime | None = None
) -> Mapping[int, Tally]:
    """Of those who owe or owed something; with `due_by`, what is not due by then is counted as such alone."""
    due = Q(obligation__due_at__lt=due_by) if due_by else EVERYBODY
    wanted = {name: condition & due for name, condition in _COUNTED.items()} | {"excused": EXCUSED}
    if due_by:
        wanted["not_due"] = OWING & Q(obligation__due_at__gte=due_by)
    named = {"group": group} if not isinstance(group, str) else {}
    grouped: QuerySet[Any, Any] = inside.filter(obligation__isnull=False).order_by().annotate(**named)
    key = group if isinstance(group, str) else "group"
    counted = {f"n_{name}": Count("obligation", filter=condition) for name, condition in wanted.items()}
    rows = grouped.values(key).annotate(**counted)
    return {row[key]: Tally(**{name: row[f"n_{name}"] for name in wanted}) for row in rows}
