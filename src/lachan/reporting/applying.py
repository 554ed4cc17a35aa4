"""Whom the periodic reports are asked of, on the tree of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lachan.campaigns.models import Regime
from lachan.engine.applicability import Candidate, GroupOfKinds, Rules
from lachan.engine.periods import Period
from lachan.orgs.models import Group, UnitVersion


@dataclass(frozen=True)
class Seat:
    """Where the owner of a regime stands: the root of its tree, and its area."""

    root: int
    home: int


def seats(owners: Iterable[int], day: date) -> dict[int, Seat]:
    """The seats of the owners as they last were up to `day`; two queries, however many."""
    last = UnitVersion.objects.filter(unit__in=set(owners), valid_from__lte=day)
    paths = {
        version.unit_id: [*version.ancestor_keys, version.unit_id]
        for version in last.order_by("unit_id", "-valid_from").distinct("unit_id")
    }
    along = {key for path in paths.values() for key in path}
    known = UnitVersion.objects.filter(unit__in=along, valid_from__lte=day).exclude(kind__level="")
    areas = set(known.values_list("unit_id", flat=True))
    return {
        owner: Seat(path[0], next((key for key in reversed(path) if key in areas), path[0]))
        for owner, path in paths.items()
    }


def rules_of(regime: Regime, seat: Seat) -> Rules:
    """The regime's rules as plain data. For several regimes prefetch `RULES`."""
    return Rules(
        kinds=frozenset(kind.pk for kind in regime.kinds.all()),
        groups=[_kinds_of(group) for group in regime.groups.all()],
        home=seat.home,
        within=frozenset(unit.pk for unit in regime.within.all()),
        but=frozenset(unit.pk for unit in regime.but.all()),
        newcomers=regime.newcomers,
    )


RULES = ("kinds", "groups__kinds", "within", "but")


def _kinds_of(group: Group) -> GroupOfKinds:
    return GroupOfKinds(frozenset(kind.pk for kind in group.kinds.all()), group.direct)


def asked(regime: Regime, period: Period) -> list[UnitVersion]:
    """The units that owe the report of `period`: of the tree of its last day, in the order of lists. Its owner is never asked."""
    seat = seats([regime.owner_id], period.last)[regime.owner_id]
    rules = rules_of(regime, seat)
    inside = UnitVersion.objects.on(period.last).filter(path__startswith=f"{seat.root}.").exclude(unit=regime.owner_id)
    versions = inside.filter(kind__in=rules.any_kind).select_related("unit", "kind").in_order()
    return [version for version in versions if rules.ask(candidate(version), period.first)]


def candidate(version: UnitVersion) -> Candidate:
    """A unit as the rules see it; select its `unit` along."""
    path = (*version.ancestor_keys, version.unit_id)
    return Candidate(version.unit_id, version.kind_id, path, version.unit.valid_from)
