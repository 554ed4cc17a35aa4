"""The official units: both trees, as they stood on each day."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lachan.foundation.models import AuditEntry
from lachan.orgs.actions import load_units, rename
from lachan.orgs.models import Group, Level, Person, Succession, Unit, UnitVersion

NOW = datetime(2025, 6, 30, 8, tzinfo=UTC)
BEFORE, AFTER, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 23)
THANH_HOA, THAI_NGUYEN = "38", "19"

pytestmark = pytest.mark.django_db


def count_by_level(day: date) -> list[int]:
    return [UnitVersion.objects.on(day).filter(kind__level=level).count() for level in Level]


def test_the_whole_country_stands_as_the_official_lists_say() -> None:
    load_units(by=None, now=NOW)
    assert count_by_level(BEFORE) == [63, 696, 10_035]
    assert count_by_level(AFTER) == count_by_level(TODAY) == [34, 0, 3_321]


@pytest.fixture
def thanh_hoa() -> Unit:
    load_units(by=None, now=NOW, provinces=[THANH_HOA])
    return Unit.objects.get(code=THANH_HOA)


def test_one_province_comes_with_its_districts_and_communes(thanh_hoa: Unit) -> None:
    assert count_by_level(BEFORE) == [1, 26, 547]
    assert count_by_level(AFTER) == [1, 0, 166]


def test_loading_again_changes_nothing(thanh_hoa: Unit) -> None:
    entries = AuditEntry.objects.count()
    assert load_units(by=None, now=NOW, provinces=[THANH_HOA]).nothing
    assert AuditEntry.objects.count() == entries


def test_a_province_that_the_reform_left_alone_goes_on_as_the_same_unit(thanh_hoa: Unit) -> None:
    assert Unit.objects.filter(code=THANH_HOA).count() == 1
    assert [version.valid_to.year for version in thanh_hoa.versions.all()] == [9999]
    assert thanh_hoa.branch_on(BEFORE).count() == 573
    assert thanh_hoa.branch_on(AFTER).count() == 166


def test_a_province_comes_with_those_that_were_merged_into_it() -> None:
    load_units(by=None, now=NOW, provinces=[THAI_NGUYEN])
    names = UnitVersion.objects.on(BEFORE).filter(kind__level="province").values_list("name", flat=True)
    assert set(names) == {"Tỉnh Thái Nguyên", "Tỉnh Bắc Kạn"}
    today = Unit.objects.get(code=THAI_NGUYEN, valid_from=AFTER)
    assert today.predecessions.count() == 2


def test_an_old_commune_knows_what_became_of_it() -> None:
    load_units(by=None, now=NOW, provinces=[THAI_NGUYEN])
    kha_son = Unit.objects.get(code="05959", valid_from=date(1, 1, 1))
    [link] = Succession.objects.filter(old=kha_son).select_related("new")
    assert (link.new.code, link.new.name_on(AFTER), link.event) == ("05953", "Xã Kha Sơn", "merged")


def test_a_change_of_type_is_a_new_version_of_the_same_unit() -> None:
    load_units(by=None, now=NOW, provinces=["75"])
    dong_nai = Unit.objects.get(code="75", valid_from=AFTER)
    assert [dong_nai.name_on(day) for day in (date(2026, 4, 29), date(2026, 4, 30))] == [
        "Tỉnh Đồng Nai",
        "Thành phố Đồng Nai",
    ]


def test_a_unit_changed_by_hand_is_left_alone(thanh_hoa: Unit) -> None:
    operator = Person.objects.create_person(email="v@x.vn", name="Vân", password=None, joined_at=NOW)
    nong_cong = Unit.objects.get(versions__name="Huyện Nông Cống")
    rename(nong_cong, name="Huyện Nông Cống Mới", on=date(2025, 5, 1), by=operator, now=NOW)
    assert load_units(by=None, now=NOW, provinces=[THANH_HOA]).nothing
    assert nong_cong.name_on(BEFORE) == "Huyện Nông Cống Mới"


@pytest.mark.parametrize("typed", ["nong cong", "Nông Cống", "NÔNG CỐNG", "cong huyen", "nông cố"])
def test_a_name_is_found_with_or_without_marks(thanh_hoa: Unit, typed: str) -> None:
    assert "Huyện Nông Cống" in UnitVersion.objects.on(BEFORE).search(typed).values_list("name", flat=True)


def test_marks_that_are_typed_are_meant(thanh_hoa: Unit) -> None:
    assert not UnitVersion.objects.on(BEFORE).search("huyện nồng cống").exists()


def test_an_old_spelling_finds_the_unit() -> None:
    load_units(by=None, now=NOW, provinces=["08"])
    assert UnitVersion.objects.on(BEFORE).search("sà phìn").get().name == "Xã Xà Phìn"


def test_names_stand_in_vietnamese_order_and_provinces_first(thanh_hoa: Unit) -> None:
    versions = UnitVersion.objects.on(BEFORE).in_order().select_related("kind")
    districts = [version.name for version in versions if version.kind_id == "rural-district"]
    assert versions[0].name == "Tỉnh Thanh Hóa"
    assert districts[:3] == ["Huyện Bá Thước", "Huyện Cẩm Thủy", "Huyện Hà Trung"]


def test_the_names_of_many_units_take_one_query(thanh_hoa: Unit) -> None:
    keys = list(Unit.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as queries:
        versions = UnitVersion.objects.on(BEFORE).of_units(keys)
        assert versions[thanh_hoa.pk].body_name == "UBND tỉnh Thanh Hóa"
    assert len(queries) == 1


def test_groups_come_with_their_kinds_and_phrases(thanh_hoa: Unit) -> None:
    group = Group.objects.get(code="ubnd-cap-huyen")
    assert {kind.level for kind in group.kinds.all()} == {Level.DISTRICT}
    assert "UBND các huyện, thị xã, thành phố" in group.phrases.split("\n")
