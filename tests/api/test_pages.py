"""Where a unit looks after its tokens and webhooks."""

import re
from typing import Any

import pytest
from calling import System, let_in
from cast import NOW, signed_in_as
from django.test import Client
from scenes import Scene

from lachan.api.actions.webhooks import WebhookDraft, make_webhook, switch_off
from lachan.api.models import Delivery, Token, Webhook


def filled(client: Client, unit: int, **more: Any) -> dict[str, Any]:
    page = client.get(f"/don-vi/{unit}/ket-noi/").content.decode()
    [key] = re.findall(r'name="request_key" value="([^"]+)"', page)
    return {"name": "Sổ tay số", "may": "gui", "days": "30", "request_key": key} | more


def test_a_head_makes_a_token_and_sees_its_secret_once(scene: Scene) -> None:
    client, unit = signed_in_as(scene.head), scene.cast.commune.pk
    page = client.post(f"/don-vi/{unit}/ket-noi/", filled(client, unit, decides="on"))
    [secret] = re.findall(r"<code>(lachan_[\w-]{43})</code>", page.content.decode())
    assert page["Cache-Control"].count("no-store") == 1
    told = System(secret, Token.objects.get()).get("/token").json()
    assert (told["name"], told["submits"], told["approves"], told["decides"]) == ("Sổ tay số", True, False, True)
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


def a_webhook(scene: Scene) -> Webhook:
    draft = WebhookDraft("https://truong.example/tin", ["return.submitted"])
    return make_webhook(scene.cast.commune, draft=draft, request_key="k", by=scene.head, now=NOW)[0]


def registering(client: Client, unit: int, **more: Any) -> dict[str, Any]:
    page = client.get(f"/don-vi/{unit}/bao-tin/").content.decode()
    [key] = re.findall(r'name="request_key" value="([^"]+)"', page)
    return {"url": "https://truong.example/tin", "events": ["return.approved"], "request_key": key} | more


def test_a_head_sets_up_a_webhook_and_sees_its_secret_once(scene: Scene) -> None:
    client, unit = signed_in_as(scene.head), scene.cast.commune.pk
    typed = registering(client, unit)
    first, again = (client.post(f"/don-vi/{unit}/bao-tin/", typed).content.decode() for _press in range(2))
    [secret] = re.findall(r"whsec_[\w+/=]{44}", first)
    assert secret in again
    webhook = Webhook.objects.get()
    for address in (f"/don-vi/{unit}/bao-tin/", f"/don-vi/bao-tin/{webhook.pk}/"):
        page = client.get(address).content.decode()
        assert "https://truong.example/tin" in page
        assert secret not in page


def test_an_address_that_may_not_be_told_is_refused_with_what_was_typed_still_there(scene: Scene) -> None:
    client, unit = signed_in_as(scene.head), scene.cast.commune.pk
    answer = client.post(f"/don-vi/{unit}/bao-tin/", registering(client, unit, url="http://10.0.0.1/tin"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "http://10.0.0.1/tin" in page
    assert "https://" in page
    assert not Webhook.objects.exists()


def test_messages_are_seen_sent_again_and_the_webhook_ended_by_a_press(scene: Scene) -> None:
    client, webhook = signed_in_as(scene.head), a_webhook(scene)
    failed = {"posted_at": NOW, "next_try_at": NOW, "tried_at": NOW, "tries": 3, "state": "failed", "status": 500}
    about = {"entry": 1, "event": "return.submitted", "body": "{}", "answer": "Máy chủ bận"}
    message = Delivery.objects.create(webhook=webhook, **about, **failed)
    assert "Máy chủ bận" in client.get(f"/don-vi/bao-tin/{webhook.pk}/").content.decode()
    client.post(f"/don-vi/bao-tin/tin/{message.pk}/gui-lai/")
    assert Delivery.objects.get().state == "waiting"
    client.post(f"/don-vi/bao-tin/{webhook.pk}/bo/")
    webhook.refresh_from_db()
    assert (webhook.ended_at, webhook.ended_by) == (NOW, scene.head)


def test_all_that_was_given_up_is_sent_again_by_one_press(scene: Scene) -> None:
    client, webhook = signed_in_as(scene.head), a_webhook(scene)
    about = {"event": "return.submitted", "body": "{}", "posted_at": NOW, "next_try_at": NOW}
    for entry, state in enumerate(["failed", "failed", "sent"]):
        Delivery.objects.create(webhook=webhook, entry=entry, state=state, **about)
    assert "Gửi lại 2 tin đã thôi gửi" in client.get(f"/don-vi/bao-tin/{webhook.pk}/").content.decode()
    client.post(f"/don-vi/bao-tin/{webhook.pk}/gui-lai/")
    assert sorted(one.state for one in Delivery.objects.all()) == ["sent", "waiting", "waiting"]
    switch_off(webhook, because="gone", now=NOW)
    assert client.post(f"/don-vi/bao-tin/{webhook.pk}/gui-lai/").status_code == 409


def test_a_webhook_that_was_switched_off_is_switched_on_by_a_press(scene: Scene) -> None:
    client, webhook = signed_in_as(scene.head), a_webhook(scene)
    switch_off(webhook, because="gone", now=NOW)
    assert "Đã ngừng báo tin" in client.get(f"/don-vi/bao-tin/{webhook.pk}/").content.decode()
    client.post(f"/don-vi/bao-tin/{webhook.pk}/bat-lai/")
    webhook.refresh_from_db()
    assert webhook.is_in_force


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("district_officer", 403), ("coordinator", 404)])
def test_others_neither_see_nor_change_webhooks(scene: Scene, who: str, status: int) -> None:
    webhook, client = a_webhook(scene), signed_in_as(getattr(scene, who))
    about = {"entry": 1, "event": "return.submitted", "body": "{}", "posted_at": NOW, "next_try_at": NOW}
    message = Delivery.objects.create(webhook=webhook, state="failed", **about)
    assert client.get(f"/don-vi/{scene.cast.commune.pk}/bao-tin/").status_code == status
    assert client.get(f"/don-vi/bao-tin/{webhook.pk}/").status_code == status
    for verb in (
        f"/don-vi/bao-tin/{webhook.pk}/bo/",
        f"/don-vi/bao-tin/{webhook.pk}/bat-lai/",
        f"/don-vi/bao-tin/{webhook.pk}/gui-lai/",
        f"/don-vi/bao-tin/tin/{message.pk}/gui-lai/",
    ):
        assert client.post(verb).status_code == status
    webhook.refresh_from_db()
    assert (webhook.ended_at, Delivery.objects.get().state) == (None, "failed")


def test_the_pages_of_webhooks_ask_as_often_for_one_as_for_many(scene: Scene, django_assert_num_queries: Any) -> None:
    client, webhook = signed_in_as(scene.head), a_webhook(scene)
    about = {"event": "return.submitted", "body": "{}", "posted_at": NOW, "next_try_at": NOW}
    Delivery.objects.bulk_create(Delivery(webhook=webhook, entry=entry, **about) for entry in range(60))
    with django_assert_num_queries(12):
        client.get(f"/don-vi/{scene.cast.commune.pk}/bao-tin/")
    with django_assert_num_queries(15):
        client.get(f"/don-vi/bao-tin/{webhook.pk}/")
