"""What the level above is asked to look at again, and how it is cleared up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from cascades import a_campaign
from cast import NOW, Cast, signed_in_as
from fates import founded
from pytest_django import DjangoAssertNumQueries

from lachan.campaigns.models import Campaign
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.actions.doubts import set_aside
from lachan.reporting.doubts import look, refresh, told
from lachan.reporting.models import Obligation, Question, Return, SecondLook, SetAside

TODAY = NOW + timedelta(days=1)


def report(cast: Cast, campaign: Campaign, unit: Unit, number: int, now: datetime = NOW) -> Return:
    owed = Obligation.objects.get(form__campaign=campaign, unit=unit)
    question = Question.objects.get(form__campaign=campaign, kind="whole")
    made = returns.submit(owed, typed={question.key: str(number)}, request_key=f"{now}", by=cast.an, now=now)
    returns.approve(made, by=cast.an, now=now)
    return Return.objects.select_related("obligation__assignment", "obligation__form__campaign").get(pk=made.pk)


def said(version: Return, *, open_only: bool = False) -> list[str]:
    looks = look([version], now=TODAY).values()
    lines = told(looks, version.obligation.form.campaign)[version.pk]
    return [one.sentence for one in lines if not (open_only and one.aside)]


@pytest.fixture
def odd(cast: Cast) -> Return:
    """The city reports 340 after five times about 12."""
    for at, number in enumerate((12, 14, 11, 13, 12)):
        report(
            cast, a_campaign(cast.department, [cast.city], by=cast.an), cast.city, number, NOW - timedelta(30 * at + 1)
        )
    return report(cast, a_campaign(cast.department, [cast.city], by=cast.an), cast.city, 340)


FAR = "“Số buổi tuyên truyền” là 340, trong khi 5 lần trước của đơn vị ở quanh 12."


def test_an_odd_number_is_told_in_a_sentence_with_its_numbers(odd: Return) -> None:
    assert said(odd) == [FAR]


def test_what_is_odd_among_peers_is_told_once_there_are_enough(cast: Cast) -> None:
    units = founded(cast.province, "rural-district", 9)
    campaign = a_campaign(cast.department, units, by=cast.an)
    first = report(cast, campaign, units[0], 3400)
    assert said(first) == []
    for at, unit in enumerate(units[1:]):
        report(cast, campaign, unit, 200 + at)
    assert said(first) == ["“Số buổi tuyên truyền” là 3.400, trong khi 9 đơn vị cùng loại ở quanh 204."]


def test_an_empty_return_is_told(cast: Cast) -> None:
    version = report(cast, a_campaign(cast.department, [cast.city], by=cast.an), cast.city, 0)
    assert said(version) == ["Báo cáo chỉ có số 0 hoặc để trống."]


def put_aside(version: Return, cast: Cast, because: str = "Có thêm đợt cao điểm") -> SetAside:
    look([version], now=TODAY)
    mark = SecondLook.objects.get(version=version).doubts[0].mark
    return set_aside(version, mark=mark, because=because, by=cast.an, now=TODAY)


def test_what_is_set_aside_stays_so_with_its_reason_and_in_the_audit_trail(odd: Return, cast: Cast) -> None:
    first, again = put_aside(odd, cast), put_aside(odd, cast, "Lần nữa")
    assert (first.pk, again.because, first.sentence) == (again.pk, "Có thêm đợt cao điểm", FAR)
    assert said(odd, open_only=True) == []
    assert SecondLook.objects.get(version=odd).open == 0
    assert AuditEntry.objects.filter(verb="reporting.doubt_set_aside").count() == 1


def again(odd: Return, cast: Cast, number: int) -> Return:
    returns.send_back(odd, unit=cast.department, remark="Xem lại", by=cast.an, now=TODAY)
    return report(cast, odd.obligation.form.campaign, cast.city, number, TODAY)


def test_it_stays_set_aside_in_a_version_with_the_same_number_and_comes_back_with_another(
    odd: Return, cast: Cast
) -> None:
    put_aside(odd, cast)
    same = again(odd, cast, 340)
    assert (said(same), said(same, open_only=True)) == ([FAR], [])
    assert said(again(same, cast, 341), open_only=True) == [FAR.replace("340", "341")]


@pytest.mark.parametrize("because", ["", "   ", "x" * 501])
def test_nothing_is_set_aside_without_a_reason(odd: Return, cast: Cast, because: str) -> None:
    with pytest.raises(Refused, match="vì sao số liệu này đúng"):
        put_aside(odd, cast, because)
    assert not SetAside.objects.exists()


def test_what_is_no_doubt_any_more_is_not_set_aside(odd: Return, cast: Cast) -> None:
    look([odd], now=TODAY)
    with pytest.raises(Refused, match="số liệu đã đổi"):
        set_aside(odd, mark="past:1:999", because="Đúng", by=cast.an, now=TODAY)


def test_looking_costs_the_same_however_many(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for count in (2, 9):
        units = founded(cast.province, "rural-district", count)
        campaign = a_campaign(cast.department, units, by=cast.an)
        for unit in units:
            report(cast, campaign, unit, 10)
        with django_assert_num_queries(8):
            assert refresh(campaign, now=TODAY) == count
        assert refresh(campaign, now=TODAY) == 0


def test_a_look_with_few_peers_is_taken_anew_when_others_have_come(cast: Cast) -> None:
    units = founded(cast.province, "rural-district", 9)
    campaign = a_campaign(cast.department, units, by=cast.an)
    report(cast, campaign, units[0], 3400)
    refresh(campaign, now=NOW)
    for unit in units[1:]:
        report(cast, campaign, unit, 200, NOW + timedelta(minutes=5))
    refresh(campaign, now=NOW + timedelta(minutes=6))
    assert SecondLook.objects.filter(open=1).count() == 0
    refresh(campaign, now=NOW + timedelta(hours=2))
    assert SecondLook.objects.get(open=1).version.obligation.unit == units[0]


class TestPages:
    @pytest.fixture
    def an(self, cast: Cast) -> Any:
        return signed_in_as(cast.an)

    def test_the_reviewer_reads_it_where_the_return_is_taken_and_clears_it_up(self, an: Any, odd: Return) -> None:
        shown = an.get(odd.get_absolute_url()).content.decode()
        assert FAR in shown
        assert "Nhận báo cáo" in shown
        mark = SecondLook.objects.get(version=odd).doubts[0].mark
        address = f"{odd.get_absolute_url()}bo-qua/"
        assert an.post(address, {"mark": mark, "because": ""}).status_code == 409
        after = an.post(address, {"mark": mark, "because": "Đúng"}, follow=True).content.decode()
        assert "Điểm đã bỏ qua" in after
        assert "Vì sao số liệu này đúng" not in after

    def test_the_coordinator_has_a_list_of_both(self, an: Any, odd: Return, cast: Cast) -> None:
        here = f"/chien-dich/{odd.obligation.form.campaign_id}/nen-xem-lai/"
        arriving = here.replace("nen-xem-lai", "bao-cao-den")
        assert FAR in an.get(here).content.decode()
        assert "1 điểm" in an.get(arriving).content.decode()
        put_aside(odd, cast)
        assert FAR not in an.get(here).content.decode()
        assert "Có thêm đợt cao điểm" in an.get(f"{here}?loc=da-bo-qua").content.decode()

    def test_the_unit_itself_clears_nothing_up(self, odd: Return, cast: Cast) -> None:
        assert signed_in_as(cast.chi).get(odd.get_absolute_url()).status_code == 404
        for person, status in ((cast.chi, 404), (cast.binh, 404)):
            assert signed_in_as(person).post(f"{odd.get_absolute_url()}bo-qua/").status_code == status
            here = f"/chien-dich/{odd.obligation.form.campaign_id}/nen-xem-lai/"
            assert signed_in_as(person).get(here).status_code == 404
