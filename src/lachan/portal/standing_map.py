"""Where a campaign stands, on a map: communes and districts as points, provinces as shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.campaigns.models import AssignmentQuerySet
from lachan.foundation import formats
from lachan.foundation.charts import Area, AreaMap, Piece, Spot
from lachan.foundation.charts.looks import Look, rate_look
from lachan.foundation.design import Words
from lachan.orgs import places
from lachan.orgs.models import Kind, Level, split_name
from lachan.portal.standing_pictures import OF_RETURNS
from lachan.reporting.standing import Standing

MOST_SPOTS = 900
WORDS: dict[Look, Words] = {look: word for look, word, *_rest in OF_RETURNS} | {
    "off": gettext_lazy("Không phải báo cáo hoặc được miễn")
}

RATE_WORDS: dict[Look, Words] = {
    "none": gettext_lazy("dưới 25 %"),
    "few": gettext_lazy("từ 25 %"),
    "half": gettext_lazy("từ 50 %"),
    "most": gettext_lazy("từ 75 %"),
    "all": gettext_lazy("100 %"),
}


@dataclass(frozen=True)
class Unplaced:
    """A unit that has no place on the map although it is an area."""

    name: str
    href: str


@dataclass(frozen=True)
class Beside:
    """Units of a kind that has no place by its nature: departments, schools, newspapers."""

    kind: str  # code
    word: str
    count: int


@dataclass(frozen=True)
class Mapped:
    """A map, and what is not on it."""

    chart: AreaMap | None
    unplaced: Sequence[Unplaced] = ()
    beside: Sequence[Beside] = ()
    too_many: bool = False  # only the units at the head of branches are drawn


def mapped(inside: AssignmentQuerySet, tops: AssignmentQuerySet, *, day: date, now: datetime) -> Mapped:
    """The units `inside` as points; those at the head of a branch (`tops`) only, when there are too many for a picture.

    Three queries, however many units. `day`: the day whose tree says under whom a unit stands.
    """
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    counts = dict(inside.order_by().values_list("unit_kind").annotate(count=Count("pk")))
    area_kinds = [code for code in counts if kinds[code].level]
    too_many = sum(counts[code] for code in area_kinds) > MOST_SPOTS
    drawn = (tops if too_many else inside).filter(unit_kind__in=area_kinds)
    spots, outlines, unplaced = _spots(_rows(drawn, day), kinds, now)
    beside = [Beside(code, kinds[code].name, count) for code, count in counts.items() if not kinds[code].level]
    chart = AreaMap(
        _finding(spots),
        _("Mỗi điểm là một đơn vị; hình của điểm cho biết tình trạng báo cáo. Danh sách đơn vị ở mục Danh sách."),
        [Area(one.name, one.rings, one.label) for one in map(places.outline, sorted(outlines))],
        spots,
        [(one.archipelago, one.archipelago_label) for one in map(places.outline, outlines) if one.archipelago_label],
        _source(points=True),
        _key(spots),
    )
    return Mapped(chart if spots else None, unplaced, beside, too_many=too_many)


def _rows(drawn: AssignmentQuerySet, day: date) -> Any:
    valid = drawn.filter(unit__versions__valid_from__lte=day, unit__versions__valid_to__gt=day)
    return valid.values_list(
        "pk", "unit_name", "unit_kind", "unit__code", "unit__versions__parent__code",
        "obligation__due_at", "obligation__counted", "obligation__received_at", "obligation__excused_at",
    )  # fmt: skip


def _spots(rows: Any, kinds: dict[str, Kind], now: datetime) -> tuple[list[Spot], set[str], list[Unplaced]]:
    spots, outlines, unplaced = [], set(), []
    for key, name, kind, code, parent, due, counted, received, excused in rows:
        href = reverse("portal:assignment", args=[key])
        place = places.place_of(code, parent or "")
        if place is None:
            unplaced.append(Unplaced(name, href))
            continue
        look = "off" if excused else look_of(due, counted, received, now)
        short = split_name(name)[1]
        spots.append(
            Spot(
                name,
                place.point,
                look,
                WORDS[look],
                href,
                big=kinds[kind].level != Level.COMMUNE,
                label=short,
            )
        )
        outlines.add(place.outline)
    return spots, outlines, unplaced


def look_of(due: datetime | None, counted: int | None, received: datetime | None, now: datetime) -> Look:
    """How one unit's return stands."""
    if due is None:
        return "off"
    if counted:
        return "late" if received and received > due else "done"
    return "overdue" if due < now else "waiting"


