"""The address book: by which words each unit and each group is called in letters of one issuer."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lachan.engine.addressing.words import Pattern, Word, is_many, match, pattern_of

COMMITTEE = "Ủy ban nhân dân"
TYPES = {
    "tỉnh": "province", "thành phố": "", "huyện": "district", "quận": "district", "thị xã": "district",
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
}  # fmt: skip
"""Types of areas and their level; "thành phố" is of the province or the district level."""


def types_in(pattern: Pattern) -> frozenset[str]:
    """The types of areas a phrase names: "các xã, thị trấn" means no wards. None for a level, as in "UBND cấp xã"."""
    said = f" {' '.join(marked for marked, _ in pattern)} "
    if " cấp " in said:
        return frozenset()
    longest_first = sorted(TYPES, key=len, reverse=True)
    found = set()
    for name in longest_first:
        if f" {name} " in said:
            found.add(name)
            said = said.replace(f" {name} ", "  ")
    return frozenset(found)


@dataclass(frozen=True)
class AddressableUnit:
    """A unit on the day of the letter. `level`: province, district, commune for an area, "" for other bodies.

    `path`: keys from the root of the tree to the unit itself. `also`: other names it goes by.
    """

    key: int
    name: str
    kind: str
    level: str
    path: tuple[int, ...]
    also: tuple[str, ...] = ()

    @property
    def parent(self) -> int | None:
        return self.path[-2] if len(self.path) > 1 else None

    @property
    def type(self) -> str:
        """The type an area's name begins with, in small letters."""
        small = self.name.lower()
        return next((name for name in sorted(TYPES, key=len, reverse=True) if small.startswith(name + " ")), "")

    @property
    def area(self) -> str:
        """An area's name without its type."""
        return self.name[len(self.type) + 1 :] if self.level and self.type else self.name


