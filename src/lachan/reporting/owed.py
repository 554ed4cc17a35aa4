"""What units owe in a year: the returns given to them, and the rounds of periodic reports that are still to be given out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import get_language

from lachan.campaigns.models import Campaign, Regime
from lachan.campaigns.office import closing_time, working_days
from lachan.engine import periods
from lachan.engine.working_days import WorkingDays
from lachan.orgs.models import UnitVersion
from lachan.reporting.applying import RULES, candidate, rules_of, seats
from lachan.reporting.models import Obligation


@dataclass(frozen=True)
class Owed:
    """One report a unit owes: given to it, or (without an `obligation`) to be given out when its time comes."""

    unit: int
    title: str
    period: str  # in words; nothing for what happens once
    due_at: datetime
    obligation: Obligation | None
    key: str  # stays the same when it is given out

    @property
    def due_on(self) -> date:
        return localdate(self.due_at)


def owed_in(units: Collection[int], year: int) -> list[Owed]:
    """What these units owe by some day of `year`, the first due on top. A fixed number of queries."""
    found = [*_given(units, year), *_ahead(units, year)]
    return sorted(found, key=lambda one: (one.due_at, one.title, one.unit))


def _given(units: Collection[int], year: int) -> Iterator[Owed]:
    inside = Obligation.objects.filter(unit__in=units, due_at__year=year).exclude(state=Obligation.State.EXCUSED)
    for one in inside.select_related("assignment", "form__campaign__regime", "counted").defer("draft"):
        campaign = one.form.campaign
        regime = campaign.regime
        period = regime and periods.parse(campaign.period, regime.last_day)
        if regime and period:
            yield Owed(one.unit_id, regime.name, _label(period), one.due_at, one, _key(regime, period, one.unit_id))
        else:
            yield Owed(one.unit_id, campaign.name, "", one.due_at, one, f"return-{one.pk}")


def _ahead(units: Collection[int], year: int) -> Iterator[Owed]:
    regimes = list(Regime.objects.filter(state=Regime.State.ON).prefetch_related(*RULES))
    if not regimes:
        return
    known = set(Campaign.objects.filter(regime__in=regimes).values_list("regime", "period"))
    versions = _versions(units, year)
    places = seats([one.owner_id for one in regimes], date(year, 12, 31))
    office = working_days()
    for regime in regimes:
        seat = places[regime.owner_id]
        rules = rules_of(regime, seat)
        for period, due in _due_in(regime, year, office):
            if (regime.pk, period.code) in known:
                continue
            for version in versions:
                there = version.valid_from <= period.last < version.valid_to and version.unit_id != regime.owner_id
                unit = candidate(version)
                if there and unit.path[0] == seat.root and rules.ask(unit, period.first):
                    key = _key(regime, period, unit.key)
                    yield Owed(unit.key, regime.name, _label(period), closing_time(due), None, key)


def _versions(units: Collection[int], year: int) -> Sequence[UnitVersion]:
    """Their states of the year and the one before, whose last period may be due in this one."""
    lasting = Q(valid_to__gt=date(year - 1, 1, 1), valid_from__lte=date(year, 12, 31))
    return list(UnitVersion.objects.filter(lasting, unit__in=units).select_related("unit"))


def _due_in(regime: Regime, year: int, office: WorkingDays) -> Iterator[tuple[periods.Period, date]]:
    """The periods in force whose reports are due in `year`."""
    first = regime.period_of(regime.first_day or date(year, 1, 1))
    period = regime.period_of(date(year - 1, 10, 1))  # more than the two months that a day of a month can be off
    while (due := regime.due_rule.due_on(period, office)).year <= year:
        if due.year == year and period.last >= first.last:
            yield period, due
        period = period.moved(1)


def _label(period: periods.Period) -> str:
    return period.label(get_language() or "vi")


def _key(regime: Regime, period: periods.Period, unit: int) -> str:
    return f"round-{regime.pk}-{period.code}-{unit}"
