"""Pictures of counts: what they draw, that they stay small, and that nothing in them is taken for markup."""

import gzip
import re
from datetime import date

import pytest
from lxml import etree

from lachan.engine.charts import running_total
from lachan.foundation.charts import Area, AreaMap, Bar, BarChart, DayChart, DayLine, DayMark, Piece, Spot
from lachan.foundation.charts.areas import drawn_map
from lachan.foundation.charts.bars import drawn_bars
from lachan.foundation.charts.days import drawn_days
from lachan.foundation.charts.looks import LOOKS, RATES, definitions, rate_look
from lachan.foundation.charts.samples import samples
from lachan.orgs.official import rows_of
from lachan.orgs.places import all_provinces, outline, place_of

WEIGHT = 150_000  # octets of a map with 600 communes, compressed


def well_formed(markup: str) -> etree._Element:
    return etree.fromstring(f"<all>{markup}</all>")


def ground(key: str) -> Area:
    shape = outline(key)
    return Area(shape.name, shape.rings, shape.label)


@pytest.mark.parametrize("name", ["bars", "days", "map"])
def test_a_picture_is_well_formed_and_has_a_title_and_no_style(name: str) -> None:
    drawn = {"bars": drawn_bars, "days": drawn_days, "map": drawn_map}[name](samples()[name])
    found = well_formed(drawn)
    assert found.find("figure/figcaption") is not None
    assert " style=" not in drawn


def test_a_name_is_never_markup() -> None:
    evil = "<script>1</script>"
    bars = drawn_bars(BarChart(evil, [Bar(evil, [Piece("done", evil, 1)], evil)], [], 1))
    spots = drawn_map(
        AreaMap(evil, evil, [], [Spot(evil, (105, 20), "done", evil, big=True)], [(evil, (105, 20))], evil)
    )
    days = drawn_days(
        DayChart(evil, [DayLine(evil, running_total({}, *(date(2025, 1, 1),) * 2), "main")],
                 [DayMark(evil, date(2025, 1, 1), "due")], date(2025, 1, 1), date(2025, 1, 2), 1, evil)
    )  # fmt: skip
    for drawn in (bars, spots, days):
        assert "<script" not in drawn
        assert "&lt;script" in drawn


def test_every_look_has_a_pattern_and_every_state_a_shape_of_its_own() -> None:
    defined = definitions()
    patterns = [re.sub(r"(fill|look)-\w+", "", one) for one in re.findall(r"<pattern.*?</pattern>", defined)]
    assert len(patterns) == len(LOOKS) + len(RATES)
    shapes = re.findall(r'<g id="spot-\w+" class="[^"]*">(.*?)</g>', defined)
    assert len(set(shapes)) == len(LOOKS)


def test_shares_are_told_apart_in_five_steps() -> None:
    assert [rate_look(share) for share in (0, 0.24, 0.25, 0.5, 0.75, 0.999, 1)] == [
        "none", "none", "few", "half", "most", "most", "all",
    ]  # fmt: skip


def test_a_map_of_600_communes_is_light() -> None:
    rows = [row for row in rows_of("units_2024.csv") if len(row["code"]) == 5][:600]
    placed = [(row["name"], place_of(row["code"], row["parent_code"])) for row in rows]
    spots = [
        Spot(name, place.point, "overdue", "Quá hạn", f"/giao-viec/{100000 + at}/", big=at % 20 == 0)
        for at, (name, place) in enumerate(placed)
        if place
    ]
    drawn = drawn_map(AreaMap("Tình hình", "", [ground("2024-01")], spots))
    assert drawn.count("<use ") == len(spots) > 590
    assert len(gzip.compress(drawn.encode())) < WEIGHT / 3


@pytest.mark.parametrize("codes", [["01", "38"], ["01", "36", "38"]])
def test_a_map_of_the_country_is_light_and_names_both_archipelagos(codes: list[str]) -> None:
    shapes = all_provinces(codes)
    areas = [Area(shape.name, shape.rings, shape.label, "half", "một nửa") for shape in shapes.values()]
    far = [(shape.archipelago, shape.archipelago_label) for shape in shapes.values() if shape.archipelago_label]
    drawn = drawn_map(AreaMap("Cả nước", "", areas, far=far))
    assert len(gzip.compress(drawn.encode())) < WEIGHT
    for name in ("Hoàng Sa", "Trường Sa"):
        assert len(re.findall(f">{name}</text>", drawn)) == 2  # for wide windows, and for phones


def test_islands_far_out_stand_in_a_frame_on_the_map_of_their_province() -> None:
    drawn = drawn_map(AreaMap("Đà Nẵng", "", [ground("2025-48")], far=[("Hoàng Sa", (111.97, 16.44))]))
    assert 'class="inset"' in drawn
    assert ">Hoàng Sa</text>" in drawn
    assert 'class="inset"' not in drawn_map(AreaMap("Thanh Hóa", "", [ground("2025-38")]))


def test_bars_share_one_scale() -> None:
    rows = [Bar("a", [Piece("done", "x", 10)], ""), Bar("b", [Piece("done", "x", 20), Piece("overdue", "y", 20)], "")]
    drawn = drawn_bars(BarChart("", rows, [], 40))
    assert re.findall(r' x="([\d.]+)%" y="1" width="([\d.]+)%"', drawn) == [
        ("0.00", "25.00"), ("0.00", "50.00"), ("50.00", "50.00"),
    ]  # fmt: skip


def test_a_map_comes_near_when_its_points_fill_a_small_part_of_the_province() -> None:
    def apart(spots: list[Spot]) -> float:
        drawn = drawn_map(AreaMap("", "", [ground("2025-38")], spots))
        places = [float(x) for x in re.findall(r'transform="translate\(([\d.]+) ', drawn)]
        return max(places) - min(places)

    here, near, far = (Spot(name, (lon, 20.0), "done", "") for name, lon in (("a", 105.4), ("b", 105.5), ("c", 105.9)))
    assert apart([here, near]) > 2 * (apart([here, near, far]) / 5)
    assert apart([here, near]) > 300
