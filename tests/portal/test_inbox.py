from datetime import datetime, timedelta

import pytest
from cascades import a_campaign, a_letter, of, passed_on, reported, submitted
from cast import NOW, Cast, hire, signed_in_as
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lachan.campaigns import actions
from lachan.campaigns.models import Assignment
from lachan.orgs.actions import Founding, found_units
from lachan.orgs.models import Person, Role, Unit
from lachan.portal.inbox import Line, Urgency, desk, lines
from lachan.reporting.actions import returns


@pytest.fixture
def given(cast: Cast) -> Assignment:
    return of(cast.district, a_campaign(cast.department, [cast.district, cast.press], by=cast.an))


def seen(unit: Unit, person: Person, now: datetime = NOW) -> list[Line]:
    return lines(desk(unit, person, now), now)


def steps(unit: Unit, person: Person, now: datetime = NOW) -> list[str]:
    return [line.step.word if line.step else "" for line in seen(unit, person, now)]


def test_an_officer_is_led_from_receipt_to_the_report(given: Assignment, cast: Cast) -> None:
    assert steps(cast.district, cast.binh) == ["Xác nhận đã nhận"]
    actions.receive(given, by=cast.binh, now=NOW)
    assert steps(cast.district, cast.binh) == ["Triển khai tiếp"]
    passed_on(given, [cast.commune], by=cast.binh)
    assert steps(cast.district, cast.binh) == ["Soạn báo cáo"]
    version = submitted(given, by=cast.binh)
    assert steps(cast.district, cast.binh) == [""]
    assert steps(cast.district, cast.dung) == ["Duyệt báo cáo"]
    returns.send_back(version, unit=cast.district, remark="Thiếu số liệu", by=cast.dung, now=NOW)
    assert steps(cast.district, cast.binh) == ["Sửa báo cáo"]
    reported(given, by=cast.dung, now=NOW + timedelta(minutes=1))
    assert [line.urgency for line in seen(cast.district, cast.binh)] == [Urgency.DONE]


def test_returns_of_the_level_below_wait_in_the_inbox_of_the_level_above(given: Assignment, cast: Cast) -> None:
    passed_on(given, [cast.commune, cast.township], by=cast.binh)
    reported(of(cast.commune, given.campaign), by=cast.chi)
    assert "Xem và nhận" in steps(cast.district, cast.binh)
    assert steps(cast.province, cast.an) == []
    reported(given, by=cast.dung)
    assert steps(cast.province, cast.an) == ["Xem và nhận"]


def test_what_is_late_comes_first_then_what_is_new(cast: Cast) -> None:
    for due in (timedelta(days=30), timedelta(days=5), timedelta(days=20), timedelta(days=12)):
        a_campaign(cast.department, [cast.press], by=cast.an, due=NOW + due)
    eve = hire("Eve", (Role.OFFICER, cast.press))
    received = Assignment.objects.filter(unit=cast.press, dispatch__report_due__in=[NOW + timedelta(days=12)]).get()
    actions.receive(received, by=eve, now=NOW)
    told = [(line.urgency, line.due.days) for line in seen(cast.press, eve, NOW + timedelta(days=10))]
    assert told == [(Urgency.LATE, -5), (Urgency.NEW, 10), (Urgency.NEW, 20), (Urgency.SOON, 2)]


def test_from_above_there_is_nothing_to_press(given: Assignment, cast: Cast) -> None:
    assert steps(cast.district, cast.an) == [""]
    html = signed_in_as(cast.an).get(f"/viec/{cast.district.pk}/").content.decode()
    assert "giao-viec" in html
    assert "xac-nhan" not in html


def test_a_closed_campaign_asks_for_nothing(given: Assignment, cast: Cast) -> None:
    actions.close(given.campaign, by=cast.an, now=NOW)
    assert [(line.urgency, line.step) for line in seen(cast.district, cast.binh)] == [(Urgency.DONE, None)]


