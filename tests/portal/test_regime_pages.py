"""Pages of periodic reports, and of the days offices are off."""

from datetime import date, timedelta
from typing import Any

import pytest
from cascades import of, reported
from cast import DAY, NOW, Cast, found, signed_in_as
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from regimes import a_pattern, in_force, prescribed

from lachan.campaigns.models import Campaign, OfficeDay, Regime
from lachan.campaigns.office import working_days

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def pattern(cast: Cast) -> Campaign:
    return a_pattern(cast)


@pytest.fixture
def an(cast: Cast) -> Client:
    return signed_in_as(cast.an)


def typed(**other: Any) -> dict[str, Any]:
    return {
        "name": "Báo cáo tháng",
        "rhythm": "month",
        "last_day": "14",
        "number": "3",
        "counting": "working_days",
        "opens_days": "10",
        "groups": ["ubnd-cap-xa"],
        "within": "",
        "but": "",
        "newcomers": "on",
        **other,
    }


def new(pattern: Campaign) -> str:
    return f"/chien-dich/{pattern.pk}/bao-cao-dinh-ky/"


def test_a_regime_is_prescribed_looked_at_and_put_in_force(an: Client, pattern: Campaign) -> None:
    assert an.get(new(pattern)).context["form"].initial["last_day"] == 14
    page = an.post(new(pattern), typed(but="Xã Gò Thấp"), follow=True)
    assert "<strong>3 đơn vị</strong> sẽ phải báo cáo kỳ Tháng 3/2025" in page.content.decode()
    regime = Regime.objects.get()
    assert not regime.rounds.exists()
    page = an.post(f"/che-do-bao-cao/{regime.pk}/ap-dung/", follow=True)
    assert "Báo cáo tháng – Tháng 3/2025" in page.content.decode()
    assert regime.rounds.get().assignments.count() == 3


def test_the_next_round_is_given_out_by_a_press(an: Client, pattern: Campaign) -> None:
    regime = in_force(pattern)
    for _press in range(2):
        an.post(f"/che-do-bao-cao/{regime.pk}/giao-ky/", {"ky": "2025-04"})
    assert sorted(regime.rounds.values_list("period", flat=True)) == ["2025-03", "2025-04"]


def test_a_regime_is_stopped(an: Client, pattern: Campaign) -> None:
    regime = in_force(pattern)
    an.post(f"/che-do-bao-cao/{regime.pk}/ngung/")
    regime.refresh_from_db()
    assert regime.state == Regime.State.OFF


