"""Founding, renaming, moving and closing units; what they are called in letters."""

from datetime import date, timedelta

import pytest
from cast import DAY, NOW, Cast, found
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.vietnamese import fold
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.actions import Founding, close, found_unit, found_units, move, rename
from lachan.orgs.models import Unit, UnitVersion, searchable, split_name

APRIL, MAY = date(2025, 4, 1), date(2025, 5, 1)


def names(versions: object) -> set[str]:
    return {version.name for version in versions}


def test_a_renamed_unit_has_either_name_on_its_days(cast: Cast) -> None:
    rename(cast.commune, name="Xã Gò Mới", on=APRIL, by=cast.an, now=NOW)
    assert cast.commune.name_on(APRIL - timedelta(days=1)) == "Xã Gò Cao"
    assert cast.commune.name_on(APRIL) == "Xã Gò Mới"


def test_the_former_name_still_finds_a_renamed_unit(cast: Cast) -> None:
    rename(cast.commune, name="Xã Gò Mới", on=APRIL, by=cast.an, now=NOW)
    assert names(UnitVersion.objects.on(APRIL).search("go cao")) == {"Xã Gò Mới"}


def test_renaming_twice_on_a_day_leaves_the_last_name(cast: Cast) -> None:
    rename(cast.commune, name="Xã Gò Một", on=APRIL, by=cast.an, now=NOW)
    rename(cast.commune, name="Xã Gò Hai", on=APRIL, by=cast.an, now=NOW)
    assert [version.name for version in cast.commune.versions.all()] == ["Xã Gò Cao", "Xã Gò Hai"]


def test_a_unit_moves_with_everything_below_it(cast: Cast) -> None:
    school = found("TRUONG", "Trường Tiểu học Gò Cao", "primary-school", cast.commune)
    move(cast.commune, under=cast.city, on=APRIL, by=cast.an, now=NOW)
    before, after = APRIL - timedelta(days=1), APRIL
    assert "Trường Tiểu học Gò Cao" in names(cast.district.branch_on(before))
    assert "Trường Tiểu học Gò Cao" not in names(cast.district.branch_on(after))
    assert names(cast.city.branch_on(after)) == {"Phường Chợ Cũ", "Xã Gò Cao", "Trường Tiểu học Gò Cao"}
    assert school.version_on(after).parent == cast.commune
    assert names(UnitVersion.objects.on(after).children_of(cast.city)) == {"Phường Chợ Cũ", "Xã Gò Cao"}


def test_a_unit_does_not_move_below_itself(cast: Cast) -> None:
    with pytest.raises(Refused, match="bên dưới chính nó"):
        move(cast.district, under=cast.commune, on=APRIL, by=cast.an, now=NOW)


def test_history_is_only_added_to(cast: Cast) -> None:
    rename(cast.commune, name="Xã Gò Mới", on=MAY, by=cast.an, now=NOW)
    with pytest.raises(Refused, match="đã có thay đổi từ ngày 01/05/2025"):
        rename(cast.commune, name="Xã Gò Khác", on=APRIL, by=cast.an, now=NOW)


def test_a_closed_unit_is_not_there_any_more_but_keeps_its_name(cast: Cast) -> None:
    close(cast.commune, on=APRIL, by=cast.an, now=NOW)
    assert not UnitVersion.objects.on(APRIL).filter(unit=cast.commune).exists()
    assert cast.commune.name_on(MAY) == "Xã Gò Cao"


def test_a_unit_with_others_below_it_is_not_closed(cast: Cast) -> None:
    with pytest.raises(Refused, match="Còn đơn vị trực thuộc"):
        close(cast.district, on=APRIL, by=cast.an, now=NOW)


def test_a_closed_unit_is_not_renamed(cast: Cast) -> None:
    close(cast.commune, on=APRIL, by=cast.an, now=NOW)
    with pytest.raises(Refused, match="không còn hoạt động"):
        rename(cast.commune, name="Xã Gò Mới", on=MAY, by=cast.an, now=NOW)


