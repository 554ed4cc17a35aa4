"""Where official units lie, before and since the reform."""

import pytest

from lachan.orgs.official import rows_of
from lachan.orgs.places import all_provinces, outline, place_of, provinces


@pytest.mark.parametrize(
    ("code", "parent", "near"),
    [
        ("00004", "01", (105.837, 21.036)),  # Phường Ba Đình, since the reform
        ("00004", "001", (105.837, 21.036)),  # Phường Trúc Bạch, which went into it
        ("05953", "19", (106.01, 21.42)),  # Xã Kha Sơn took the number of
        ("05953", "173", (106.0, 21.48)),  # Xã Lương Phú, which lies elsewhere
        ("20333", "48", (111.97, 16.44)),  # Đặc khu Hoàng Sa
    ],
)
def test_a_number_used_twice_is_told_apart_by_the_parent(code: str, parent: str, near: tuple[float, float]) -> None:
    place = place_of(code, parent)
    assert place is not None
    assert abs(place.point[0] - near[0]) < 0.06
    assert abs(place.point[1] - near[1]) < 0.06


def test_a_district_lies_in_the_middle_of_its_communes() -> None:
    place = place_of("001", "01")  # Quận Ba Đình
    assert place is not None
    assert place.outline == "2024-01"
    assert 105.80 < place.point[0] < 105.86


def test_almost_every_unit_of_both_trees_has_a_place() -> None:
    old = [row["code"] for row in rows_of("units_2024.csv") if len(row["code"]) > 2]
    new = [row for row in rows_of("units_2025.csv") if len(row["code"]) > 2]
    without = [code for code in old if not place_of(code, "000")]
    assert set(without) <= {"462", "06844", "06856", "19357", "19358", "19360", "19361", "19705"}
    assert {row["code"] for row in new if not place_of(row["code"], row["parent_code"])} == {"06856", "19360"}


def test_a_made_up_code_has_no_place() -> None:
    assert place_of("99101", "991") is None


def test_the_shapes_are_those_of_the_tree_the_provinces_belong_to() -> None:
    assert len(all_provinces(["01", "38"])) == 34
    assert len(all_provinces(["01", "36", "38"])) == 63  # Nam Định ended with the reform
    assert provinces(["38"])["38"].name == "Tỉnh Thanh Hóa"


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_both_archipelagos_are_drawn_with_the_provinces_they_belong_to(year: str) -> None:
    for code, name in (("48", "Hoàng Sa"), ("56", "Trường Sa")):
        shape = outline(f"{year}-{code}")
        assert shape.archipelago == name
        assert any(lon > 111 for ring in shape.rings for lon, _ in ring)