def test_receipt_is_confirmed_right_in_the_list(given: Assignment, cast: Cast) -> None:
    client = signed_in_as(cast.binh)
    answer = client.post(f"/giao-viec/{given.pk}/xac-nhan/", {"ve": "hop-viec"}, follow=True)
    assert answer.redirect_chain == [(f"/viec/{cast.district.pk}/", 302)]
    assert "Đã xác nhận đơn vị nhận việc" in answer.content.decode()
    given.refresh_from_db()
    assert given.received_by == cast.binh


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(("wanted", "is_shown"), [("", True), ("moi", True), ("qua-han", False), ("da-xong", False)])
def test_the_list_is_filtered_by_urgency(given: Assignment, cast: Cast, wanted: str, is_shown: bool) -> None:
    html = signed_in_as(cast.binh).get(f"/viec/{cast.district.pk}/", {"loc": wanted}).content.decode()
    assert (f"/giao-viec/{given.pk}/" in html) is is_shown


def test_a_coordinator_sees_letters_waiting_and_campaigns_running(given: Assignment, cast: Cast) -> None:
    waiting = a_letter(cast.department, by=cast.an)
    html = signed_in_as(cast.an).get(f"/viec/{cast.province.pk}/").content.decode()
    assert f"/van-ban/{waiting.pk}/lap-chien-dich/" in html
    assert f"/van-ban/{given.campaign.letter_id}/lap-chien-dich/" not in html
    assert f"/chien-dich/{given.campaign_id}/" in html


def test_an_officer_of_a_district_sees_no_campaign_of_the_province(given: Assignment, cast: Cast) -> None:
    html = signed_in_as(cast.binh).get(f"/viec/{cast.district.pk}/").content.decode()
    assert f'"/chien-dich/{given.campaign_id}/"' not in html


def test_the_price_of_an_inbox_does_not_grow(cast: Cast) -> None:
    eve = hire("Eve", (Role.OFFICER, cast.press), (Role.COORDINATOR, cast.press))
    client = signed_in_as(eve)

    def price() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/viec/{cast.press.pk}/").status_code == 200
        return len(queries)

    foundings = [Founding(code=f"P{n}", name=f"Phòng {n}", kind="office-section", parent=cast.press) for n in range(9)]
    rooms = found_units(foundings, by=None, now=NOW)

    def another() -> None:
        given = of(cast.press, a_campaign(cast.department, [cast.press], by=cast.an))
        passed_on(given, rooms, by=eve)
        for room in rooms:
            reported(of(room, given.campaign), by=eve)
        a_campaign(cast.press, rooms[:1], by=eve)
        a_letter(cast.press, by=eve)

    another()
    price()  # what is read once, such as content types
    before = price()
    for _again in range(4):
        another()
    assert price() == before


def test_signed_out_the_front_page_says_what_this_is() -> None:
    html = Client().get("/").content.decode()
    assert "Đăng nhập" in html


def test_with_one_unit_one_lands_in_its_inbox(cast: Cast) -> None:
    answer = signed_in_as(cast.binh).get("/", follow=True)
    assert answer.redirect_chain[-1] == (f"/viec/{cast.district.pk}/", 302)


def test_with_several_units_one_chooses(cast: Cast) -> None:
    hoa = hire("Hoa", (Role.OFFICER, cast.press), (Role.HEAD, cast.education), (Role.OFFICER, cast.education))
    html = signed_in_as(hoa).get("/", follow=True).content.decode()
    assert f"/viec/{cast.press.pk}/" in html
    assert f"/viec/{cast.education.pk}/" in html
    assert "thủ trưởng, cán bộ phụ trách" in html


def test_without_a_role_one_is_told_whom_to_ask(cast: Cast) -> None:
    html = signed_in_as(hire("Giang")).get("/", follow=True).content.decode()
    assert "chưa được giao vai trò" in html
    assert cast.an.email in html


def test_an_operator_without_an_inbox_starts_at_the_unit_they_look_after(cast: Cast) -> None:
    answer = signed_in_as(hire("Linh", (Role.OPERATOR, cast.province))).get("/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/don-vi/{cast.province.pk}/"


def test_an_editor_is_told_that_there_is_no_inbox(cast: Cast) -> None:
    html = signed_in_as(hire("Linh", (Role.EDITOR, cast.province))).get("/", follow=True).content.decode()
    assert "không có hộp việc riêng" in html
