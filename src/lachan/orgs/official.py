"""The official units of the country as the data files of this package give them, ready to be loaded. No database here."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lachan.orgs.models import STILL_VALID, UNRECORDED_START, Succession

DATA = Path(__file__).parent / "data"
REFORM = date(2025, 7, 1)
"""The day the two-level tree replaced the three-level one, under new codes that reuse old numbers."""
_SAME_BODY = {Succession.Event.UNCHANGED, Succession.Event.RENAMED, Succession.Event.RECLASSIFIED}


class Key(NamedTuple):
    """What a unit is known by."""

    code: str
    valid_from: date


@dataclass(frozen=True)
class Version:
    """One state of one official unit."""

    key: Key
    valid_from: date
    valid_to: date
    name: str
    name_en: str
    kind: str
    parent: Key | None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """What became of a unit."""

    old: Key
    new: Key
    day: date
    event: str


@dataclass(frozen=True)
class Country:
    """Every version and link of the chosen provinces, parents before children within each tree."""

    versions: list[Version]
    links: list[Link]

    def until(self, day: date) -> Country:
        """As it was known on `day`: what came later is not there yet."""
        begun = [one for one in self.versions if one.valid_from <= day]
        versions = [replace(one, valid_to=STILL_VALID) if one.valid_to > day else one for one in begun]
        return Country(versions, [one for one in self.links if one.day <= day])


def read_country(provinces: Collection[str] | None = None) -> Country:
    """The units of the whole country, or of `provinces`: codes of the tree in force since 2025, with the provinces they grew from.

    A unit that the reform left alone, gave another name or another type goes on as the same unit when its code stayed; every other
    unit of the old tree ends on the day of the reform.
    """
    edges = [row for row in rows_of("succession.csv") if row["effective_date"] == REFORM.isoformat()]
    goes_on = {row["new_code"] for row in edges if row["kind"] in _SAME_BODY and row["old_code"] == row["new_code"]}
    old = _tree("units_2024.csv", _old_provinces(edges, provinces))
    new = _tree("units_2025.csv", provinces)
    new += [row for row in rows_of("units_2026_changes.csv") if row["code"] in {known["code"] for known in new}]
    old_keys = {row["code"]: Key(row["code"], UNRECORDED_START) for row in old}
    new_keys = {row["code"]: Key(row["code"], UNRECORDED_START if row["code"] in goes_on else REFORM) for row in new}
    versions = [*_versions(old, old_keys, _variants()), *_versions(new, new_keys, {})]
    links = [
        Link(old_keys[row["old_code"]], new_keys[row["new_code"]], REFORM, row["kind"])
        for row in edges
        if row["old_code"] in old_keys and row["new_code"] in new_keys
    ]
    return Country(list(_joined(versions)), [link for link in links if link.old != link.new])


def rows_of(file: str) -> Iterator[dict[str, str]]:
    """The rows of one of the data files."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _old_provinces(edges: list[dict[str, str]], provinces: Collection[str] | None) -> set[str] | None:
    if provinces is None:
        return None
    return {row["old_code"] for row in edges if len(row["old_code"]) == 2 and row["new_code"] in provinces}


def _tree(file: str, provinces: Collection[str] | None) -> list[dict[str, str]]:
    """The rows of one tree that stand in `provinces`: files list parents before children."""
    rows = list(rows_of(file))
    if provinces is None:
        return rows
    inside: set[str] = set()
    for row in rows:
        if (row["parent_code"] or row["code"]) in (inside if row["parent_code"] else provinces):
            inside.add(row["code"])
    return [row for row in rows if row["code"] in inside]


def _variants() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in rows_of("name_variants_2024.csv"):
        found[row["code"]] += (row["variant"],)
    return found


def _versions(
    rows: list[dict[str, str]], keys: dict[str, Key], variants: dict[str, tuple[str, ...]]
) -> Iterator[Version]:
    kinds = {(row["level"], row["type"]): row["code"] for row in rows_of("kinds.csv") if row["level"]}
    for row in rows:
        yield Version(
            key=keys[row["code"]],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else UNRECORDED_START,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else STILL_VALID,
            name=row["name"],
            name_en=row["name_en"],
            kind=kinds[row["level"], row["type"]],
            parent=keys[row["parent_code"]] if row["parent_code"] else None,
            variants=variants.get(row["code"], ()),
        )


def _joined(versions: list[Version]) -> Iterator[Version]:
    """Versions by unit, with those that follow one another and say the same made one."""
    by_unit: dict[Key, list[Version]] = defaultdict(list)
    for version in versions:
        states = by_unit[version.key]
        last = states[-1] if states else None
        if last and replace(last, valid_from=version.valid_from, valid_to=version.valid_to) == version:
            states[-1] = replace(last, valid_to=version.valid_to)
        else:
            states.append(version)
    for states in by_unit.values():
        yield from states


@dataclass(frozen=True)
class KindRow:
    """A kind of body."""

    code: str
    level: str
    name: str
    name_en: str
    rank: int


@dataclass(frozen=True)
class GroupRow:
    """A group of units as letters name it."""

    code: str
    name: str
    name_en: str
    kinds: tuple[str, ...]
    direct: bool
    rank: int
    phrases: tuple[str, ...]


def read_kinds() -> list[KindRow]:
    return [
        KindRow(row["code"], row["level"], row["name"], row["name_en"], int(row["rank"]))
        for row in rows_of("kinds.csv")
    ]


def read_groups() -> list[GroupRow]:
    return [
        GroupRow(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            kinds=tuple(row["kinds"].split()),
            direct=row["direct"] == "yes",
            rank=int(row["rank"]),
            phrases=tuple(row["phrases"].split("|")),
        )
        for row in rows_of("groups.csv")
    ]
