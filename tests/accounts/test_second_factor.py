"""The second factor: turned on, asked for, required by role, lost."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cast import PASSWORD, Cast
from django.core.cache import cache
from django.test import Client
from signing_in import LOGIN, log_in

from lachan.channels.models import Mail
from lachan.foundation.models import AuditEntry
from lachan.orgs.models import Person

FACTORS = "/tai-khoan/hai-lop/"


@pytest.fixture(autouse=True)
def no_attempts_remembered(db: None) -> None:
    cache.clear()


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def prove(client: Client) -> None:
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})


def turn_on(client: Client, run_on_commit: Callable) -> str:
    """The secret of the authenticator app that was set up."""
    prove(client)
    page = client.get(f"{FACTORS}totp/activate/").content.decode()
    [secret] = re.findall(r'<code class="key">(\w+)</code>', page)
    with run_on_commit(execute=True):
        assert client.post(f"{FACTORS}totp/activate/", {"code": code_of(secret)}).status_code == 302
    return secret


def pass_password(person: Person) -> Client:
    client = Client()
    answer = client.post(LOGIN, {"login": person.email, "password": PASSWORD, "device": "own"})
    assert answer["Location"].startswith(f"{FACTORS}authenticate/")
    return client


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


def test_the_password_alone_no_longer_lets_in_and_the_code_does(cast: Cast, django_capture_on_commit_callbacks) -> None:
    secret = turn_on(log_in(cast.binh), django_capture_on_commit_callbacks)
    client = pass_password(cast.binh)
    assert not is_in(client)
    client.post(f"{FACTORS}authenticate/", {"code": code_of(secret, 1)})
    assert is_in(client)


def test_the_qr_code_is_part_of_the_page_without_style_or_script(cast: Cast) -> None:
    client = log_in(cast.binh)
    prove(client)
    page = client.get(f"{FACTORS}totp/activate/").content.decode()
    [drawn] = re.findall(r"<svg class=\"qr\".*?</svg>", page, re.DOTALL)
    assert "style" not in drawn


def test_a_code_works_once(cast: Cast, django_capture_on_commit_callbacks) -> None:
    secret = turn_on(log_in(cast.binh), django_capture_on_commit_callbacks)
    code = code_of(secret, 1)
    first, second = pass_password(cast.binh), pass_password(cast.binh)
    first.post(f"{FACTORS}authenticate/", {"code": code})
    second.post(f"{FACTORS}authenticate/", {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


def test_wrong_codes_close_the_door(cast: Cast, django_capture_on_commit_callbacks) -> None:
    secret = turn_on(log_in(cast.binh), django_capture_on_commit_callbacks)
    client = pass_password(cast.binh)
    for _ in range(5):
        client.post(f"{FACTORS}authenticate/", {"code": "000000"})
    client.post(f"{FACTORS}authenticate/", {"code": code_of(secret, 1)})
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(cast: Cast, django_capture_on_commit_callbacks) -> None:
    client = log_in(cast.binh)
    turn_on(client, django_capture_on_commit_callbacks)
    page = client.get(f"{FACTORS}recovery-codes/").content.decode()
    code = re.findall(r"<li><code>(\d+)</code></li>", page)[0]
    for expected in (True, False):
        other = pass_password(cast.binh)
        other.post(f"{FACTORS}authenticate/", {"code": code})
        assert is_in(other) is expected


def test_turning_it_on_or_off_asks_for_the_password_again(cast: Cast, django_capture_on_commit_callbacks) -> None:
    client = log_in(cast.binh)
    assert client.get(f"{FACTORS}totp/activate/")["Location"].startswith("/tai-khoan/reauthenticate/")
    secret = turn_on(client, django_capture_on_commit_callbacks)
    later = pass_password(cast.binh)
    later.post(f"{FACTORS}authenticate/", {"code": code_of(secret, 1)})
    assert later.get(f"{FACTORS}totp/deactivate/")["Location"].startswith("/tai-khoan/reauthenticate/")


def test_its_owner_turns_it_off(cast: Cast, django_capture_on_commit_callbacks) -> None:
    client = log_in(cast.binh)
    turn_on(client, django_capture_on_commit_callbacks)
    client.post(f"{FACTORS}totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert is_in(log_in(cast.binh))


def test_its_owner_is_told_by_mail_and_the_trail_keeps_it(cast: Cast, django_capture_on_commit_callbacks) -> None:
    turn_on(log_in(cast.binh), django_capture_on_commit_callbacks)
    assert "Ứng dụng xác thực vừa được bật" in Mail.objects.get(to=cast.binh.email).text
    assert AuditEntry.objects.get(verb="accounts.totp_activated").by_name == "Bình"


def test_the_database_does_not_hold_the_key_in_the_clear(cast: Cast, django_capture_on_commit_callbacks) -> None:
    secret = turn_on(log_in(cast.binh), django_capture_on_commit_callbacks)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_after_a_change_of_the_sites_secret_no_code_fits(
    cast: Cast, django_capture_on_commit_callbacks, settings
) -> None:
    secret = turn_on(log_in(cast.binh), django_capture_on_commit_callbacks)
    settings.SECRET_KEY = "another"
    client = pass_password(cast.binh)
    client.post(f"{FACTORS}authenticate/", {"code": code_of(secret, 1)})
    assert not is_in(client)


def test_whose_role_needs_it_is_led_to_set_it_up(cast: Cast, django_capture_on_commit_callbacks, settings) -> None:
    settings.SECOND_FACTOR_ROLES = ("coordinator", "operator")
    client = log_in(cast.an)
    assert client.get("/don-vi/")["Location"] == FACTORS
    assert "cần xác thực hai lớp" in client.get(FACTORS).content.decode()
    turn_on(client, django_capture_on_commit_callbacks)
    assert client.get("/don-vi/").status_code == 200


def test_whose_role_does_not_need_it_works_on(cast: Cast, settings) -> None:
    settings.SECOND_FACTOR_ROLES = ("coordinator", "operator")
    assert log_in(cast.binh).get("/don-vi/").status_code == 200


def reset(client: Client, cast: Cast):
    return client.post(f"/don-vi/{cast.district.pk}/nguoi/{cast.binh.pk}/dat-lai-hai-lop/")


def test_an_operator_takes_a_lost_factor_off(cast: Cast, django_capture_on_commit_callbacks) -> None:
    theirs = log_in(cast.binh)
    turn_on(theirs, django_capture_on_commit_callbacks)
    reset(log_in(cast.an), cast)
    assert not is_in(theirs)
    assert is_in(log_in(cast.binh))
    assert AuditEntry.objects.get(verb="accounts.reset_factors").by_name == "An"


def test_nobody_but_an_operator_takes_it_off(cast: Cast, django_capture_on_commit_callbacks) -> None:
    turn_on(log_in(cast.binh), django_capture_on_commit_callbacks)
    assert reset(log_in(cast.dung), cast).status_code == 403
    assert Authenticator.objects.exists()


def test_a_made_up_passkey_lets_nobody_in(cast: Cast) -> None:
    client = Client()
    client.get(f"{FACTORS}passkey/login/", headers={"accept": "application/json"})
    for credential in ('{"id": "x"}', "{}", "[]", "không phải JSON"):
        client.post(f"{FACTORS}passkey/login/", {"credential": credential})
    assert not is_in(client)
