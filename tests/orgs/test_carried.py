"""A session ends while somebody types: what they typed comes back to them, and to nobody else."""

from typing import Any

import pytest
from cast import PASSWORD, Cast, signed_in_as
from django.test import Client

from lachan.orgs import carried
from lachan.orgs.models import Person

NOTE = "Đề nghị <bổ sung> loa"


def after_the_session_ended(person: Person, cast: Cast) -> tuple[Client, Any]:
    """A post of somebody whose session is over."""
    client = signed_in_as(person)
    client.get("/tai-khoan/")
    del client.cookies["sessionid"]
    return client, client.post(f"/don-vi/{cast.district.pk}/giao-vai-tro/", {"name": NOTE, "name_asked": "Họ tên"})


def sign_in(client: Client, person: Person, to: str) -> Any:
    return client.post(to, {"login": person.email, "password": PASSWORD, "device": "own"}, follow=True)


def test_what_was_typed_comes_back_after_signing_in_and_can_be_sent_on(cast: Cast) -> None:
    client, answer = after_the_session_ended(cast.an, cast)
    assert "vẫn được giữ" in client.get(answer["Location"]).content.decode()
    page = sign_in(client, cast.an, answer["Location"]).content.decode()
    assert f'action="/don-vi/{cast.district.pk}/giao-vai-tro/"' in page
    assert 'name="name" value="Đề nghị &lt;bổ sung&gt; loa"' in page
    assert "Họ tên" in page


def test_another_person_at_the_same_machine_sees_nothing_of_it(cast: Cast) -> None:
    client, answer = after_the_session_ended(cast.an, cast)
    page = sign_in(client, cast.binh, answer["Location"]).content.decode()
    assert "bổ sung" not in page
    assert carried.KEPT_AS not in client.session


def test_it_is_kept_for_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "LONGEST", carried.LONGEST * 0)
    client, answer = after_the_session_ended(cast.an, cast)
    assert "bổ sung" not in sign_in(client, cast.an, answer["Location"]).content.decode()


def test_a_stranger_who_posts_is_sent_to_sign_in_and_nothing_is_kept(cast: Cast) -> None:
    client = Client()
    answer = client.post(f"/don-vi/{cast.district.pk}/giao-vai-tro/", {"name": NOTE})
    assert answer["Location"].startswith("/tai-khoan/login/")
    assert carried.KEPT_AS not in client.session
