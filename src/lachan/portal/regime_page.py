"""What the page of one periodic report shows: whom it is asked of, and its periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import get_language

from lachan.campaigns.models import Regime
from lachan.campaigns.office import closing_time, working_days
from lachan.engine.periods import Period
from lachan.orgs.models import UnitVersion
from lachan.portal.due import Due
from lachan.reporting.actions.regimes import next_period

AHEAD = 4  # periods shown that were not given out yet
NAMED = 200  # units named on the page


@dataclass(frozen=True)
class Coming:
    """A period that was not given out yet: when it will be, and when its report is due."""

    period: Period
    opens_on: date
    due: Due

    @property
    def label(self) -> str:
        return self.period.label(get_language() or "vi")


@dataclass(frozen=True)
class Asked:
    """Who would owe the report of a period, by kind and by name."""

    versions: Sequence[UnitVersion]

    @property
    def count(self) -> int:
        return len(self.versions)

    @property
    def by_kind(self) -> list[tuple[str, int]]:
        """In the order of lists."""
        return list(Counter(version.kind.name for version in self.versions).items())

    @property
    def named(self) -> Sequence[UnitVersion]:
        return self.versions[:NAMED]

    @property
    def left_out(self) -> int:
        return len(self.versions) - len(self.named)


def coming(regime: Regime, now: datetime) -> list[Coming]:
    """The next periods; of one not in force those it would have."""
    today, office = localdate(now), working_days()
    first = next_period(regime, today) if regime.state == Regime.State.ON else regime.period_of(today)
    periods = [first.moved(step) for step in range(AHEAD)]
    return [
        Coming(
            period,
            date.fromordinal(period.last.toordinal() - regime.opens_days),
            Due(closing_time(regime.due_rule.due_on(period, office)), now),
        )
        for period in periods
    ]
