"""Units end while they hold a campaign: what they hold goes on with those that take over, and every count stays where it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.utils.timezone import localdate

from lachan.campaigns import telling
from lachan.campaigns.models import Assignment, Campaign, Regime
from lachan.orgs.models import UnitVersion
from lachan.orgs.passing_on import Passing

_DONE = {"opened_at": "opened_by_id", "received_at": "received_by_id", "passed_on_at": ""}
"""What a unit has done with a campaign, and by whom."""


def succeed(campaign: Campaign, passing: Passing, *, fixed: Collection[int]) -> dict[int, Assignment | None]:
    """The open assignments of units that ended close, and their heirs hold the campaign; gives who took over from which.

    Those below answer to the heir, or where nobody took over to the level above. A branch in which something counts already (it
    holds one of `fixed`) stays where it is, so that the figures of no branch change. The caller holds the campaign.
    """
    known = {one.pk: one for one in campaign.assignments.all()}
    ending = [
        one
        for one in known.values()
        if one.unit_id in passing.heirs and one.ended_at is None and passing.takes(f"assignment:{one.pk}")
    ]
    if not ending:
        return {}
    heirs = _heirs(ending, known, passing)
    new, moved = _Cascade(known, heirs, fixed).settle()
    for depth in sorted({one.path.count(".") for one in new}):  # a parent has its key before its children name it
        passing.ledger.create([one for one in new if one.path.count(".") == depth])
    _tell(campaign, new, passing)
    for one in ending:
        one.ended_at = passing.now
    passing.ledger.update(ending, ["ended_at"])
    passing.ledger.update(moved, ["parent_id", "path"])
    return {one.pk: heirs[one.pk] for one in ending}


def _tell(campaign: Campaign, new: Sequence[Assignment], passing: Passing) -> None:
    """The heirs have the letter, and learn that there is work; not of a change that may still be taken back."""
    by_dispatch: dict[int, list[Assignment]] = defaultdict(list)
    for one in new:
        by_dispatch[one.dispatch_id].append(one)
    for dispatch in campaign.dispatches.filter(pk__in=by_dispatch).select_related("letter", "campaign"):
        given = by_dispatch[dispatch.pk]
        dispatch.letter.sent_to.add(*(one.unit_id for one in given))
        if passing.ledger.change is None:
            telling.given(dispatch, given, now=passing.now)


def _heirs(
    ending: Sequence[Assignment], known: Mapping[int, Assignment], passing: Passing
) -> dict[int, Assignment | None]:
    """For each, the assignment of the unit that takes over: the one it has, or a new one not yet written."""
    by_unit = {one.unit_id: one for one in known.values()}
    before: dict[int, list[Assignment]] = defaultdict(list)
    for one in ending:
        if heir := passing.heirs[one.unit_id]:
            before[heir].append(one)
    day = localdate(passing.now)
    missing = before.keys() - by_unit.keys()
    versions = UnitVersion.objects.on(day).of_units(missing)
    above = set(UnitVersion.objects.on(day).filter(parent__in=missing).values_list("parent_id", flat=True))
    is_round = ending[0].campaign.is_round
    for unit in missing & versions.keys():
        by_unit[unit] = _like(before[unit], versions[unit], must_pass_on=unit in above and not is_round)
        if is_round:  # nothing to confirm
            by_unit[unit].received_at = passing.now
    return {one.pk: by_unit.get(passing.heirs[one.unit_id] or 0) for one in ending}


def _like(olds: Sequence[Assignment], version: UnitVersion, *, must_pass_on: bool) -> Assignment:
    """The campaign as the heir has it: given with the same letter; what all of those before it have done is done."""
    first = olds[0]
    new = Assignment(
        campaign_id=first.campaign_id,
        dispatch_id=first.dispatch_id,
        unit_id=version.unit_id,
        parent_id=first.parent_id,
        unit_name=version.name,
        unit_sort_key=version.sort_key,
        unit_kind=version.kind_id,
        must_pass_on=must_pass_on,
    )
    for at, by in _DONE.items():
        if all(getattr(one, at) for one in olds):
            last = max(olds, key=lambda one: getattr(one, at))
            setattr(new, at, getattr(last, at))
            if by:
                setattr(new, by, getattr(last, by))
    return new


class _Cascade:
    """Who stands under whom once the heirs have taken over. Branches that hold one of `fixed` stay where they are."""

    def __init__(
        self, known: Mapping[int, Assignment], heirs: Mapping[int, Assignment | None], fixed: Collection[int]
    ) -> None:
        self.known, self.heirs = known, heirs
        paths = [known[key].path for key in fixed]
        self.kept = {path[: at + 1] for path in paths for at, letter in enumerate(path) if letter == "."}
        self.settled: set[int] = set()  # by identity: new ones have no key

    def settle(self) -> tuple[list[Assignment], list[Assignment]]:
        """Gives every one its parent and path; returns the new ones and those moved."""
        heirs = [one for one in self.heirs.values() if one is not None]
        before = {key: (one.parent_id, one.path) for key, one in self.known.items()}
        fresh = list({id(one): one for one in heirs if one.pk is None}.values())
        for one in (*self.known.values(), *fresh):
            self._place(one)
        moved = [one for key, one in self.known.items() if (one.parent_id, one.path) != before[key]]
        return fresh, moved

    def _place(self, one: Assignment) -> None:
        if id(one) in self.settled:
            return
        self.settled.add(id(one))
        if one.pk and (one.ended_at or one.pk in self.heirs or one.path in self.kept):
            return
        above = self._above(one)
        if above:
            self._place(above)
        one.parent, one.path = above, f"{above.path if above else ''}{one.unit_id}."

    def _above(self, one: Assignment) -> Assignment | None:
        """The nearest level above that goes on: an assignment that stays, or the heir of one that ended."""
        key = one.parent_id
        while key is not None:
            above = self.known[key]
            if above.pk not in self.heirs:
                return above
            heir = self.heirs[above.pk]
            if heir is not None and heir is not one and not (heir.pk and heir.path.startswith(above.path)):
                return heir
            key = above.parent_id
        return None


def follow_leaders(campaigns: Sequence[Campaign], passing: Passing) -> int:
    """Campaigns and periodic reports led by a unit that ended are led by its heir, and asked of its heir's area."""
    led = [one for one in campaigns if passing.heirs.get(one.owner_id) and passing.takes(f"campaign:{one.pk}")]
    for one in led:
        one.owner_id = passing.heirs[one.owner_id] or one.owner_id
    passing.ledger.update(led, ["owner_id"])
    return len(led) + _regimes_follow(passing)


def _regimes_follow(passing: Passing) -> int:
    heirs = {unit: heir for unit, heir in passing.heirs.items() if heir}
    held = Regime.objects.filter(owner__in=heirs).exclude(state=Regime.State.OFF).order_by("pk")
    led = [one for one in held if passing.takes(f"regime:{one.pk}")]
    for one in led:
        one.owner_id = heirs[one.owner_id]
    passing.ledger.update(led, ["owner_id"])
    if passing.only is None:
        within = Regime.within.through
        known = set(within.objects.filter(unit__in=heirs.values()).values_list("regime_id", "unit_id"))
        named = within.objects.filter(unit__in=heirs).values_list("regime_id", "unit_id")
        wanted = {(regime, heirs[unit]) for regime, unit in named} - known
        passing.ledger.create([within(regime_id=regime, unit_id=unit) for regime, unit in sorted(wanted)])
    return len(led)
