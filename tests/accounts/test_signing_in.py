"""Signing in and out, passwords, and how often one may try."""

import unicodedata

import pytest
from cast import PASSWORD, Cast, signed_in_as
from django.core.cache import cache
from django.test import Client
from signing_in import LOGIN, log_in

from lachan.orgs.models import Person


@pytest.fixture(autouse=True)
def no_attempts_remembered(db: None) -> None:
    cache.clear()


def test_a_person_signs_in_by_mail_and_password(cast: Cast) -> None:
    assert "Bình" in log_in(cast.binh).get("/tai-khoan/").content.decode()


def test_the_mail_address_may_be_typed_in_capitals(cast: Cast) -> None:
    client = Client()
    answer = client.post(LOGIN, {"login": cast.binh.email.upper(), "password": PASSWORD, "device": "own"})
    assert answer.status_code == 302


@pytest.mark.parametrize("password", ["sai mật khẩu rồi", ""])
def test_a_wrong_password_lets_nobody_in(cast: Cast, password: str) -> None:
    assert log_in(cast.binh, password).get("/tai-khoan/").status_code == 302


def test_the_sixth_wrong_password_closes_the_door_for_that_account_only(cast: Cast) -> None:
    for _ in range(5):
        log_in(cast.binh, "sai mật khẩu rồi")
    assert log_in(cast.binh).get("/tai-khoan/").status_code == 302
    assert log_in(cast.chi).get("/tai-khoan/").status_code == 200


def test_nobody_signs_up_alone(db: None) -> None:
    Client().post("/tai-khoan/signup/", {"email": "x@x.example", "password1": PASSWORD})
    assert not Person.objects.exists()


def test_a_closed_account_does_not_sign_in(cast: Cast) -> None:
    cast.binh.is_active = False
    cast.binh.save()
    assert log_in(cast.binh).get("/tai-khoan/").status_code == 302


def test_signing_out_wants_a_post(cast: Cast) -> None:
    client = signed_in_as(cast.binh)
    client.get("/tai-khoan/logout/")
    assert client.get("/tai-khoan/").status_code == 200
    client.post("/tai-khoan/logout/")
    assert client.get("/tai-khoan/").status_code == 302


def test_a_password_with_marks_opens_from_a_keyboard_that_types_them_apart(cast: Cast) -> None:
    assert log_in(cast.binh, unicodedata.normalize("NFD", PASSWORD)).get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize("password", ["vietnam123456", "Matkhau@2024!", "0912345678", "qwertyuiop1"])
def test_a_common_password_is_not_taken(cast: Cast, password: str) -> None:
    client = log_in(cast.binh)
    typed = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    shown = client.post("/tai-khoan/password/change/", typed).content.decode()
    assert "dễ đoán" in shown
    cast.binh.refresh_from_db()
    assert cast.binh.check_password(PASSWORD)


def test_attempts_are_counted_in_the_database_that_all_processes_share(cast: Cast, settings: object) -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")  # type: ignore[attr-defined]


def test_signing_in_leads_back_to_the_page_one_came_from(cast: Cast) -> None:
    sent = Client().get("/don-vi/?q=go+cao")
    client = Client()
    typed = {"login": cast.binh.email, "password": PASSWORD, "device": "own", "next": "/don-vi/?q=go+cao"}
    assert sent["Location"] == f"{LOGIN}?next=/don-vi/%3Fq%3Dgo%2Bcao"
    assert client.post(LOGIN, typed)["Location"] == "/don-vi/?q=go+cao"
