"""The mail server's address, and what `lachan status` and `lachan doctor` say of mail."""

import pytest
from cast import NOW
from django.test import override_settings
from post_office import post_office

from lachan.channels.actions import post_mail
from lachan.channels.sending import send_waiting
from lachan.project import doctor, status
from lachan.project.mail_server import MailServer, mail_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://an:m%40t@thu.vn", MailServer("thu.vn", 465, "an", "m@t", starttls=False, tls=True)),
        ("smtp+starttls://thu.vn:2525", MailServer("thu.vn", 2525, "", "", starttls=True, tls=False)),
        ("smtp://thu.vn", MailServer("thu.vn", 25, "", "", starttls=False, tls=False)),
        (" ", None),
    ],
)
def test_the_address_says_host_port_account_and_how_safely(url: str, server: MailServer | None) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize("url", ["thu.vn", "https://thu.vn", "smtp://", "smtp://thu.vn:nhiều", "smtp://thu.vn:99999"])
def test_a_wrong_address_stops_the_start_with_a_sample(url: str) -> None:
    with pytest.raises(SystemExit, match="smtps://user:password@host:465"):
        mail_server(url)


@pytest.mark.django_db
def test_status_says_how_many_messages_wait_since_when_and_why() -> None:
    with post_office() as office:
        office.says = "450 4.2.0 try later"
        post_mail(key="a", to="xa@example.vn", subject="s", text="t", now=NOW)
        send_waiting(now=NOW)
    part = next(one for one in status.parts() if one.key == "mail")
    assert not part.ok
    assert part.state.startswith("1 thư chờ gửi, lâu nhất từ 9")
    assert "450 4.2.0 try later" in part.state


@pytest.mark.django_db
def test_status_names_an_address_that_takes_no_mail_until_one_arrives_there() -> None:
    with post_office() as office:
        office.says = "550 5.1.1 no such user"
        post_mail(key="a", to="xa@example.vn", subject="s", text="t", now=NOW)
        send_waiting(now=NOW)
        [part] = [one for one in status.parts() if one.key == "mail"]
        assert "xa@example.vn (550 5.1.1 no such user)" in part.state
        office.says = "250 OK"
        post_mail(key="b", to="xa@example.vn", subject="s", text="t", now=NOW)
        send_waiting(now=NOW)
    assert [one.ok for one in status.parts() if one.key == "mail"] == [True]


def test_doctor_finds_a_mail_server_that_answers_and_one_that_does_not() -> None:
    with post_office() as office:
        server = MailServer("127.0.0.1", office.port, "", "", starttls=False, tls=False)
        with override_settings(SMTP=server):
            assert [one.ok for one in doctor.findings() if one.key == "mail"] == [True]
            office.close()
            assert [one.ok for one in doctor.findings() if one.key == "mail"] == [False]
        office.open()


def test_doctor_does_not_ask_for_a_mail_server() -> None:
    with override_settings(SMTP=None):
        assert [(one.ok, one.needed) for one in doctor.findings() if one.key == "mail"] == [(False, False)]