def test_a_code_is_used_again_only_from_another_day(cast: Cast) -> None:
    with pytest.raises(Refused, match="Mã đơn vị đã được dùng"):
        found("99101", "Xã Gò Cao", "commune", cast.district)
    close(cast.commune, on=APRIL, by=cast.an, now=NOW)
    again = Founding(code="99101", name="Xã Khác", kind="commune", parent=cast.district, valid_from=APRIL)
    assert found_unit(again, by=cast.an, now=NOW).name_on(MAY) == "Xã Khác"


def test_a_unit_is_not_founded_under_one_that_is_not_there_yet(cast: Cast) -> None:
    late = found_unit(
        Founding(code="X", name="Huyện Mới", kind="rural-district", parent=cast.province, valid_from=MAY),
        by=None,
        now=NOW,
    )
    with pytest.raises(Refused, match="không hoạt động vào ngày thành lập"):
        found("Y", "Xã Mới", "commune", late)


def test_a_unit_founded_in_the_past_follows_its_parent_through_time(cast: Cast) -> None:
    move(cast.commune, under=cast.city, on=APRIL, by=cast.an, now=NOW)
    hamlet = found("THON1", "Thôn 1", "hamlet", cast.commune)
    assert hamlet.version_on(DAY).path.startswith(cast.district.version_on(DAY).path)
    assert hamlet.version_on(APRIL).path.startswith(cast.city.version_on(APRIL).path)


def test_every_change_leaves_an_audit_entry(cast: Cast) -> None:
    rename(cast.commune, name="Xã Gò Mới", on=APRIL, by=cast.an, now=NOW)
    move(cast.commune, under=cast.city, on=MAY, by=cast.an, now=NOW)
    close(cast.commune, on=date(2025, 6, 1), by=cast.an, now=NOW)
    last = AuditEntry.objects.order_by("-id")[:3]
    assert [(entry.verb, entry.by_name) for entry in last] == [
        ("orgs.close", "An"),
        ("orgs.move", "An"),
        ("orgs.rename", "An"),
    ]


def test_many_units_are_founded_in_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    foundings = [
        Founding(code=f"T{number}", name=f"Thôn {number}", kind="hamlet", parent=cast.commune) for number in range(300)
    ]
    with django_assert_max_num_queries(12):
        found_units(foundings, by=None, now=NOW)
    in_order = UnitVersion.objects.on(DAY).children_of(cast.commune).in_order()
    assert [version.name for version in in_order[:3]] == ["Thôn 0", "Thôn 1", "Thôn 2"]


def test_an_area_is_addressed_by_its_committee(cast: Cast) -> None:
    district = cast.district.version_on(DAY)
    assert district.body_name == "UBND huyện Bến Đá"
    assert district.heading == ("ỦY BAN NHÂN DÂN", "HUYỆN BẾN ĐÁ")
    assert district.area == "Bến Đá"


def test_another_body_is_addressed_by_its_name(cast: Cast) -> None:
    department = cast.department.version_on(DAY)
    assert department.body_name == department.area == "Sở Thông tin và Truyền thông"
    assert department.heading == ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG",)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Thị xã Nghi Sơn", ("Thị xã", "Nghi Sơn")),
        ("Xã Xuân Lộc", ("Xã", "Xuân Lộc")),
        ("Thành phố Thanh Hóa", ("Thành phố", "Thanh Hóa")),
        ("Đặc khu Lý Sơn", ("Đặc khu", "Lý Sơn")),
    ],
)
def test_a_name_splits_into_type_and_rest(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@given(st.lists(st.text("aáàạăắâấnghđ TX12", min_size=1, max_size=12), min_size=1, max_size=3))
def test_every_word_of_a_name_is_found_with_and_without_marks(written: list[str]) -> None:
    text = searchable(written)
    for name in written:
        assert all(f" {word}" in text for word in fold(name).split())


def test_units_of_one_code_are_told_apart_by_their_first_day(cast: Cast) -> None:
    close(cast.commune, on=APRIL, by=cast.an, now=NOW)
    found_unit(
        Founding(code="99101", name="Xã Khác", kind="commune", parent=cast.district, valid_from=APRIL), by=None, now=NOW
    )
    assert Unit.objects.filter(code="99101").count() == 2
