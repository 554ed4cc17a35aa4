"""What a person asks of analysis: a year, on the units as they were or as they are now; and the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.engine import analysis
from lachan.engine.rates import Tally
from lachan.orgs.access import StaffRequest, reach_of, today
from lachan.orgs.models import Role
from lachan.portal.inbox import names_of
from lachan.reporting.analysing import answers, as_of

STAFF = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
TODAYS = "hien-nay"
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Asked:
    """The answers of a year. Units are named by their keys; one that is no more and has no one heir by minus its key."""

    year: int
    day: date
    todays: bool  # told in the units there are now
    have_changed: bool  # whether that makes a difference
    taken_at: datetime
    years: Mapping[int, Tally]
    branches: Mapping[tuple[int, int], Tally]  # by branch and month
    days: Rows
    late: Rows  # the most often late or missing first; of equals, who had fewest due
    channels: Rows

    def names(self, units: Iterable[int]) -> dict[int, str]:
        """What the units are called."""
        wanted = list(units)
        known = names_of(map(abs, wanted), self.day)
        former = _("%(name)s (đơn vị cũ)")
        return {one: former % {"name": known.get(-one, "")} if one < 0 else known.get(one, "") for one in wanted}


def ask(request: StaffRequest, year: int) -> Asked:
    """The year, in the units that the address of `request` names, over what the person's units and those below them lead."""
    day = today(request)
    owners = reach_of(request.user, day, *STAFF).values_list("unit_id", flat=True)
    todays = request.GET.get("don-vi") == TODAYS
    taken_at = as_of(request.now)
    of = localdate(taken_at)  # what came since is not in the facts, so that nothing is due since either
    years, months, days, late, channels, [changed] = answers(
        list(owners),
        day,
        analysis.by_year(of),
        analysis.by_branch_and_month(year, of, todays=todays),
        analysis.by_days(year, of),
        analysis.by_late_unit(year, of, todays=todays),
        analysis.by_channel(year, todays=todays),
        analysis.changed(),
    )
    return Asked(
        year=year,
        day=day,
        todays=todays,
        have_changed=bool(changed["duties"]),
        taken_at=taken_at,
        years=_tallies(years, "year"),
        branches=_tallies(months, "branch", "month"),
        days=days,
        late=sorted(late, key=lambda row: (-row["late"] - row["missing"], row["due"], row["unit"])),
        channels=channels,
    )


def _tallies(rows: Rows, *keys: str) -> dict[Any, Tally]:
    """Tallies by the groups they were asked by: one key, or several."""
    found = {}
    for row in rows:
        group = tuple(row[key] for key in keys)
        counts = {name: count for name, count in row.items() if name not in keys}
        found[group if len(keys) > 1 else group[0]] = Tally(**counts)
    return found
