"""Maps: shapes of provinces, points of communes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lachan.engine.charts import Box, Label, Projection, apart, fit, place, thinned
from lachan.foundation.charts.bars import Piece, key
from lachan.foundation.charts.looks import Look
from lachan.foundation.design import Words

Point = tuple[float, float]  # longitude, latitude

WIDTH, MOST_HEIGHT, MARGIN = 720, 760, 14
FAR_OUT = 110.4  # degrees east: beyond it lie only the archipelagos
LETTER = 13
LETTER_ON_A_PHONE = 25  # the picture is shown there at about half its size
SPOT, BIG = 5.0, 1.5  # a point's radius, and how much larger a big one is
SMALL_PART, ROOM_AROUND = (
    0.45,
    0.03,
)  # of the ground's breadth and height; degrees kept around spots that fill less of it
FEW = 60  # points that can all have their names beside them


@dataclass(frozen=True)
class Area:
    """A shape. Without a look it is only the ground that points stand on."""

    name: str
    rings: Sequence[Sequence[Point]]
    label: Point
    look: Look | None = None
    words: Words = ""  # said when pointed at
    href: str = ""


@dataclass(frozen=True)
class Spot:
    """A point. A big one has its name beside it wherever there is room."""

    name: str
    at: Point
    look: Look
    words: Words
    href: str = ""
    big: bool = False
    label: str = ""  # a shorter name to stand beside it


@dataclass(frozen=True)
class AreaMap:
    """Areas and points. `far`: names of groups of islands and where their names stand."""

    finding: Words
    about: Words
    areas: Sequence[Area]
    spots: Sequence[Spot] = ()
    far: Sequence[tuple[str, Point]] = ()
    source: Words = ""
    key: Sequence[Piece] = ()


def drawn_map(chart: AreaMap) -> SafeString:
    """The map. What lies far out is drawn in place on a map of the country, and in a frame of its own on a map of one province."""
    whole = len(chart.areas) > 1
    near = _looked_at(chart, whole=whole)
    if not near:
        return SafeString("")
    projection, height = _projection(near)
    inset = None if whole else _inset(chart, height)
    drawing = _Drawing(chart, projection, inset, height)
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>{}'
        '<svg class="map" viewBox="0 0 {} {}" role="group" aria-labelledby="map-t" aria-describedby="map-d">'
        '<title id="map-t">{}</title><desc id="map-d">{}</desc>{}{}{}{}</svg>'
        '<p class="chart-source">{}</p></figure>',
        chart.finding,
        key(chart.key, spots=bool(chart.spots)),
        WIDTH,
        f"{height:.0f}",
        chart.finding,
        chart.about,
        drawing.areas(),
        drawing.frame(),
        drawing.spots(),
        drawing.labels(),
        chart.source,
    )


def _looked_at(chart: AreaMap, *, whole: bool) -> list[Point]:
    """Points that must be on the map: everything, or only the spots with room around them when they fill a small part of it."""
    ground = [point for area in chart.areas for ring in area.rings for point in ring if whole or point[0] < FAR_OUT]
    spots = [spot.at for spot in chart.spots if whole or spot.at[0] < FAR_OUT]
    if not spots or not ground:
        return ground + spots
    (west, south, east, north), (left, low, right, high) = _box(spots), _box(ground)
    if east - west > SMALL_PART * (right - left) or north - south > SMALL_PART * (high - low):
        return ground + spots
    room = ROOM_AROUND + 0.12 * max(east - west, north - south)
    return [(west - room, south - room), (east + room, north + room)]


def _box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return min(lons), min(lats), max(lons), max(lats)


def _projection(points: Sequence[Point]) -> tuple[Projection, float]:
    """The largest map of all points in the width there is, and its height."""
    widest = fit(points, WIDTH, 10_000, MARGIN)
    lats = [lat for _, lat in points]
    height = min((max(lats) - min(lats)) * widest.down + 2 * MARGIN, MOST_HEIGHT)
    return fit(points, WIDTH, height, MARGIN), height


def _inset(chart: AreaMap, height: float) -> tuple[Projection, Box] | None:
    """A frame at the lower right for islands too far out for the map of their province."""
    points = [point for area in chart.areas for ring in area.rings for point in ring if point[0] >= FAR_OUT]
    if not points:
        return None
    box = Box(WIDTH - 190, height - 190, 180, 180)
    inner = fit(points, box.width, box.height, 22)
    moved = Projection(inner.west, inner.north, inner.across, inner.down, inner.left + box.left, inner.top + box.top)
    return moved, box


@dataclass(frozen=True)
class _Drawing:
    chart: AreaMap
    projection: Projection
    inset: tuple[Projection, Box] | None
    height: float

    def at(self, point: Point) -> Point:
        far = self.inset and point[0] >= FAR_OUT
        return (self.inset[0] if self.inset and far else self.projection)(*point)

    @cached_property
    def places(self) -> dict[Spot, Point]:
        """Where each point is drawn: the big ones first, so that they keep their places."""
        ordered = sorted(self.chart.spots, key=lambda spot: not spot.big)
        return dict(zip(ordered, apart([self.at(spot.at) for spot in ordered], 2 * SPOT), strict=True))

    def areas(self) -> SafeString:
        return format_html_join("", "{}", ((self._area(area),) for area in self.chart.areas))

    def _area(self, area: Area) -> SafeString:
        path = "".join(self._ring(ring) for ring in area.rings)
        if area.look is None:
            return format_html('<path class="ground" d="{}"/>', path)
        shape = format_html(
            '<path class="area look-{0}" d="{1}" fill="url(#fill-{0})"><title>{2}: {3}</title></path>',
            area.look, path, area.name, area.words,
        )  # fmt: skip
        return format_html('<a href="{}" tabindex="-1">{}</a>', area.href, shape) if area.href else shape

    def _ring(self, ring: Sequence[Point]) -> str:
        drawn = [self.at(point) for point in ring]
        line = thinned(drawn, 1.2) if len(self.chart.areas) > 1 else drawn
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) + "z"

    def frame(self) -> SafeString:
        """The frame around the islands far out."""
        if not self.inset:
            return SafeString("")
        box = self.inset[1]
        return format_html(
            '<rect class="inset" x="{}" y="{:}" width="{}" height="{}"/>',
            box.left,
            f"{box.top:.1f}",
            box.width,
            box.height,
        )

    def spots(self) -> SafeString:
        """Small ones first, so that the big ones lie above."""
        ordered = sorted(self.chart.spots, key=lambda spot: (spot.big, spot.look == "overdue"))
        lines = []
        for spot in ordered:
            x, y = self.places[spot]
            where = f"translate({x:.1f} {y:.1f})" + (f" scale({BIG})" if spot.big else "")
            lines.append((spot.href, spot.look, where, spot.name, spot.words))
        return format_html_join(
            "", '<a href="{}" tabindex="-1"><use href="#spot-{}" transform="{}"/><title>{}: {}</title></a>', lines
        )

    def labels(self) -> SafeString:
        """Names where there is room, placed once for wide windows and once, with larger letters, for phones."""
        return self._labels("wide", LETTER) + self._labels("narrow", LETTER_ON_A_PHONE)

    def _labels(self, name: str, size: int) -> SafeString:
        frame = Box(0, 0, WIDTH, self.height)
        avoid = self._spot_boxes()
        far = place([(*self.at(at), word) for word, at in self.chart.far], size=size, gap=2, frame=frame)
        taken = [*avoid, *(label.box for label in far)]
        placed = place(
            self._wanted(), size=size, gap=SPOT * BIG + 2 if self.chart.spots else 0, frame=frame, avoid=taken
        )
        return format_html('<g class="map-labels {}" aria-hidden="true">{}</g>', name, _texts([*far, *placed], size))

    def _wanted(self) -> Iterable[tuple[float, float, str]]:
        few = len(self.chart.spots) <= FEW
        for spot in sorted(self.chart.spots, key=lambda one: (not one.big, one.look != "overdue")):
            if spot.big or few:
                yield *self.places[spot], spot.label or spot.name
        if not self.chart.spots:
            for area in self.chart.areas:
                x, y = self.at(area.label)
                yield x, y, area.name

    def _spot_boxes(self) -> list[Box]:
        """What no label may cover: every point where there are few, else the big ones."""
        few = len(self.chart.spots) <= FEW
        boxes = []
        for spot in self.chart.spots:
            if few or spot.big:
                half = SPOT * (BIG if spot.big else 1)
                x, y = self.places[spot]
                boxes.append(Box(x - half, y - half, 2 * half, 2 * half))
        return boxes


def _texts(labels: Sequence[Label], size: int) -> SafeString:
    drawn = ((f"{one.box.left + one.box.width / 2:.0f}", f"{one.box.top + size:.0f}", one.text) for one in labels)
    return format_html_join("", '<text x="{}" y="{}">{}</text>', drawn)
