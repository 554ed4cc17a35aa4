"""Each message reaches a real mail server once, whatever the server does meanwhile."""

import threading
from datetime import datetime, timedelta

import pytest
from cast import NOW
from django.db import connection
from post_office import PostOffice

from lachan.channels.actions import Attachment, MailDraft, post_mail, post_mails
from lachan.channels.models import Mail
from lachan.channels.sending import send_waiting

pytestmark = pytest.mark.django_db


def posted(key: str = "a", now: datetime = NOW, **more: object) -> Mail:
    return post_mail(key=key, to="xa@example.vn", subject="Giao việc", text="Hạn 17 giờ 00.", now=now, **more)  # type: ignore[arg-type]


def state() -> tuple[str, int]:
    mail = Mail.objects.get()
    return mail.state, mail.tries


def test_a_message_arrives_as_it_was_written(office: PostOffice) -> None:
    mail = posted(attachments=[Attachment("Công văn.pdf", "application/pdf", b"%PDF-1.7")])
    send_waiting(now=NOW)
    [message] = office.arrived
    [file] = message.iter_attachments()
    assert (message["Subject"], message["To"]) == ("Giao việc", "xa@example.vn")
    assert message["Message-ID"] == mail.message_id
    assert message.get_body().get_content().strip() == "Hạn 17 giờ 00."  # type: ignore[union-attr]
    assert (file.get_filename(), file.get_content()) == ("Công văn.pdf", b"%PDF-1.7")


def test_a_message_is_sent_once_however_often_the_worker_starts(office: PostOffice) -> None:
    posted()
    for hour in range(3):
        send_waiting(now=NOW + timedelta(hours=hour))
    assert (len(office.arrived), state()) == (1, ("sent", 0))


def test_one_click_leads_out_of_a_kind_of_mail(office: PostOffice) -> None:
    post_mails([MailDraft("a", "xa@example.vn", "s", "t", "https://lachan.example/ngung/x/")], now=NOW)
    send_waiting(now=NOW)
    assert office.arrived[0]["List-Unsubscribe"] == "<https://lachan.example/ngung/x/>"
    assert office.arrived[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_server_that_is_down_for_a_day_loses_nothing_and_sends_nothing_twice(office: PostOffice) -> None:
    office.close()
    for minute in range(0, 24 * 60, 10):
        now = NOW + timedelta(minutes=minute)
        if minute % 120 == 0:
            posted(f"at {minute}", now)
        send_waiting(now=now)
    assert not office.arrived
    office.open()
    for minute in range(0, 120, 10):
        send_waiting(now=NOW + timedelta(days=1, minutes=minute))
    assert len(office.arrived) == 12
    assert len({message["Message-ID"] for message in office.arrived}) == 12
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}


def test_a_server_that_is_away_is_asked_less_and_less_often(office: PostOffice) -> None:
    office.close()
    posted()
    for minute in range(24 * 60):
        send_waiting(now=NOW + timedelta(minutes=minute))
    assert state() == ("waiting", 29)
    office.open()


def test_a_message_is_given_up_after_five_days(office: PostOffice) -> None:
    office.close()
    posted()
    send_waiting(now=NOW + timedelta(days=5))
    assert Mail.objects.get().state == "failed"
    office.open()


@pytest.mark.parametrize("said", ["450 4.2.0 try later", "421 4.3.2 closing"])
def test_a_server_that_is_busy_gets_it_later(office: PostOffice, said: str) -> None:
    office.says = said
    posted()
    send_waiting(now=NOW)
    assert state() == ("waiting", 1)
    office.says = "250 OK"
    send_waiting(now=NOW + timedelta(minutes=1))
    assert (len(office.arrived), state()) == (1, ("sent", 1))


def test_an_address_that_does_not_exist_fails_for_good_and_says_why(office: PostOffice) -> None:
    office.says = "550 5.1.1 no such user"
    posted()
    send_waiting(now=NOW)
    mail = Mail.objects.get()
    assert (mail.state, mail.trouble) == ("failed", "550 5.1.1 no such user")
    office.says = "250 OK"
    send_waiting(now=NOW + timedelta(days=1))
    assert not office.arrived


def test_a_bad_address_does_not_hold_up_the_others(office: PostOffice) -> None:
    post_mail(key="bad", to="ai đó@@", subject="s", text="t", now=NOW)
    posted()
    send_waiting(now=NOW)
    assert dict(Mail.objects.values_list("key", "state")) == {"bad": "failed", "a": "sent"}


def test_a_connection_lost_before_the_yes_is_tried_again_under_the_same_number(office: PostOffice) -> None:
    office.after_data = "drop after"
    posted()
    send_waiting(now=NOW)
    assert state() == ("waiting", 1)
    office.after_data = "250 OK"
    send_waiting(now=NOW + timedelta(minutes=1))
    assert len({message["Message-ID"] for message in office.arrived}) == 1  # by which the receiver knows it again
    assert state() == ("sent", 1)


def test_an_attachment_that_is_gone_fails_for_good(office: PostOffice) -> None:
    mail = posted(attachments=[Attachment("a.pdf", "application/pdf", b"1")])
    mail.attachments.get().file.delete(save=False)
    send_waiting(now=NOW)
    assert state() == ("failed", 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(office: PostOffice) -> None:
    post_mails([MailDraft(str(n), "xa@example.vn", "s", "t") for n in range(20)], now=NOW)

    def work() -> None:
        try:
            send_waiting(now=NOW)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(office.arrived) == len({message["Message-ID"] for message in office.arrived}) == 20
