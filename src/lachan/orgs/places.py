"""Where official units lie, from the data files of this package. No database here.

A code alone does not say which unit it is: the tree in force since 1 July 2025 reuses the numbers of the one before. The tree is
known by the parent: communes of the old tree stand under a district (three digits), those of the new one under a province (two).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from lachan.orgs.models import Succession
from lachan.orgs.official import DATA, REFORM, rows_of

Point = tuple[float, float]  # longitude, latitude
Ring = tuple[Point, ...]

SOURCE_OF_OUTLINES = "Open Development Vietnam (Department of Survey and Mapping), CC BY-SA 4.0"
SOURCE_OF_POINTS = "© OpenStreetMap contributors, ODbL 1.0"


@dataclass(frozen=True)
class Place:
    """A point for a commune or a district, and the outline it lies in."""

    point: Point
    outline: str  # a key for `outline`


@dataclass(frozen=True)
class Outline:
    """A province's shape, simplified to about 600 m: to be looked at, not measured."""

    name: str
    label: Point
    rings: tuple[Ring, ...]
    archipelago: str = ""  # Hoàng Sa, Trường Sa: drawn with the province they belong to
    archipelago_label: Point | None = None


def place_of(code: str, parent: str) -> Place | None:
    """The place of a commune, or of a district of before the reform; `parent` is its parent's official code.

    A commune of before the reform lies where its successors lie, a district in the middle of its communes.
    """
    if len(code) == 3 or len(parent) == 3:
        return _old_places().get(code)
    return _new_places().get(code)


def outline(key: str) -> Outline:
    """The outline a `Place` names."""
    year, _, code = key.partition("-")
    return _outlines(year)[code]


def provinces(codes: Collection[str]) -> dict[str, Outline]:
    """Shapes of the provinces with these codes: as they are since the reform, or before it if one of them ended then."""
    known = next((shapes for shapes in map(_outlines, ("2025", "2024")) if set(codes) <= shapes.keys()), {})
    return {code: known[code] for code in codes if code in known}


def all_provinces(codes: Collection[str]) -> dict[str, Outline]:
    """Every province of the tree to which `codes` belong."""
    return _outlines("2025" if set(codes) <= _outlines("2025").keys() else "2024")


@cache
def _outlines(year: str) -> dict[str, Outline]:
    raw = json.loads((DATA / f"outlines_{year}.json").read_text(encoding="utf-8"))
    found = {}
    for code, one in raw.items():
        name, *label = one.get("archipelago", ("",))
        rings = tuple(tuple((lon, lat) for lon, lat in ring) for ring in one["rings"])
        found[code] = Outline(one["name"], tuple(one["label"]), rings, name, tuple(label) if label else None)
    return found


@cache
def _new_places() -> dict[str, Place]:
    points = {row["code"]: (float(row["lon"]), float(row["lat"])) for row in rows_of("commune_points_2025.csv")}
    places = {
        row["code"]: Place(points[row["code"]], f"2025-{row['parent_code']}")
        for row in rows_of("units_2025.csv")
        if row["code"] in points
    }
    sea = _outlines("2025")["48"].archipelago_label
    return places | ({"20333": Place(sea, "2025-48")} if sea else {})  # Đặc khu Hoàng Sa has no point of its own


@cache
def _old_places() -> dict[str, Place]:
    new = _new_places()
    successors: dict[str, list[Point]] = defaultdict(list)
    for row in rows_of("succession.csv"):
        of_the_reform = row["effective_date"] == REFORM.isoformat() and len(row["old_code"]) > 2
        if of_the_reform and row["kind"] != Succession.Event.SPLIT_AREA_ONLY and row["new_code"] in new:
            successors[row["old_code"]].append(new[row["new_code"]].point)
    parents = {row["code"]: row["parent_code"] for row in rows_of("units_2024.csv")}
    communes = {code: _middle(points) for code, points in successors.items()}
    below: dict[str, list[Point]] = defaultdict(list)
    for code, point in communes.items():
        if len(code) == 5:
            below[parents[code]].append(point)
    districts = {code: _middle(points) for code, points in below.items()}
    in_province = {code: parents[code] if len(code) == 3 else parents[parents[code]] for code in communes | districts}
    return {code: Place(point, f"2024-{in_province[code]}") for code, point in (communes | districts).items()}


def _middle(points: Iterable[Point]) -> Point:
    known = list(points)
    return sum(lon for lon, _ in known) / len(known), sum(lat for _, lat in known) / len(known)
