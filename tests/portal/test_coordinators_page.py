"""What the coordinator sees of a running campaign: what moved, what is stuck, what waits; campaigns side by side; the year."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from cascades import DUE, a_campaign, of, passed_on, reported
from cast import NOW, Cast, hire, signed_in_as
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lachan.campaigns import actions
from lachan.campaigns.models import Campaign
from lachan.orgs.actions import Founding, found_units
from lachan.orgs.models import Person, Role
from lachan.reporting.actions import returns
from lachan.reporting.rates_reported import HOW

pytestmark = pytest.mark.usefixtures("clock")


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode()))
    return " ".join(text.split())


@pytest.fixture
def lan(cast: Cast) -> Person:
    return hire("Lan", (Role.COORDINATOR, cast.department))


@pytest.fixture
def campaign(cast: Cast, lan: Person) -> Campaign:
    """The district passed on and the newspaper reported; the city, below which a ward stands, did nothing."""
    campaign = a_campaign(cast.department, [cast.district, cast.city, cast.press], by=lan)
    passed_on(of(cast.district, campaign), [cast.commune], by=cast.binh)
    actions.receive(of(cast.district, campaign), by=cast.binh, now=NOW)
    reported(of(cast.press, campaign), by=lan)
    return campaign


def test_what_moved_since_yesterday_is_told_beside_the_numbers(campaign: Campaign, lan: Person, clock: object) -> None:
    address = f"/chien-dich/{campaign.pk}/"
    assert "24 giờ qua thêm 1" in words(signed_in_as(lan), address)
    clock(NOW + timedelta(days=2))  # type: ignore[operator]
    assert "24 giờ qua" not in words(signed_in_as(lan), address)


def test_what_is_stuck_is_told_after_a_while(campaign: Campaign, lan: Person, clock: object) -> None:
    address = f"/chien-dich/{campaign.pk}/"
    assert "nhánh chưa ai mở" not in words(signed_in_as(lan), address)
    clock(NOW + timedelta(days=4))  # type: ignore[operator]
    page = words(signed_in_as(lan), address)
    assert "2 nhánh chưa ai mở Báo Sông Lam (4 ngày), Thành phố Lam Giang (4 ngày)" in page


def test_a_unit_that_holds_others_up_is_told_with_how_many_wait(
    campaign: Campaign, cast: Cast, lan: Person, clock: object
) -> None:
    actions.open_assignment(of(cast.city, campaign), by=lan, now=NOW)
    clock(NOW + timedelta(days=4))  # type: ignore[operator]
    page = words(signed_in_as(lan), f"/chien-dich/{campaign.pk}/")
    assert "1 đơn vị chưa triển khai tiếp, 1 đơn vị bên dưới đang chờ Thành phố Lam Giang (4 ngày)" in page


def test_a_return_sent_back_and_left_lying_is_told(campaign: Campaign, cast: Cast, lan: Person, clock: object) -> None:
    version = of(cast.press, campaign).obligation.counted
    returns.send_back(version, unit=cast.department, remark="Thiếu số liệu", by=lan, now=NOW)
    clock(NOW + timedelta(days=3))  # type: ignore[operator]
    page = words(signed_in_as(lan), f"/chien-dich/{campaign.pk}/")
    assert "1 báo cáo bị trả lại mà chưa sửa Báo Sông Lam (3 ngày)" in page


def test_units_nobody_can_sign_in_for_are_counted_and_listed(campaign: Campaign, lan: Person) -> None:
    client = signed_in_as(lan)
    assert "2 đơn vị chưa có cán bộ hay thủ trưởng nào" in words(client, f"/chien-dich/{campaign.pk}/")
    page = words(client, f"/chien-dich/{campaign.pk}/tinh-hinh/?xem=danh-sach&thieu=khong-nguoi")
    assert "Báo Sông Lam" in page
    assert "Thành phố Lam Giang" in page
    assert "Xã Gò Cao" not in page


def test_what_waits_for_the_owner_has_one_next_step_each(campaign: Campaign, lan: Person, clock: object) -> None:
    page = words(signed_in_as(lan), f"/chien-dich/{campaign.pk}/")
    assert "1 báo cáo chờ nhận Xem và nhận" in page
    assert "lập báo cáo tổng hợp" not in page
    clock(DUE + timedelta(days=1))  # type: ignore[operator]
    page = words(signed_in_as(lan), f"/chien-dich/{campaign.pk}/")
    assert "3 đơn vị quá hạn báo cáo Xem và đôn đốc" in page
    assert "Đã hết hạn, cần lập báo cáo tổng hợp Báo cáo tổng hợp" in page


def test_campaigns_stand_side_by_side_and_in_their_year(
    campaign: Campaign, cast: Cast, lan: Person, clock: Any
) -> None:
    a_campaign(cast.department, [cast.education], by=lan)
    client = signed_in_as(lan)
    for address in ("/chien-dich/", f"/viec/{cast.department.pk}/"):
        page = words(client, address)
        assert "1 trên 4 đã báo cáo" in page
        assert "0 trên 1 đã báo cáo" in page
    address = f"/chien-dich/nam/{NOW.year}/"
    assert "Báo Sông Lam chưa đến hạn không giao" in words(client, address)
    clock(DUE + timedelta(days=1))
    client = signed_in_as(lan)
    page = words(client, address)
    assert f"Năm {NOW.year} có 2 chiến dịch, 2 đang triển khai." in page
    assert "Báo Sông Lam 100 % không giao" in page
    assert "Năm này không có chiến dịch nào." in words(client, "/chien-dich/nam/2019/")


def test_the_years_campaigns_carry_the_five_rates_in_the_words_of_the_report(
    campaign: Campaign, lan: Person, clock: Any
) -> None:
    clock(DUE + timedelta(days=1))
    page = words(signed_in_as(lan), f"/chien-dich/nam/{NOW.year}/")
    assert f"{campaign.name} 4 25 % 25 % 100 % 100 %" in page
    heads = " ".join(word for word, _how in HOW)
    assert heads == "Phải báo cáo Đã báo cáo Đúng hạn Có số liệu Hợp lệ"
    assert heads in page
    assert all(f"{word} {how}." in page for word, how in HOW)


def test_a_campaign_whose_reports_are_not_due_yet_has_no_rates_in_its_year(campaign: Campaign, lan: Person) -> None:
    page = words(signed_in_as(lan), f"/chien-dich/nam/{NOW.year}/")
    assert f"{campaign.name} 4 chưa đến hạn chưa đến hạn chưa đến hạn chưa đến hạn" in page
    assert "0 %" not in page


def test_a_year_holds_only_what_one_runs(campaign: Campaign, cast: Cast) -> None:
    assert campaign.name not in words(signed_in_as(cast.binh), f"/chien-dich/nam/{NOW.year}/")
    assert signed_in_as(cast.binh).get("/chien-dich/nam/99999/").status_code == 404
    nobody = hire("Mai")
    assert signed_in_as(nobody).get(f"/chien-dich/nam/{NOW.year}/").status_code == 403


@pytest.mark.parametrize("address", ["/chien-dich/{}/", "/chien-dich/nam/2025/", "/chien-dich/", "/viec/{unit}/"])
def test_the_price_does_not_grow_with_units_or_campaigns(cast: Cast, lan: Person, clock: object, address: str) -> None:
    client = signed_in_as(lan)
    prices = []
    for count in (3, 12):
        foundings = [
            Founding(code=f"S{count}-{n}", name=f"Sở {n}", kind="department", parent=cast.province)
            for n in range(count)
        ]
        units = found_units(foundings, by=None, now=NOW)
        campaigns = [a_campaign(cast.department, units, by=lan) for _ in range(count // 3)]
        for unit in units[: count // 2]:
            reported(of(unit, campaigns[-1]), by=lan)
        clock(NOW + timedelta(days=5))  # type: ignore[operator]
        there = address.format(campaigns[-1].pk, unit=cast.department.pk)
        client.get(there)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(there).status_code == 200
        prices.append(len(queries))
    assert prices[0] == prices[1]
