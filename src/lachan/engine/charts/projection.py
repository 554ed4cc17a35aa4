"""From longitude and latitude to places in a box."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Projection:
    """An equirectangular map true along its middle parallel: good enough to see where things are within one country."""

    west: float
    north: float
    across: float  # width of one degree of longitude
    down: float  # height of one degree of latitude
    left: float
    top: float

    def __call__(self, lon: float, lat: float) -> Point:
        return self.left + (lon - self.west) * self.across, self.top + (self.north - lat) * self.down


def fit(points: Iterable[Point], width: float, height: float, margin: float = 0) -> Projection:
    """The largest projection that keeps every (longitude, latitude) inside the box, `margin` away from its sides, in the middle."""
    known = list(points)
    lons, lats = [lon for lon, _ in known], [lat for _, lat in known]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    squeeze = math.cos(math.radians((south + north) / 2))
    room, rise = width - 2 * margin, height - 2 * margin
    wide, tall = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    down = min(room / wide, rise / tall)
    return Projection(
        west, north, down * squeeze, down, margin + (room - wide * down) / 2, margin + (rise - tall * down) / 2
    )


def thinned(line: Sequence[Point], least: float) -> list[Point]:
    """The line without points nearer than `least` to the one kept before them; its first point always stays."""
    kept = [line[0]]
    for point in line[1:]:
        if math.dist(point, kept[-1]) >= least:
            kept.append(point)
    return kept


def apart(points: Sequence[Point], gap: float) -> list[Point]:
    """The points, those on one spot moved around it in a spiral, about `gap` from one another; the first of them stays."""
    turn = math.pi * (3 - math.sqrt(5))  # the golden angle: no two of a spiral's points come to lie behind one another
    met: Counter[tuple[int, int]] = Counter()
    moved = []
    for x, y in points:
        spot = (round(x), round(y))
        number = met[spot]
        met[spot] += 1
        far = gap * math.sqrt(number)
        moved.append((x + far * math.cos(number * turn), y + far * math.sin(number * turn)))
    return moved
