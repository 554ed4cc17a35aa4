"""What the page of a unit says of its work: what it owes, what it did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate

from lachan.activities.models import Activity
from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.models import Grant, Person, Unit, UnitVersion
from lachan.portal.due import Due
from lachan.portal.inbox import names_of
from lachan.portal.work import CAMPAIGN_STATES, report_state, shown_state
from lachan.reporting.access import STAFF
from lachan.reporting.models import Obligation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RECENT = 20
"""So many campaigns of a unit are listed, the newest first."""


LATEST = 5
"""So many activities are listed."""


@dataclass(frozen=True)
class Owed:
    """A return that has not come. `href` is there for those who may open it."""

    campaign: str
    href: str
    due: Due
    state: str
    word: StrOrPromise


@dataclass(frozen=True)
class Done:
    """A campaign the unit was given, and how far it came with it."""

    campaign: str
    href: str
    giver: str
    came: datetime
    passed_on: int  # units it handed the campaign to
    state: str
    word: StrOrPromise
    because: str  # why its report is excused


@dataclass(frozen=True)
class Run:
    """A campaign the unit runs or ran itself."""

    campaign: Campaign
    state: str


@dataclass(frozen=True)
class Work:
    """What the page shows of a unit's work."""

    owed: Sequence[Owed]
    done: Sequence[Done]
    runs: Sequence[Run]
    activities: Sequence[Activity]  # the latest
    activities_in_all: int


def work_of(unit: Unit, person: Person, now: datetime) -> Work:
    """The unit's work as `person` may see it; the price does not grow with the number of campaigns."""
    given = list(
        Assignment.objects.filter(unit=unit)
        .select_related("campaign", "dispatch", "obligation__counted")
        .order_by("-dispatch__sent_at", "-id")
    )
    mine = _within_reach(given, person, now)
    givers = names_of([one.dispatch.unit_id for one in given[:RECENT]], localdate(now))
    counts = _handed_to(given[:RECENT])
    own = Campaign.objects.filter(owner=unit)[:RECENT]
    recorded = Activity.objects.filter(unit=unit).counted().newest_first()
    return Work(
        owed=[_owed(one, now, may_open=one.pk in mine) for one in _still_owing(given)],
        done=[
            _done(one, now, givers.get(one.dispatch.unit_id, ""), counts.get(one.pk, 0), may_open=one.pk in mine)
            for one in given[:RECENT]
        ],
        activities=list(recorded[:LATEST]),
        activities_in_all=recorded.count(),
        runs=[Run(one, CAMPAIGN_STATES[Campaign.State(one.state)]) for one in own],
    )


def _still_owing(given: Iterable[Assignment]) -> list[Assignment]:
    owing = [
        one
        for one in given
        if one.campaign.state == Campaign.State.RUNNING
        and (debt := getattr(one, "obligation", None)) is not None
        and debt.is_owed
    ]
    return sorted(owing, key=lambda one: one.obligation.due_at)


def _owed(one: Assignment, now: datetime, *, may_open: bool) -> Owed:
    due = Due(one.obligation.due_at, now)
    state, word = report_state(one.obligation, due)
    return Owed(one.campaign.name, one.obligation.get_absolute_url() if may_open else "", due, state, word)


def _done(one: Assignment, now: datetime, giver: str, passed_on: int, *, may_open: bool) -> Done:
    debt: Obligation | None = getattr(one, "obligation", None)
    state, word = shown_state(one, Due(debt.due_at if debt else None, now))
    href = reverse("portal:assignment", args=[one.pk]) if may_open else ""
    because = debt.excused_because if debt else ""
    return Done(one.campaign.name, href, giver, one.dispatch.sent_at, passed_on, state, word, because)


def _handed_to(given: Iterable[Assignment]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for parent in Assignment.objects.filter(parent__in=given).values_list("parent_id", flat=True):
        counts[parent] = counts.get(parent, 0) + 1
    return counts


def _within_reach(given: Collection[Assignment], person: Person, now: datetime) -> set[int]:
    """Those whose pages `person` may open: with a role on the unit or above it in the cascade, or above these in the tree."""
    granted = set(Grant.objects.in_force().filter(person=person, role__in=STAFF).values_list("unit_id", flat=True))
    involved = {key for one in given for key in (one.unit_id, *one.superior_keys)}
    paths = UnitVersion.objects.filter(unit__in=involved, valid_from__lte=localdate(now))
    last = paths.order_by("unit_id", "-valid_from").distinct("unit_id").values_list("unit_id", "path")
    near = {unit for unit, path in last if granted & {int(key) for key in path.split(".")[:-1]}}
    return {one.pk for one in given if near & {one.unit_id, *one.superior_keys}}
