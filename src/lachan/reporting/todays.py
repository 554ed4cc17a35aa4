"""The figures of a campaign told in the units of a day: merged units together, divided ones as the former units they were.

Nothing that was reported is rewritten for it: the units are followed as they became one another (`lachan.engine.succession`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import F, Func, IntegerField, JSONField, TextField, Value
from django.db.models.functions import Cast

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.rollup import Row, total
from lachan.engine.succession import Heirs, in_units_of
from lachan.orgs.lineage import heirs_of
from lachan.orgs.models import Unit, UnitVersion
from lachan.reporting.models import Question
from lachan.reporting.summing import sums
from lachan.reporting.totals import OWN, Below, Totals, owed_in, questions_in


@dataclass(frozen=True)
class Former:
    """A unit that is no longer there and has no one heir: what it reported stays its own."""

    name: str
    into: tuple[str, ...]  # names of the units it was divided into
    row: Row


@dataclass(frozen=True)
class Todays:
    """The branches of the day and their figures; beside them the former units."""

    totals: Totals
    former: Sequence[Former]
    by_share: frozenset[int]  # units whose sums hold a stated part of a divided unit's


def have_changed(campaign: Campaign, day: date) -> bool:
    """Whether a unit of the campaign is no longer there on `day`: then its tables are told in two ways."""
    return Unit.objects.filter(assignments__campaign=campaign, valid_to__lte=day).exists()


def totals_today(campaign: Campaign, top: Assignment | None, day: date) -> Todays | None:
    """As `totals`, in the units of `day`. None below a unit that itself has no one heir: there is no such branch any more."""
    places = _Places(campaign, top, day)
    if not places.exists:
        return None
    rows = sums(owed_in(campaign, None).filter(unit__in=places.keys), places.expression)
    whole = total(rows.values())
    questions = questions_in(campaign, whole)
    added = [one.key for one in questions if one.is_number and one.measure == Question.Measure.SUM]
    told = in_units_of(rows, {key: places.heirs(key) for key in rows}, added)
    names = places.names
    former = [
        Former(places.former_names[-key], tuple(names[one] for one in places.heirs(key).choices if one in names), row)
        for key, row in told.former.items()
    ]
    known = Totals(questions, places.branches(told.now.keys() - {OWN}), told.now, whole)
    return Todays(known, sorted(former, key=lambda one: one.name), told.by_share)


class _Places:
    """Under which key each unit of a campaign is told: its branch below `top`, `OWN`, or minus its own for a former one."""

    def __init__(self, campaign: Campaign, top: Assignment | None, day: date) -> None:
        given = list(campaign.assignments.values_list("pk", "unit_id", "unit_name", "path"))
        paths = {unit: [int(key) for key in path.split(".")[:-1]] for _, unit, _, path in given}
        self.day = day
        self.fates = heirs_of({key for path in paths.values() for key in path}, day)
        self.assignments = {unit: key for key, unit, _, _ in given}
        self.former_names = {unit: name for _, unit, name, _ in given}
        self.top = self.fates[top.unit_id].sole if top else None
        self.exists = top is None or self.top is not None
        self.deep: set[int] = set()  # branches with more than their own unit
        self.keys: dict[int, int] = {}
        for unit, path in paths.items():
            below = self._below(path)
            if below is not None:
                self.keys[unit] = self._key(unit, below)
        self.names = self._names()

    @property
    def expression(self) -> Cast:
        """The key of an obligation's unit, worked out by the database."""
        known = Value({str(unit): key for unit, key in self.keys.items()}, output_field=JSONField())
        return Cast(
            Func(known, Cast(F("unit_id"), TextField()), function="jsonb_extract_path_text"),
            output_field=IntegerField(),
        )

    def heirs(self, key: int) -> Heirs[int]:
        """Of what is told under a key: itself, or what the former unit became."""
        return self.fates[-key] if key < 0 else Heirs({key: Fraction(1)})

    def branches(self, keys: set[int]) -> list[Below]:
        """Those with figures, in Vietnamese order."""
        versions = UnitVersion.objects.on(self.day).filter(unit__in=keys).order_by("sort_key", "unit_id")
        return [
            Below(self.assignments.get(one.unit_id, 0), one.unit_id, one.name, one.unit_id in self.deep)
            for one in versions
        ]

    def _below(self, path: Sequence[int]) -> list[int] | None:
        """The part of a path below the top; None outside its branch."""
        if self.top is None:
            return list(path)
        at = next((at for at, key in enumerate(path) if self.fates[key].sole == self.top), None)
        return None if at is None else [key for key in path[at:] if self.fates[key].sole != self.top]

    def _key(self, unit: int, below: Sequence[int]) -> int:
        """The first unit that is there; those above it that have no one heir are passed over."""
        if not below:
            return OWN
        there = [sole for key in below if (sole := self.fates[key].sole) is not None]
        if not there:
            return -unit
        if len(set(there)) > 1 or self.fates[unit].sole is None:
            self.deep.add(there[0])
        return there[0]

    def _names(self) -> Mapping[int, str]:
        parts = {one for key in self.keys.values() if key < 0 for one in self.fates[-key].choices}
        return dict(UnitVersion.objects.on(self.day).filter(unit__in=parts).values_list("unit_id", "name"))
