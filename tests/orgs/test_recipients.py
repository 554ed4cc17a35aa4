"""Recipients on the tree of the letter's date."""

from collections.abc import Sequence
from datetime import date

from cast import DAY, NOW, Cast

from lachan.engine.addressing import Resolved, resolve
from lachan.orgs.actions import close, load_units, rename
from lachan.orgs.models import Unit, UnitVersion
from lachan.orgs.recipients import addressable_groups, addressable_units


def resolve_recipients(lines: Sequence[str], *, issuer: Unit, day: date) -> list[Resolved]:
    return resolve(lines, addressable_units(issuer, day), addressable_groups(), issuer.pk)


def test_a_letter_of_a_department_reaches_the_districts_of_its_province(cast: Cast) -> None:
    [part] = resolve_recipients(["UBND các huyện, thị xã, thành phố"], issuer=cast.department, day=DAY)
    assert set(part.unit_keys) == {cast.district.pk, cast.city.pk}


def test_names_are_those_of_the_day_of_the_letter(cast: Cast) -> None:
    rename(cast.commune, name="Xã Gò Mới", on=date(2025, 4, 1), by=cast.an, now=NOW)
    before, after = (
        resolve_recipients(["UBND xã Gò Cao"], issuer=cast.district, day=day) for day in (DAY, date(2025, 4, 2))
    )
    assert before[0].unit_keys == (cast.commune.pk,)
    assert not after[0].settled


def test_a_unit_that_has_ended_is_not_addressed(cast: Cast) -> None:
    close(cast.commune, on=date(2025, 4, 1), by=cast.an, now=NOW)
    [part] = resolve_recipients(["UBND các xã, thị trấn"], issuer=cast.district, day=date(2025, 4, 1))
    assert set(part.unit_keys) == {cast.other_commune.pk, cast.township.pk}


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_max_num_queries) -> None:
    lines = ["Các sở, ban, ngành", "UBND cấp huyện", "UBND các xã, phường, thị trấn", "Báo Sông Lam"]
    with django_assert_max_num_queries(5):
        resolve_recipients(lines, issuer=cast.province, day=DAY)


def test_a_whole_province_is_addressed_before_and_after_the_reform(db: None) -> None:
    load_units(by=None, now=NOW, provinces=["38"])
    thanh_hoa = Unit.objects.get(code="38")
    for day, line, count in [
        (date(2025, 6, 30), "UBND các huyện, thị xã, thành phố", 26),
        (date(2025, 6, 30), "UBND các xã, phường, thị trấn", 547),
        (date(2025, 7, 1), "UBND các xã, phường", 166),
    ]:
        [part] = resolve_recipients([line], issuer=thanh_hoa, day=day)
        assert len(part.unit_keys) == count


def test_a_district_is_found_by_every_way_of_writing_it(db: None) -> None:
    load_units(by=None, now=NOW, provinces=["38"])
    thanh_hoa = Unit.objects.get(code="38")
    day = date(2025, 6, 30)
    for version in UnitVersion.objects.on(day).filter(kind__level="district"):
        name = version.name
        for line in (f"UBND {name.lower()}", f"Uỷ ban nhân dân {name}", name, f"UBND {name}, tỉnh Thanh Hoá"):
            [part] = resolve_recipients([line], issuer=thanh_hoa, day=day)
            assert part.unit_keys == (version.unit_id,), line
