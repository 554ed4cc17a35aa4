"""Where a unit looks after its tokens."""

import re
from typing import Any

import pytest
from calling import System, let_in
from cast import signed_in_as
from django.test import Client
from scenes import Scene

from lachan.api.models import Token


def filled(client: Client, unit: int, **more: Any) -> dict[str, Any]:
    page = client.get(f"/don-vi/{unit}/ket-noi/").content.decode()
    [key] = re.findall(r'name="request_key" value="([^"]+)"', page)
    return {"name": "Sổ tay số", "may": "gui", "days": "30", "request_key": key} | more


def test_a_head_makes_a_token_and_sees_its_secret_once(scene: Scene) -> None:
    client, unit = signed_in_as(scene.head), scene.cast.commune.pk
    page = client.post(f"/don-vi/{unit}/ket-noi/", filled(client, unit))
    [secret] = re.findall(r"<code>(lachan_[\w-]{43})</code>", page.content.decode())
    assert page["Cache-Control"].count("no-store") == 1
    assert System(secret, Token.objects.get()).get("/token").json()["name"] == "Sổ tay số"
    listed = client.get(f"/don-vi/{unit}/ket-noi/").content.decode()
    assert secret not in listed
    assert "Sổ tay số" in listed


def test_the_same_press_makes_one_token(scene: Scene) -> None:
    client, unit = signed_in_as(scene.head), scene.cast.commune.pk
    typed = filled(client, unit)
    first, again = (client.post(f"/don-vi/{unit}/ket-noi/", typed).content.decode() for _press in range(2))
    assert re.findall("lachan_[^<…]+", first) == re.findall("lachan_[^<…]+", again)
    assert Token.objects.count() == 1


def test_a_coordinator_is_not_offered_to_approve(scene: Scene) -> None:
    client, unit = signed_in_as(scene.coordinator), scene.cast.department.pk
    page = client.post(f"/don-vi/{unit}/ket-noi/", filled(client, unit, may="duyet"))
    assert page.status_code == 422
    assert not Token.objects.exists()


def test_a_token_is_revoked_by_a_press(scene: Scene) -> None:
    system = let_in(scene.cast.commune, scene.head)
    client = signed_in_as(scene.head)
    client.post(f"/ket-noi/{system.token.pk}/thu-hoi/")
    assert system.get("/token").status_code == 401
    assert "Đã thu hồi" in client.get(f"/don-vi/{scene.cast.commune.pk}/ket-noi/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("district_officer", 403), ("coordinator", 404)])
def test_others_neither_see_nor_revoke_tokens(scene: Scene, who: str, status: int) -> None:
    system = let_in(scene.cast.commune, scene.head)
    client = signed_in_as(getattr(scene, who))
    assert client.get(f"/don-vi/{scene.cast.commune.pk}/ket-noi/").status_code == status
    assert client.post(f"/ket-noi/{system.token.pk}/thu-hoi/").status_code == status
    assert system.get("/token").status_code == 200


def test_the_page_asks_as_often_for_one_token_as_for_many(scene: Scene, django_assert_num_queries: Any) -> None:
    client = signed_in_as(scene.head)
    for _token in range(3):
        let_in(scene.cast.commune, scene.head)
    with django_assert_num_queries(14):
        client.get(f"/don-vi/{scene.cast.commune.pk}/ket-noi/")