@lru_cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Other names of bodies that every province has, by name in small letters."""
    with Path(__file__).with_name("synonyms.csv").open(encoding="utf-8", newline="") as lines:
        rows = [tuple(row["names"].split("|")) for row in csv.DictReader(lines)]
    return {name: names for names in rows for name in names}


@dataclass(frozen=True)
class AddressableGroup:
    """A set of units letters name together; `direct`: only those right under the area that is addressed."""

    code: str
    kinds: frozenset[str]
    phrases: tuple[str, ...]
    direct: bool = False


@dataclass
class AddressBook:
    """Units and groups by the words that name them, seen from `issuer` (None: from above all of them)."""

    units: dict[int, AddressableUnit]
    groups: Sequence[AddressableGroup]
    issuer: AddressableUnit | None
    _names: dict[str, list[tuple[Pattern, int]]] = field(default_factory=lambda: defaultdict(list))
    _phrases: dict[str, list[tuple[Pattern, AddressableGroup, frozenset[str]]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        for unit in self.units.values():
            for name in set(self._names_of(unit)):
                if pattern := pattern_of(name):
                    self._names[pattern[0][1]].append((pattern, unit.key))
        for group in self.groups:
            for phrase in group.phrases:
                if pattern := pattern_of(phrase):
                    for first in {pattern[0][1], pattern[1][1] if pattern[0][0] == "các" else pattern[0][1]}:
                        self._phrases[first].append((pattern, group, types_in(pattern)))

    def area_of(self, unit: AddressableUnit) -> AddressableUnit | None:
        """The nearest area above `unit`, or the unit itself when it is one."""
        chain = (self.units.get(key) for key in reversed(unit.path))
        return next((above for above in chain if above and above.level), None)

    @property
    def home(self) -> AddressableUnit | None:
        """The issuer's area: the tree recipients are first looked for in."""
        return self.area_of(self.issuer) if self.issuer else None

    def _names_of(self, unit: AddressableUnit) -> Iterator[str]:
        for name in (unit.name, *unit.also):
            if unit.level:
                yield name
                yield f"{COMMITTEE} {name}"
            else:
                yield from self._names_of_body(name, unit)
        if unit.level and self.issuer and unit.key in self.issuer.path:
            yield f"{COMMITTEE} {unit.type}"

    def _names_of_body(self, name: str, unit: AddressableUnit) -> Iterator[str]:
        """A body's own name, and the same with its area said shorter, longer or not at all."""
        yield name
        area = self.area_of(unit)
        if area is None:
            return
        core = name
        for ending in (f"{area.type} {area.area}", area.area, area.type):
            if name.lower().endswith(" " + ending.lower()):
                core = name[: -len(ending) - 1]
                break
        yield from (f"{core} {area.type}", f"{core} {area.type} {area.area}", f"{core} {area.area}")
        if len(core.split()) > 1:
            yield core
        for short in (core, f"{core} {area.type}"):
            yield from synonyms().get(short.lower(), ())

    def called(self, words: Sequence[Word], at: int, *, loose: bool) -> dict[int, set[int]]:
        """Units whose name begins at `at`: keys by where the name ends."""
        found: dict[int, set[int]] = defaultdict(set)
        for pattern, key in self._names.get(words[at].bare, ()):
            end = match(pattern, words, at, loose=loose)
            if end is not None:
                found[end].add(key)
        return found

    def grouped(
        self, words: Sequence[Word], at: int, *, loose: bool, plural: bool
    ) -> Iterator[tuple[int, AddressableGroup, frozenset[str]]]:
        """Groups whose phrase begins at `at`, with where it ends and the types of areas it says."""
        first = "cac" if is_many(words[at]) else words[at].bare
        for pattern, group, types in self._phrases.get(first, ()):
            end = match(pattern, words, at, loose=loose, plural=plural)
            if end is not None:
                yield end, group, types

    def members(
        self, group: AddressableGroup, areas: Iterable[AddressableUnit] | None, types: frozenset[str] = frozenset()
    ) -> tuple[int, ...]:
        """The units of `group` in `areas` (None: in the issuer's area), the issuer left out; of areas only those of `types`."""
        if areas is None:
            areas = [self.home] if self.home else []
        heads = {area.key for area in areas}
        everywhere = not heads and self.issuer is None
        return tuple(
            unit.key
            for unit in self.units.values()
            if unit.kind in group.kinds
            and unit is not self.issuer
            and (not types or not unit.level or unit.type in types)
            and (everywhere or (unit.parent in heads if group.direct else bool(heads & set(unit.path[:-1]))))
        )

    def areas_named(self, type_or_level: str, rest: str) -> list[AddressableUnit]:
        """The areas of a type ("huyện") or level ("district"), of that name if it is given: the issuer's own first."""
        fits = [
            unit
            for unit in self.units.values()
            if unit.level and type_or_level in (unit.type, unit.level) and (not rest or unit.area == rest)
        ]
        own = [unit for unit in fits if self.issuer and unit.key in self.issuer.path]
        return own or [unit for unit in fits if self.is_near(unit)]

    def alike(self, unit: AddressableUnit) -> list[AddressableUnit]:
        """The units near the issuer of the same kind as `unit`."""
        return [other for other in self.units.values() if other.kind == unit.kind and self.is_near(other)]

    def is_near(self, unit: AddressableUnit) -> bool:
        return self.home is None or self.home.key in unit.path

    def best(self, keys: set[int]) -> tuple[set[int], bool]:
        """The one unit meant among namesakes, as seen from the issuer, and whether there were namesakes."""
        if len(keys) == 1:
            return keys, False
        home = self.home
        tests = [
            lambda unit: home is not None and unit.parent == home.key,
            lambda unit: self.issuer is not None and (unit.key in self.issuer.path or unit.parent in self.issuer.path),
            self.is_near,
        ]
        for test in tests:
            nearer = {key for key in keys if test(self.units[key])}
            if len(nearer) == 1:
                return nearer, True
        return keys, True
