"""The figures of a campaign as reported and in today's units: the same whole, nothing rewritten, divided units as they were."""

import re
from decimal import Decimal

import pytest
from cascades import of
from cast import NOW, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reform import THEN, communes, merge, split
from scenes import Scene

from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.todays import Todays, totals_today
from lachan.reporting.totals import figure, totals


def sent_up(scene: Scene, unit: Unit, number: int) -> None:
    typed = scene.typed(number)
    version = returns.submit(scene.owed(unit), typed=typed, request_key="k", by=scene.officer, now=NOW)
    returns.approve(version, by=scene.head, now=NOW)


def page(scene: Scene, rest: str = "") -> str:
    """The words of the table, one space between them."""
    answer = signed_in_as(scene.coordinator).get(f"/chien-dich/{scene.campaign.pk}/so-lieu/{rest}")
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").split())


@pytest.fixture
def told(scene: Scene) -> Scene:
    """Each of the three communes has reported 100."""
    for unit in communes(scene.cast):
        sent_up(scene, unit, 100)
    return scene


def today(scene: Scene, top: Unit | None = None) -> Todays:
    found = totals_today(scene.campaign, of(top, scene.campaign) if top else None, THEN)
    assert found is not None
    return found


def whole(scene: Scene) -> object:
    return figure(totals(scene.campaign, None).whole, scene.number)


def test_three_communes_of_a_hundred_are_one_of_three_hundred(told: Scene) -> None:
    new = merge(told.cast, *communes(told.cast))
    known = today(told).totals
    assert figure(known.row(new.pk), told.number) == 300
    assert known.row(new.pk).coverage.received == 3
    assert figure(known.whole, told.number) == whole(told) == 300


def test_as_reported_the_branches_stay_what_they_were(told: Scene) -> None:
    before = totals(told.campaign, None)
    merge(told.cast, *communes(told.cast))
    after = totals(told.campaign, None)
    assert figure(after.row(told.cast.district.pk), told.number) == 300
    assert [one.name for one in before.branches] == [one.name for one in after.branches][:-1]


def test_nothing_changes_where_no_unit_has_changed(told: Scene) -> None:
    assert today(told).totals == totals(told.campaign, None)
    assert today(told, told.cast.district).totals == totals(told.campaign, of(told.cast.district, told.campaign))


def test_a_divided_units_figures_are_those_of_the_former_unit(told: Scene) -> None:
    split(told.cast)
    district = today(told, told.cast.district)
    [former] = district.former
    assert (former.name, former.into) == ("Xã Gò Cao", ("Xã Gò Thấp", "Thị trấn Bến Đá"))
    assert figure(former.row, told.number) == 100
    assert figure(district.totals.row(told.cast.other_commune.pk), told.number) == 100
    assert figure(district.totals.whole, told.number) == 300


def test_a_stated_share_divides_sums(told: Scene) -> None:
    split(told.cast, [Decimal("0.25"), Decimal("0.75")])
    district = today(told, told.cast.district)
    sums = [figure(district.totals.row(one.pk), told.number) for one in (told.cast.other_commune, told.cast.township)]
    assert sums == [125, 175]
    assert figure(district.totals.whole, told.number) == 300
    assert district.former[0].row.coverage.received == 1


def test_no_more_is_received_than_expected_in_any_row(told: Scene) -> None:
    merge(told.cast, *communes(told.cast))
    for row in (*today(told).totals.rows.values(), *(one.row for one in today(told).former)):
        assert row.coverage.received <= row.coverage.expected


def test_the_table_is_asked_for_in_todays_units(told: Scene) -> None:
    assert "Theo đơn vị hiện nay" not in page(told)
    merge(told.cast, *communes(told.cast))
    assert "Theo đơn vị hiện nay" in page(told)
    shown = page(told, "?don-vi=hien-nay")
    assert "Xã Bến Đá 3/3 300" in shown
    assert "Tổng cộng 3/5" in shown


def test_the_table_in_todays_units_is_taken_away_as_a_file(told: Scene) -> None:
    split(told.cast)
    district = of(told.cast.district, told.campaign).pk
    where = f"/chien-dich/{told.campaign.pk}/so-lieu/{district}/bang.csv?don-vi=hien-nay"
    lines = signed_in_as(told.coordinator).get(where).content.decode("utf-8-sig").splitlines()
    assert [line for line in lines if "đơn vị cũ" in line] == [",Xã Gò Cao (đơn vị cũ),1,1,0,100"]
    assert any(line.endswith("Xã Gò Thấp,1,1,0,100") for line in lines)


def test_below_a_unit_that_is_no_more_the_page_says_so(told: Scene) -> None:
    district = of(told.cast.district, told.campaign).pk
    merge(told.cast, *communes(told.cast))
    assert "Không còn nhánh này trong các đơn vị hiện nay" in page(told, f"{district}/?don-vi=hien-nay")


def test_todays_figures_take_few_queries_however_many_units(told: Scene) -> None:
    merge(told.cast, *communes(told.cast))
    with CaptureQueriesContext(connection) as captured:
        today(told)
    assert len(captured) <= 12
