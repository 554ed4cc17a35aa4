"""The bell, the page of notices, and how one wishes to get them."""

from datetime import timedelta

import pytest
from cast import NOW, Cast, signed_in_as
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lachan.notices.actions import News, choose, tell, tell_of_more, ways_of
from lachan.notices.models import Kind, Notice, Way
from lachan.orgs.models import Person


def told(person: Person, count: int = 1) -> list[Notice]:
    for number in range(count):
        news = News(Kind.GIVEN, "Đơn vị được giao việc", "/tai-khoan/", f"given:{number}", unit=f"Xã {number}")
        tell([person.pk], news, now=NOW + timedelta(minutes=number))
    return list(Notice.objects.filter(person=person).order_by("made_at"))


def text(client: Client, address: str = "/thong-bao/") -> str:
    return client.get(address).content.decode()


def test_the_bell_counts_what_is_not_read(cast: Cast) -> None:
    told(cast.chi, 3)
    page = text(signed_in_as(cast.chi), "/tai-khoan/")
    assert '<strong class="bell-count">3<span class="away"> chưa đọc</span></strong>' in page
    assert "bell-count" not in text(signed_in_as(cast.binh), "/tai-khoan/")


def test_the_bell_comes_alone_when_asked_anew(cast: Cast) -> None:
    told(cast.chi)
    part = text(signed_in_as(cast.chi), "/thong-bao/chuong/")
    assert part.strip().startswith('<a class="header-link bell"')


def test_following_a_notice_reads_it_and_leads_to_where_it_is_about(cast: Cast) -> None:
    [notice] = told(cast.chi)
    answer = signed_in_as(cast.chi).get(f"/thong-bao/{notice.pk}/")
    notice.refresh_from_db()
    assert (answer["Location"], notice.read_at is not None) == ("/tai-khoan/", True)


def test_those_not_read_come_first(cast: Cast) -> None:
    older, newer = told(cast.chi, 2)
    client = signed_in_as(cast.chi)
    client.post(f"/thong-bao/{newer.pk}/da-doc/")
    page = text(client)
    assert page.index("Chưa đọc") < page.index(older.unit) < page.index("Đã đọc</h2>") < page.index(newer.unit)


def test_all_are_put_aside_but_those_that_came_meanwhile(cast: Cast) -> None:
    _first, second, third = told(cast.chi, 3)
    signed_in_as(cast.chi).post("/thong-bao/da-doc/", {"den": second.pk, "luc": second.made_at.isoformat()})
    assert list(Notice.objects.filter(read_at=None)) == [third]


def test_what_was_counted_on_after_the_page_was_drawn_stays_unread(cast: Cast) -> None:
    news = News(Kind.ARRIVED, "Có đơn vị gửi báo cáo", "/chien-dich/1/", "a")
    for moment in (NOW, NOW + timedelta(minutes=5)):
        tell_of_more([(news, [cast.chi.pk])], now=moment)
    [notice] = Notice.objects.all()
    signed_in_as(cast.chi).post("/thong-bao/da-doc/", {"den": notice.pk, "luc": NOW.isoformat()})
    assert Notice.objects.get(read_at=None).times == 2


@pytest.mark.parametrize(
    ("den", "luc"),
    [
        ("", NOW.isoformat()),
        ("x", NOW.isoformat()),
        ("9" * 30, NOW.isoformat()),
        ("1", ""),
        ("1", "x"),
        ("1", "2026-11-26T10:00:00"),
    ],
)
def test_what_can_be_no_notice_or_no_moment_is_refused(cast: Cast, den: str, luc: str) -> None:
    assert signed_in_as(cast.chi).post("/thong-bao/da-doc/", {"den": den, "luc": luc}).status_code == 404


def test_nobody_sees_or_reads_the_notices_of_another(cast: Cast) -> None:
    [notice] = told(cast.chi)
    other = signed_in_as(cast.binh)
    assert other.get(f"/thong-bao/{notice.pk}/").status_code == 404
    assert other.post(f"/thong-bao/{notice.pk}/da-doc/").status_code == 404
    assert notice.unit not in text(other)
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_page_takes_as_many_queries_for_many_as_for_one(cast: Cast) -> None:
    client, taken = signed_in_as(cast.chi), []
    for count in (1, 30):
        told(cast.chi, count)
        with CaptureQueriesContext(connection) as queries:
            text(client)
        taken.append(len(queries))
    assert taken[0] == taken[1] < 15


def test_a_person_chooses_how_each_kind_comes(cast: Cast) -> None:
    client = signed_in_as(cast.chi)
    ways = {kind.value: Way.DIGEST.value for kind in Kind} | {Kind.ACCEPTED.value: Way.OFF.value}
    answer = client.post("/tai-khoan/thong-bao/", ways)
    assert answer.status_code == 302
    assert ways_of(cast.chi)[Kind.ACCEPTED] == Way.OFF
    assert '<option value="off" selected>' in text(client, "/tai-khoan/thong-bao/")


def test_a_way_that_is_none_is_said_and_changes_nothing(cast: Cast) -> None:
    answer = signed_in_as(cast.chi).post("/tai-khoan/thong-bao/", {kind.value: "fax" for kind in Kind})
    assert answer.status_code == 422
    assert not cast.chi.notice_preferences.exists()


def test_choosing_again_replaces_what_was_chosen(cast: Cast) -> None:
    choose(cast.chi, {Kind.GIVEN: Way.OFF}, now=NOW)
    choose(cast.chi, {Kind.GIVEN: Way.PAGE}, now=NOW)
    assert list(cast.chi.notice_preferences.values_list("kind", "way")) == [(Kind.GIVEN, Way.PAGE)]