def _key(spots: Sequence[Spot]) -> list[Piece]:
    looks = [spot.look for spot in spots]
    return [Piece(look, word, looks.count(look)) for look, word in WORDS.items() if look in looks]


def _finding(spots: Sequence[Spot]) -> str:
    looks = [spot.look for spot in spots]
    owing = len(looks) - looks.count("off")
    words = {
        "reported": formats.number(looks.count("done") + looks.count("late")),
        "owed": formats.number(owing),
        "overdue": formats.number(looks.count("overdue")),
    }
    if not looks.count("overdue"):
        return _("%(reported)s trên %(owed)s đơn vị trên bản đồ đã báo cáo, chưa đơn vị nào quá hạn.") % words
    return _("%(reported)s trên %(owed)s đơn vị trên bản đồ đã báo cáo, %(overdue)s quá hạn.") % words


def by_province(rows: Sequence[Standing], codes: dict[int, str], deeper: dict[int, str]) -> Mapped:
    """Provinces as shapes, by the share of their units that reported. `codes`: official codes by assignment."""
    known = {codes[row.assignment]: row for row in rows if row.assignment in codes}
    shapes = places.all_provinces(list(known))
    areas = [_area(shape, known.get(code), deeper) for code, shape in shapes.items()]
    looks = [area.look for area in areas]
    shares = sorted(known.values(), key=_share)
    if not shares:
        return Mapped(None)
    chart = AreaMap(
        _("Đã báo cáo nhiều nhất: %(high)s; ít nhất: %(low)s.") % {"low": _said(shares[0]), "high": _said(shares[-1])},
        _("Mỗi tỉnh, thành phố tô theo tỷ lệ đơn vị đã báo cáo."),
        areas,
        far=[(shape.archipelago, shape.archipelago_label) for shape in shapes.values() if shape.archipelago_label],
        source=_source(points=False),
        key=[Piece(look, word, looks.count(look)) for look, word in RATE_WORDS.items() if look in looks],
    )
    unplaced = [
        Unplaced(row.name, deeper.get(row.assignment or 0, "")) for code, row in known.items() if code not in shapes
    ]
    return Mapped(chart, unplaced)


def _area(shape: places.Outline, row: Standing | None, deeper: dict[int, str]) -> Area:
    name = split_name(shape.name)[1]
    if row is None:
        return Area(name, shape.rings, shape.label)
    words = _("%(reported)s trên %(owed)s đã báo cáo") % {"reported": row.reported, "owed": row.owed}
    label = f"{name} {formats.percent(_share(row), 0)}"
    return Area(label, shape.rings, shape.label, rate_look(_share(row)), words, deeper.get(row.assignment or 0, ""))


def _share(row: Standing) -> float:
    return row.reported / row.owed if row.owed else 0


def _said(row: Standing) -> str:
    return f"{row.name} ({formats.percent(_share(row), 0)})"


def _source(*, points: bool) -> str:
    outlines = _("Ranh giới tỉnh: %(source)s, đã giản lược, chỉ để minh họa.") % {"source": places.SOURCE_OF_OUTLINES}
    return outlines + (" " + _("Vị trí xã: %(source)s.") % {"source": places.SOURCE_OF_POINTS} if points else "")
