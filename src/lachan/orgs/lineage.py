"""Following units through the changes that are written down, to those of a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F

from lachan.engine.succession import Heirs, Lineage
from lachan.orgs.models import Succession, Unit


def heirs_of(units: Collection[int], day: date) -> dict[int, Heirs[int]]:
    """Who stands on `day` for each of `units` (keys). Two queries for each change in a row, however many units."""
    gone: set[int] = set()
    links: list[Succession] = []
    seen: set[int] = set()
    asked = set(units)
    while asked:
        seen |= asked
        ended = set(Unit.objects.filter(pk__in=asked, valid_to__lte=day).values_list("pk", flat=True))
        became = list(Succession.objects.filter(old__in=ended, day__lte=day).exclude(old=F("new")))
        gone |= ended
        links += became
        asked = {one.new_id for one in became if one.new_id} - seen
    lineage = Lineage((one.link for one in links), gone)
    return {unit: lineage.heirs(unit) for unit in units}


def taken_over_by(units: Iterable[Unit], day: date) -> dict[int, int]:
    """For those of `units` that are no more on `day`: the one unit that stands for each, by key. No query while all are there."""
    ended = [one.pk for one in units if one.valid_to <= day]
    fates = heirs_of(ended, day) if ended else {}
    return {unit: fate.sole for unit, fate in fates.items() if fate.sole is not None}
