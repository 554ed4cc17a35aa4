"""What a unit holds: what becomes of it must be settled before the unit ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lachan.campaigns.models import Assignment, Campaign
from lachan.letters.models import Letter
from lachan.orgs.models import Grant, Unit
from lachan.reporting.models import Obligation


@dataclass(frozen=True)
class Holding:
    """`open` are its parts of running campaigns that wait for something; `runs` the running campaigns it leads."""

    open: Sequence[Assignment]
    runs: Sequence[Campaign]
    grants: Sequence[Grant]
    letter_drafts: int

    @property
    def needs_a_decision(self) -> bool:
        return bool(self.open)


def holding_of(unit: Unit) -> Holding:
    """Five queries, whatever it holds."""
    running = Assignment.objects.filter(unit=unit, campaign__state=Campaign.State.RUNNING, ended_at=None)
    given = running.select_related("campaign", "dispatch__letter", "parent", "unit", "obligation")
    return Holding(
        open=[one for one in given.prefetch_related("children") if _waits(one)],
        runs=list(Campaign.objects.filter(owner=unit, state=Campaign.State.RUNNING)),
        grants=list(
            Grant.objects.in_force().filter(unit=unit).select_related("person").order_by("role", "person__name")
        ),
        letter_drafts=Letter.objects.filter(holder=unit, state=Letter.State.DRAFT).count(),
    )


def _waits(one: Assignment) -> bool:
    """It still owes, has not confirmed or passed on, or other units answer to it."""
    debt: Obligation | None = getattr(one, "obligation", None)
    reported = debt is not None and not debt.is_owed
    unconfirmed = one.received_at is None or (one.must_pass_on and one.passed_on_at is None)
    return bool(one.children.all()) or (not reported and (debt is not None or unconfirmed))
