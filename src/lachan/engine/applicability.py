"""Who a periodic report is asked of, and through whom it comes: rules on kind, group and place, resolved on the tree of one day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Candidate:
    """A unit on the day that is asked about. `path`: keys from the root of the tree to the unit itself."""

    key: int
    kind: str
    path: tuple[int, ...]
    began: date


@dataclass(frozen=True)
class GroupOfKinds:
    """The kinds of a group; `direct`: only those right under the area that is meant."""

    kinds: frozenset[str]
    direct: bool = False


@dataclass(frozen=True)
class Rules:
    """A unit is asked when its kind is among `kinds` or in one of `groups`, and it stands in one of the places.

    A place is a unit and all below it; without places everybody of those kinds is meant. With neither kinds nor groups nobody is.
    """

    kinds: frozenset[str]
    groups: Sequence[GroupOfKinds]
    home: int  # the area of who asks: what a direct group stands under when no place is named
    within: frozenset[int] = frozenset()
    but: frozenset[int] = frozenset()  # these and all below are not asked
    newcomers: bool = True  # whether a unit is asked that began within the period

    @property
    def any_kind(self) -> frozenset[str]:
        """Kinds that may be asked: of no other kind is anybody."""
        return self.kinds.union(*(group.kinds for group in self.groups))

    def ask(self, unit: Candidate, period_began: date) -> bool:
        """Whether `unit` is asked for the period that began on that day."""
        if not self.newcomers and unit.began > period_began:
            return False
        along = set(unit.path)
        in_place = not self.within or bool(along & self.within)
        return in_place and not along & self.but and self._of_a_kind(unit)

    def _of_a_kind(self, unit: Candidate) -> bool:
        areas = self.within or {self.home}
        stands_under = unit.path[-2] if len(unit.path) > 1 else None
        return unit.kind in self.kinds or any(
            unit.kind in group.kinds and (not group.direct or stands_under in areas) for group in self.groups
        )


def by_superior(asked: Iterable[Candidate]) -> Mapping[int | None, Sequence[int]]:
    """The units asked, by the one their report goes through: the nearest above them that is asked too, or nobody.

    Superiors come before those below them.
    """
    units = sorted(asked, key=lambda unit: len(unit.path))
    keys = {unit.key for unit in units}
    found: dict[int | None, list[int]] = defaultdict(list)
    for unit in units:
        found[next((key for key in reversed(unit.path[:-1]) if key in keys), None)].append(unit.key)
    depth = {unit.key: len(unit.path) for unit in units}
    return dict(sorted(found.items(), key=lambda one: 0 if one[0] is None else depth[one[0]]))
