"""Who opens what on which device, and what the app that works without a network is made of."""

import re
from typing import Any

import pytest
from cast import Cast, signed_in_as
from django.test import Client

from lachan.accounts.offline import key_for, owner_of
from lachan.foundation import offline

DEVICE = "0123456789abcdef0123456789abcdef"


def test_a_key_is_for_one_person_and_one_device(cast: Cast) -> None:
    keys = {key_for(person, device) for person in (cast.an, cast.chi) for device in (DEVICE, DEVICE[::-1])}
    assert len(keys) == 4
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)


def test_the_key_is_given_to_the_person_who_is_signed_in_alone(cast: Cast) -> None:
    told = signed_in_as(cast.chi).get(f"/ngoai-tuyen/phien/?may={DEVICE}").json()
    assert (told["person"], told["key"]) == (owner_of(cast.chi), key_for(cast.chi, DEVICE))
    assert Client().get("/ngoai-tuyen/phien/", headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize(("kind", "shared"), [("own", False), ("shared", True), ("", True)])
def test_a_device_that_nobody_called_their_own_counts_as_shared(cast: Cast, kind: str, shared: bool) -> None:
    client = signed_in_as(cast.chi)
    session = client.session
    session["device"] = kind
    session.save()
    assert client.get("/ngoai-tuyen/phien/").json()["shared"] is shared


def test_asking_who_is_signed_in_is_cheap(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = signed_in_as(cast.chi)
    with django_assert_max_num_queries(4):
        client.get("/ngoai-tuyen/phien/", headers={"HX-Request": "true"})


def test_what_is_kept_on_every_device_is_the_same_for_everybody(cast: Cast) -> None:
    for address in offline.pages():
        pages = {client.get(address).content for client in (Client(), signed_in_as(cast.chi), signed_in_as(cast.an))}
        assert len(pages) == 1


def test_the_worker_names_every_file_the_app_asks_for(client: Client) -> None:
    script = client.get("/ngoai-tuyen.js").content.decode()
    page = client.get("/ngoai-tuyen/").content.decode()
    asked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    asked -= {"/static/foundation/icons/icon-180.png"}  # iOS asks for it when the app is installed
    assert asked
    assert {address for address in asked if f'"{address}"' not in script} == set()


def test_the_manifest_makes_it_an_app(client: Client) -> None:
    told = client.get("/manifest.webmanifest").json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/ngoai-tuyen/", "/", "standalone")
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
