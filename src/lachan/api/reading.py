"""What a token may read: obligations of its units, and branches of campaigns its unit stands over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lachan.api.entering import Entered
from lachan.api.problems import Problem
from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.models import Unit, UnitVersion
from lachan.reporting.access import Branch, superiors
from lachan.reporting.models import Obligation, Return


def owed_within(entered: Entered) -> QuerySet[Obligation, Any]:
    """What units within the token's reach owe."""
    units = entered.reach.units(localdate(entered.now)).values("unit")
    return Obligation.objects.filter(unit__in=units).select_related("form__campaign", "unit", "assignment", "counted")


def obligation_within(entered: Entered, key: int) -> Obligation:
    """One of these; a problem when it is not within reach."""
    found: Obligation | None = owed_within(entered).filter(pk=key).first()
    if found is None:
        raise Problem("not-found", _("Không có nghĩa vụ báo cáo này trong phạm vi của mã truy cập."))
    return found


@dataclass(frozen=True)
class Seen:
    """A return, and from where a token looks at it: from its own unit, from one above it in the cascade, or both."""

    obligation: Obligation
    is_own: bool
    superior: Unit | None

    def version(self, number: int) -> Return:
        """One of its versions; a problem when there is none. From above only those are seen that went up."""
        found: Return | None = self.obligation.returns.prefetch_related("decisions").filter(number=number).first()
        if found is None or not (self.is_own or found.went_up):
            raise Problem("not-found", _("Báo cáo này không có bản mang số đó."))
        found.obligation = self.obligation
        return found


def seen(entered: Entered, obligation: int) -> Seen:
    """A return as people of the token's unit see it; a problem when they do not."""
    owed = Obligation.objects.for_page().filter(pk=obligation).first()
    if owed is not None:
        within = set(entered.reach.units(localdate(entered.now)).values_list("unit", flat=True))
        above = superiors(owed.assignment, localdate(entered.now))
        above.sort(
            key=lambda unit: unit.pk != entered.token.unit_id
        )  # its own unit before those below it, as on the pages
        superior = next((unit for unit in above if unit.pk in within), None)
        if owed.unit_id in within or superior:
            return Seen(owed, owed.unit_id in within, superior)
    raise Problem("not-found", _("Không có nghĩa vụ báo cáo này trong phạm vi của mã truy cập."))


def campaigns_of(entered: Entered) -> QuerySet[Campaign, Any]:
    """Those that a unit within reach owns or was given, drafts left out."""
    units = entered.reach.units(localdate(entered.now)).values("unit")
    given = Exists(Assignment.objects.filter(campaign=OuterRef("pk"), unit__in=units))
    started = Campaign.objects.exclude(state=Campaign.State.DRAFT).select_related("owner")
    return started.filter(Q(owner__in=units) | given)


def branch_within(entered: Entered, campaign: int, unit: str) -> Branch:
    """The branch of the unit of this code in a campaign, by default of the token's own unit.

    Those see it whose unit stands in the cascade at its top or above it, as people of that unit do.
    """
    found = Campaign.objects.exclude(state=Campaign.State.DRAFT).select_related("owner", "letter").filter(pk=campaign)
    known = found.first()
    if known is None:
        raise _no_branch()
    code = unit or entered.unit_code
    if known.owner.code == code:
        branch = Branch(known, None, known.owner)
    else:
        top = known.assignments.select_related("unit", "dispatch__letter").filter(unit__code=code).first()
        if top is None:
            raise _no_branch()
        top.campaign = known
        branch = Branch(known, top, top.unit)
    if not covers_branch(entered, branch):
        raise _no_branch()
    return branch


def covers_branch(entered: Entered, branch: Branch) -> bool:
    """Whether the token's unit, or one below it where it reaches so far, is at the top of the branch or above it."""
    above = {branch.unit.pk, *(branch.top.superior_keys if branch.top else ())}
    return entered.token.unit_id in above or (
        entered.token.below and entered.reach.units(localdate(entered.now)).filter(unit__in=above).exists()
    )


def _no_branch() -> Problem:
    return Problem("not-found", _("Không có chiến dịch này, hoặc đơn vị không tham gia trong phạm vi của mã truy cập."))


def unit_names(units: Iterable[Unit], entered: Entered) -> dict[int, str]:
    """What the units are called today, or were called last."""
    keys = {unit.pk for unit in units}
    begun = UnitVersion.objects.filter(unit__in=keys, valid_from__lte=localdate(entered.now))
    versions = begun.order_by("unit_id", "valid_from")
    return {one.unit_id: one.name for one in versions}
