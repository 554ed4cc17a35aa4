"""Where one is signed in, for how long, and ending it."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from cast import NOW, Cast
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from signing_in import log_in

from lachan.accounts.actions import end_sessions
from lachan.foundation.models import AuditEntry

PAGE = "/tai-khoan/phien/"


def test_the_list_names_the_device_in_words(cast: Cast) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/126 Safari/537.36"})
    client.post("/tai-khoan/login/", {"login": cast.binh.email, "password": "một câu dài để vào", "device": "own"})
    shown = client.get(PAGE).content.decode()
    assert "Chrome trên Windows" in shown
    assert "Máy này" in shown


def test_ending_another_session_ends_it_at_once(cast: Cast) -> None:
    here, there = log_in(cast.binh), log_in(cast.binh)
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"{PAGE}{other.pk}/ket-thuc/")
    assert there.get("/tai-khoan/").status_code == 302
    assert here.get("/tai-khoan/").status_code == 200


def test_all_others_end_and_this_one_stays(cast: Cast) -> None:
    here, others = log_in(cast.binh), [log_in(cast.binh) for _ in range(3)]
    here.post(f"{PAGE}ket-thuc-phien-khac/")
    assert [one.get("/tai-khoan/").status_code for one in others] == [302] * 3
    assert here.get("/tai-khoan/").status_code == 200
    assert AuditEntry.objects.get(verb="accounts.end_sessions").detail == {"sessions": 3}


def test_nobody_ends_the_session_of_another(cast: Cast) -> None:
    mine, theirs = log_in(cast.binh), log_in(cast.chi)
    other = UserSession.objects.get(session_key=theirs.session.session_key)
    mine.post(f"{PAGE}{other.pk}/ket-thuc/")
    assert theirs.get("/tai-khoan/").status_code == 200


def test_signing_somebody_out_everywhere_ends_all(cast: Cast) -> None:
    clients = [log_in(cast.binh), log_in(cast.binh)]
    assert end_sessions(cast.binh, by=cast.an, now=NOW) == 2
    assert [one.get("/tai-khoan/").status_code for one in clients] == [302, 302]


def ends_in(client: Client) -> timedelta:
    key = client.session.session_key
    return Session.objects.get(pk=key).expire_date - UserSession.objects.get(session_key=key).created_at


def test_a_shared_device_is_signed_out_after_the_idle_time(cast: Cast) -> None:
    client = log_in(cast.binh, device="shared")
    idle = timedelta(seconds=settings.SHARED_DEVICE_IDLE_SECONDS)
    assert ends_in(client) < idle + timedelta(minutes=1)
    Session.objects.update(expire_date=F("expire_date") - idle)
    assert client.get("/tai-khoan/").status_code == 302


def test_every_page_puts_off_the_end_on_a_shared_device(cast: Cast) -> None:
    client = log_in(cast.binh, device="shared")
    client.get("/tai-khoan/")
    Session.objects.update(expire_date=F("expire_date") - timedelta(minutes=10))
    client.get("/tai-khoan/")
    assert ends_in(client) > timedelta(minutes=10)


def test_a_page_that_looks_for_news_by_itself_does_not_put_off_the_end(cast: Cast) -> None:
    client = log_in(cast.binh, device="shared")
    client.get("/tai-khoan/")
    Session.objects.update(expire_date=F("expire_date") - timedelta(minutes=10))
    left = client.get("/tai-khoan/phien/con-lai/", headers={"HX-Request": "true"}).json()["seconds"]
    assert left < settings.SHARED_DEVICE_IDLE_SECONDS - 500
    assert ends_in(client) < timedelta(seconds=settings.SHARED_DEVICE_IDLE_SECONDS - 500)


def test_how_long_is_left_is_told_to_nobody_after_the_end(cast: Cast) -> None:
    assert Client().get("/tai-khoan/phien/con-lai/").status_code == 401


def test_a_device_of_ones_own_stays_signed_in_for_days(cast: Cast) -> None:
    assert ends_in(log_in(cast.binh, device="own")) > timedelta(days=13)


def test_the_browser_of_a_shared_device_offers_no_address_to_the_next(cast: Cast) -> None:
    client = log_in(cast.binh, device="shared")
    client.post("/tai-khoan/logout/")
    shown = client.get("/tai-khoan/login/").content.decode()
    assert 'autocomplete="off"' in shown
    assert cast.binh.email not in shown


def test_signing_out_stands_as_a_button_on_a_shared_device(cast: Cast) -> None:
    assert "Máy dùng chung" in log_in(cast.binh, device="shared").get("/don-vi/").content.decode()


def test_the_page_takes_the_same_queries_for_one_session_and_for_ten(cast: Cast) -> None:
    client = log_in(cast.binh)
    client.get(PAGE)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as run:
            client.get(PAGE)
        counts.append(len(run))
        for _ in range(9):
            log_in(cast.binh)
    assert counts[0] == counts[1]