def test_the_form_shows_what_stands_and_keeps_places_by_name(an: Client, cast: Cast, pattern: Campaign) -> None:
    regime = prescribed(pattern, within=[cast.district])
    address = f"/che-do-bao-cao/{regime.pk}/sua/"
    shown = an.get(address).context["form"].initial
    assert shown["within"] == "Huyện Bến Đá"
    an.post(address, typed(within="Thành phố Lam Giang", name="Tên mới"))
    regime.refresh_from_db()
    assert (regime.name, list(regime.within.all())) == ("Tên mới", [cast.city])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"groups": []}, "ít nhất một nhóm hoặc một loại"),
        ({"last_day": "40"}, "31"),
        ({"within": "Xã Không Có"}, "Không thấy đơn vị nào"),
        ({"number": "ba"}, "cần là số nguyên"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    an: Client, pattern: Campaign, wrong: dict[str, Any], said: str
) -> None:
    answer = an.post(new(pattern), typed(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Báo cáo tháng" in answer.content.decode()
    assert not Regime.objects.exists()


def test_a_round_asks_its_unit_for_the_report_at_once(cast: Cast, pattern: Campaign) -> None:
    given = in_force(pattern).rounds.get().assignments.get(unit=cast.district)
    shown = signed_in_as(cast.binh).get(f"/giao-viec/{given.pk}/")
    assert shown.context["line"].step.word == "Soạn báo cáo"
    assert [event.words for event in shown.context["events"]][-1].startswith("UBND tỉnh Sông Lam giao việc")
    for word in ("Triển khai tiếp", "Xác nhận đã nhận", "Nhiệm vụ"):
        assert word not in shown.content.decode().partition("<main")[2]


def test_a_letter_that_prescribes_a_regime_waits_for_nothing(an: Client, cast: Cast, pattern: Campaign) -> None:
    Campaign.objects.filter(pk=pattern.pk).update(state=Campaign.State.DRAFT)
    address = f"/viec/{cast.province.pk}/"
    assert pattern.letter in an.get(address).context["letters"]
    prescribed(pattern)
    assert pattern.letter not in an.get(address).context["letters"]


def test_the_rates_of_a_year_stand_on_a_page_and_in_files(
    an: Client, cast: Cast, pattern: Campaign, clock: Any
) -> None:
    regime = in_force(pattern)
    reported(of(cast.ward, regime.rounds.get()), by=cast.an)
    early = an.get(f"/che-do-bao-cao/{regime.pk}/ty-le/2025/")
    assert early.context["coverage"] == "6 báo cáo chưa đến hạn nên chưa tính."
    assert [one.headline for one in early.context["rounds"]] == ["chưa đến hạn"]
    clock(NOW + timedelta(days=90))
    an = signed_in_as(cast.an)
    page = an.get(f"/che-do-bao-cao/{regime.pk}/ty-le/2025/")
    assert page.context["coverage"] == "Đã có 1 trên 6 báo cáo phải có (16,7\xa0%), còn thiếu 5."
    assert [one.cells[2][0] for one in page.context["lines"]] == ["0\xa0%", "50\xa0%"]
    text = an.get(f"/che-do-bao-cao/{regime.pk}/ty-le/2025/bang.csv").content.decode()
    assert 'Thành phố Lam Giang,2,1,"50,0",1' in text
    assert an.get(f"/che-do-bao-cao/{regime.pk}/ty-le/2025/bang.xlsx").status_code == 200
    assert an.get(f"/che-do-bao-cao/{regime.pk}/ty-le/2025/bang.pdf").status_code == 404
    assert "chưa có kỳ nào" in an.get(f"/che-do-bao-cao/{regime.pk}/ty-le/2031/").content.decode()
    assert an.get(f"/che-do-bao-cao/{regime.pk}/ty-le/1/").status_code == 404


def test_an_officer_below_has_no_part_in_it(cast: Cast, pattern: Campaign) -> None:
    regime, binh = in_force(pattern), signed_in_as(cast.binh)
    assert binh.get("/che-do-bao-cao/").context["rows"] == []
    for address in ("", "sua/", "ty-le/2025/", "ty-le/2025/bang.xlsx"):
        assert binh.get(f"/che-do-bao-cao/{regime.pk}/{address}").status_code == 404
    for address in ("ap-dung/", "ngung/", "giao-ky/", "sua/"):
        assert binh.post(f"/che-do-bao-cao/{regime.pk}/{address}", {"ky": "2025-04"}).status_code == 404
    assert binh.post(new(pattern), typed()).status_code == 404


def test_the_page_takes_as_many_queries_for_many_units_and_rounds_as_for_few(
    an: Client, cast: Cast, pattern: Campaign
) -> None:
    regime, prices = in_force(pattern), []
    for more in (False, True):
        if more:
            for number in range(6):
                found(f"9911{number}", f"Xã Mới {number}", "commune", cast.district)
            an.post(f"/che-do-bao-cao/{regime.pk}/giao-ky/", {"ky": "2025-04"})
        for address in (
            f"/che-do-bao-cao/{regime.pk}/",
            "/che-do-bao-cao/",
            f"/che-do-bao-cao/{regime.pk}/ty-le/2025/",
        ):
            with CaptureQueriesContext(connection) as queries:
                assert an.get(address).status_code == 200
            prices.append(len(queries))
    assert prices[:3] == prices[3:]
    assert max(prices) <= 30


def test_the_operator_adds_a_day_off_and_takes_it_back(an: Client) -> None:
    an.post("/ngay-lam-viec/", {"day": "21/3/2025", "name": "Nghỉ theo quyết định của UBND tỉnh"})
    assert not working_days().works(date(2025, 3, 21))
    assert "Nghỉ theo quyết định" in an.get("/ngay-lam-viec/").content.decode()
    an.post(f"/ngay-lam-viec/{OfficeDay.objects.get().pk}/bo/")
    assert working_days().works(date(2025, 3, 21))


def test_a_saturday_is_made_a_working_day(an: Client) -> None:
    an.post("/ngay-lam-viec/", {"day": "15/3/2025", "works": "on", "name": "Làm bù"})
    assert working_days().works(date(2025, 3, 15))


def test_a_day_off_moves_what_is_due(cast: Cast, an: Client, pattern: Campaign) -> None:
    an.post("/ngay-lam-viec/", {"day": "19/3/2025", "name": "Nghỉ"})
    march = in_force(pattern).rounds.get()
    assert march.report_due and march.report_due.date() == date(2025, 3, 20)


def test_a_day_that_cannot_be_read_is_said(an: Client) -> None:
    answer = an.post("/ngay-lam-viec/", {"day": "hôm qua", "name": "Nghỉ"})
    assert answer.status_code == 422
    assert "18/11/2024" in answer.content.decode()
    assert not OfficeDay.objects.exists()


def test_only_an_operator_changes_days(cast: Cast) -> None:
    assert signed_in_as(cast.binh).get("/ngay-lam-viec/").status_code == 403
    assert signed_in_as(cast.binh).post("/ngay-lam-viec/", {"day": str(DAY), "name": "Nghỉ"}).status_code == 403
