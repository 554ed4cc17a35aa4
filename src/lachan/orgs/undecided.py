"""Units that ended and still hold something, because nobody could say by rule who takes over: a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lachan.engine.succession import Heirs
from lachan.orgs.lineage import heirs_of
from lachan.orgs.models import Unit, UnitVersion
from lachan.orgs.passing_on import Held, held_by


@dataclass(frozen=True)
class Undecided:
    """A unit as it last was, what it holds, and the units it was divided into (none: nobody took its place)."""

    version: UnitVersion
    held: tuple[Held, ...]
    choices: tuple[UnitVersion, ...]

    @property
    def is_divided(self) -> bool:
        return bool(self.choices)


def undecided(day: date, among: Collection[int] | None = None) -> list[Undecided]:
    """Those of `among` (keys; None: of all units), in Vietnamese order of names."""
    ended = Unit.objects.filter(valid_to__lte=day)
    if among is not None:
        ended = ended.filter(pk__in=among)
    things: dict[int, list[Held]] = defaultdict(list)
    for one in held_by(set(ended.values_list("pk", flat=True)), day):
        things[one.unit].append(one)
    fates = heirs_of(things.keys(), day)
    last = UnitVersion.objects.filter(unit__in=things).order_by("unit_id", "-valid_from").distinct("unit_id")
    parts = UnitVersion.objects.on(day).of_units({unit for fate in fates.values() for unit in fate.choices})
    found = [Undecided(one, tuple(things[one.unit_id]), _choices(fates[one.unit_id], parts)) for one in last]
    return sorted(found, key=lambda one: (one.version.sort_key, one.version.unit_id))


def _choices(fate: Heirs[int], parts: dict[int, UnitVersion]) -> tuple[UnitVersion, ...]:
    return tuple(parts[unit] for unit in fate.choices if unit in parts)
