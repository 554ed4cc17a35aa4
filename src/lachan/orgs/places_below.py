"""Where units stand from a day on, when those above them have moved or ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lachan.foundation.refused import Refused
from lachan.orgs.lineage import heirs_of
from lachan.orgs.models import UnitVersion


def settle(day: date, now: Mapping[int, UnitVersion], wanted: dict[int, UnitVersion]) -> None:
    """Gives each version of `wanted` its path, and adds one for every unit of `now` whose place changes on `day`.

    `now`: those in force by unit; `wanted`: those that begin. Units under one that has ended go to its heir. Where it was divided,
    or nobody took over, they stay where they were until a person moves them.
    """
    places = _Places(day, now, wanted)
    for key in {**now, **wanted}:
        parent, path = places.place(key)
        version = wanted.get(key)
        if version is None:
            if (now[key].parent_id, now[key].path) == (parent, path):
                continue
            version = wanted[key] = _copy(now[key], day)
        version.parent_id, version.path = parent, path


class _Places:
    """Parents and paths on a day, each worked out once."""

    def __init__(self, day: date, now: Mapping[int, UnitVersion], wanted: Mapping[int, UnitVersion]) -> None:
        self.now = now
        self.above = {key: one.parent_id for key, one in now.items()}
        self.above |= {key: one.parent.pk if one.parent else None for key, one in wanted.items()}
        self.lost = {parent for parent in self.above.values() if parent and parent not in self.above}
        self.heirs = {key: fate.sole for key, fate in heirs_of(self.lost, day).items()}
        last = UnitVersion.objects.on(day - timedelta(days=1)).filter(unit__in=self.lost)
        self.above_lost = dict(last.values_list("unit_id", "parent_id"))
        self.known: dict[int, tuple[int | None, str]] = {}

    def place(self, key: int, came_by: tuple[int, ...] = ()) -> tuple[int | None, str]:
        """The key of the parent, and the path."""
        if key in came_by:
            raise Refused(_("Không thể chuyển một đơn vị vào bên dưới chính nó."))
        if key not in self.known:
            parent = self._parent(key)
            if parent in self.lost:
                before = self.now.get(key)
                self.known[key] = (parent, before.path if before else f"{key}.")
            else:
                above = self.place(parent, (*came_by, key))[1] if parent else ""
                self.known[key] = (parent, f"{above}{key}.")
        return self.known[key]

    def _parent(self, key: int) -> int | None:
        """The one it stands under, or the heir of that; a unit that is itself the heir goes to the one above."""
        parent = self.above[key]
        while parent in self.lost:
            heir = self.heirs[parent]
            if heir is None:
                break
            if heir != key:
                return heir
            parent = self.above_lost.get(parent)
        return parent


def _copy(version: UnitVersion, day: date) -> UnitVersion:
    same = {one.attname: getattr(version, one.attname) for one in version._meta.concrete_fields if not one.primary_key}
    return UnitVersion(**{**same, "valid_from": day})
