"""Other systems are told what happens, by real lines to real web servers."""

import socket
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, get_args

import pytest
from calling import let_in
from cascades import of
from cast import NOW, hire
from django.db import transaction
from receivers import Receiver, answers, is_signed, listening, never_answers
from recounting import approve, send
from scenes import Scene, words_for

from lachan.api import delivering, posting
from lachan.api.actions.tokens import revoke_token
from lachan.api.actions.webhooks import WebhookDraft, end_webhook, make_webhook, send_again, switch_on
from lachan.api.models import Answer, Delivery, Event, Webhook
from lachan.api.spreading import spread
from lachan.api.v1.service import api
from lachan.api.v1.shapes import EventName
from lachan.foundation import audit
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.notices.models import Kind, Notice
from lachan.orgs.actions import end_role
from lachan.orgs.models import Person, Role, Unit
from lachan.reporting.actions import amending, returns
from lachan.reporting.actions.consolidating import consolidate, send_up

State = Delivery.State


@pytest.fixture(autouse=True)
def inside(settings: Any) -> None:
    """Receivers of tests listen on this machine."""
    settings.WEBHOOKS_INSIDE = True


def told(
    unit: Unit, by: Person, url: str, *, events: Any = Event.values, below: bool = False, key: str = ""
) -> tuple[Webhook, str]:
    draft = WebhookDraft(url, events, below)
    return make_webhook(unit, draft=draft, request_key=key or f"{unit.pk} {url}", by=by, now=NOW)


def work(now: datetime = NOW) -> None:
    """What the worker does once a minute."""
    spread(now=now)
    delivering.deliver(now=now)


def kinds(receiver: Receiver) -> list[str]:
    return [one["type"] for one in receiver.messages]


def nobody() -> str:
    """An address where nobody listens."""
    with closing(socket.socket()) as line:
        line.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{line.getsockname()[1]}/"


def test_a_return_on_its_way_up_is_told_and_signed(scene: Scene) -> None:
    with listening() as receiver:
        _webhook, secret = told(scene.cast.commune, scene.head, receiver.url)
        version = send(scene, scene.cast.commune, 12)
        approve(scene, version)
        returns.accept(version, unit=scene.cast.district, by=scene.district_head, now=NOW)
        work()
    assert kinds(receiver) == ["return.submitted", "return.approved", "return.accepted"]
    assert all(is_signed(secret, headers, body) for headers, body in receiver.got)
    owed = scene.owed(scene.cast.commune).pk
    assert receiver.messages[1] == {
        "type": "return.approved",
        "timestamp": NOW.isoformat(),
        "data": {
            "obligation": owed,
            "campaign": scene.campaign.pk,
            "unit": "99101",
            "number": 1,
            "replaced": None,
            "url": f"http://127.0.0.1:8000/api/v1/obligations/{owed}/returns/1",
        },
    }
    assert not Delivery.objects.exclude(state=State.SENT).exists()


def test_what_is_not_told_yet_is_told_once_and_what_was_undone_never(scene: Scene) -> None:
    with listening() as receiver:
        told(scene.cast.commune, scene.head, receiver.url)
        with transaction.atomic():
            send(scene, scene.cast.commune, 12)
            transaction.set_rollback(True)
        work()
        assert receiver.got == []
        send(scene, scene.cast.commune, 12)
        work()
        work()
    assert kinds(receiver) == ["return.submitted"]


def test_mending_a_return_is_told_with_what_it_replaced(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 12))
    owed = scene.owed(scene.cast.commune)
    with listening() as receiver:
        told(scene.cast.commune, scene.head, receiver.url)
        first = amending.begin(owed, because="Nhầm", request_key="a", by=scene.officer, now=NOW)
        amending.drop(first, by=scene.officer, now=NOW)
        amending.begin(owed, because="Đếm thiếu", request_key="b", by=scene.officer, now=NOW)
        approve(scene, send(scene, scene.cast.commune, 14))
        work()
    assert kinds(receiver) == [
        "amendment.begun",
        "amendment.dropped",
        "amendment.begun",
        "return.submitted",
        "return.approved",
    ]
    assert receiver.messages[-1]["data"]["replaced"] == 1


def test_work_handed_down_and_reports_sent_up_are_told(scene: Scene) -> None:
    top = of(scene.cast.district, scene.campaign)
    with listening() as receiver:
        told(scene.cast.district, scene.district_head, receiver.url)
        words = words_for(scene.campaign, top)
        report = consolidate(scene.campaign, top=top, words=words, request_key="k", by=scene.district_officer, now=NOW)
        send_up(report, by=scene.district_officer, now=NOW)
        work()
    assert kinds(receiver) == ["report.sent_up"]
    assert receiver.messages[0]["data"]["report"] == report.pk


def test_the_level_above_is_told_of_what_goes_up_and_the_unit_next_door_of_nothing(scene: Scene) -> None:
    neighbour = hire("Mai", (Role.HEAD, scene.cast.other_commune))
    with listening() as above, listening() as owner, listening() as next_door:
        told(scene.cast.district, scene.district_head, above.url)
        told(scene.cast.department, scene.coordinator, owner.url)
        told(scene.cast.other_commune, neighbour, next_door.url, below=True)
        version = send(scene, scene.cast.commune, 12)
        returns.send_back(version, unit=scene.cast.commune, remark="Sai", by=scene.head, now=NOW)
        approve(scene, send(scene, scene.cast.commune, 13))
        work()
    assert (kinds(above), kinds(owner), kinds(next_door)) == (["return.approved"], ["return.approved"], [])


def test_units_below_are_told_of_only_where_it_was_asked_for(scene: Scene) -> None:
    with listening() as alone, listening() as reaching:
        told(scene.cast.district, scene.district_head, alone.url)
        told(scene.cast.district, scene.district_head, reaching.url, below=True)
        send(scene, scene.cast.commune, 12)
        work()
    assert (kinds(alone), kinds(reaching)) == ([], ["return.submitted"])


def test_only_what_was_chosen_is_told(scene: Scene) -> None:
    with listening() as receiver:
        told(scene.cast.commune, scene.head, receiver.url, events=["return.approved", "khác"])
        approve(scene, send(scene, scene.cast.commune, 12))
        work()
    assert kinds(receiver) == ["return.approved"]


def test_a_message_says_nothing_about_persons_and_no_figures(scene: Scene) -> None:
    with listening() as receiver:
        told(scene.cast.commune, scene.head, receiver.url)
        version = send(scene, scene.cast.commune, 98765)
        returns.send_back(version, unit=scene.cast.commune, remark="Hỏi ông Tư", by=scene.head, now=NOW)
        work()
    said = "".join(body for _headers, body in receiver.got)
    assert len(receiver.got) == 2
    for word in ("98765", "ông Tư", scene.head.name, scene.officer.name):
        assert word not in said


def test_a_receiver_that_fails_is_asked_again_later_with_the_same_key(scene: Scene) -> None:
    with listening(answers(500)) as receiver:
        told(scene.cast.commune, scene.head, receiver.url)
        send(scene, scene.cast.commune, 12)
        work()
        work()  # too early
        receiver.behaviour = answers(204)
        work(NOW + timedelta(minutes=1))
    assert len(receiver.got) == 2
    assert len(set(receiver.ids)) == 1
    kept = Delivery.objects.get()
    assert (kept.state, kept.tries, kept.status) == (State.SENT, 2, 204)


def test_a_worker_that_dies_between_sending_and_noting_sends_it_again_with_the_same_key(scene: Scene) -> None:
    with listening() as receiver:
        told(scene.cast.commune, scene.head, receiver.url)
        send(scene, scene.cast.commune, 12)
        spread(now=NOW)
        [taken] = delivering._taken(16, set(), NOW)
        delivering._post(taken, NOW)  # and here it dies
        work(NOW + timedelta(minutes=1))
        assert len(receiver.got) == 1
        work(NOW + delivering.LEASE)
    assert len(receiver.got) == 2
    assert len(set(receiver.ids)) == 1


def test_a_receiver_that_is_away_is_tried_for_a_day_and_then_the_message_is_given_up_where_it_can_be_seen(
    scene: Scene,
) -> None:
    told(scene.cast.commune, scene.head, nobody())
    send(scene, scene.cast.commune, 12)
    at, tried = NOW, []
    while not tried or Delivery.objects.get().state == State.WAITING:
        work(at)
        tried.append(at)
        at = max(Delivery.objects.get().next_try_at, at)
    gaps = [later - earlier for earlier, later in pairwise(tried)]
    assert [gap.total_seconds() / 60 for gap in gaps[:7]] == [1, 2, 4, 8, 16, 32, 60]
    assert timedelta(days=1) <= tried[-1] - NOW < timedelta(days=1, hours=1)
    kept = Delivery.objects.get()
    assert (kept.state, kept.status) == (State.FAILED, None)
    assert "refused" in kept.answer


def test_while_nobody_answers_there_is_one_call_and_the_other_messages_wait(scene: Scene) -> None:
    told(scene.cast.commune, scene.head, nobody())
    approve(scene, send(scene, scene.cast.commune, 12))
    work()
    assert list(Delivery.objects.order_by("pk").values_list("tries", flat=True)) == [1, 0]
    assert {one.next_try_at for one in Delivery.objects.all()} == {NOW + timedelta(minutes=1)}


def test_after_days_of_silence_a_webhook_is_switched_off_and_its_unit_is_told(scene: Scene) -> None:
    webhook, _secret = told(scene.cast.commune, scene.head, nobody())
    send(scene, scene.cast.commune, 12)
    work()
    later = NOW + delivering.OFF_AFTER
    Delivery.objects.update(posted_at=later)
    work(later)
    webhook.refresh_from_db()
    assert webhook.off_at == later
    assert Delivery.objects.get().state == State.FAILED
    notice = Notice.objects.get(kind=Kind.CONNECTION)
    assert (notice.person, notice.href) == (scene.head, f"/don-vi/bao-tin/{webhook.pk}/")
    assert audit.verify().fault is None


def test_a_receiver_that_is_gone_for_good_says_so_and_is_asked_no_more(scene: Scene) -> None:
    with listening(answers(410)) as receiver:
        webhook, _secret = told(scene.cast.commune, scene.head, receiver.url)
        approve(scene, send(scene, scene.cast.commune, 12))
        work()
        work(NOW + timedelta(hours=1))
    webhook.refresh_from_db()
    assert (len(receiver.got), webhook.off_at) == (1, NOW)


def test_switched_on_again_it_is_told_of_what_happens_from_then_on(scene: Scene) -> None:
    with listening(answers(410)) as receiver:
        webhook, _secret = told(scene.cast.commune, scene.head, receiver.url)
        version = send(scene, scene.cast.commune, 12)
        work()
        approve(scene, version)
        receiver.behaviour = answers(200)
        switch_on(webhook, by=scene.head, now=NOW)
        returns.accept(version, unit=scene.cast.district, by=scene.district_head, now=NOW)
        work()
    assert kinds(receiver) == ["return.submitted", "return.accepted"]


def test_what_did_not_arrive_is_sent_again_by_a_press(scene: Scene) -> None:
    with listening(answers(500)) as receiver:
        told(scene.cast.commune, scene.head, receiver.url)
        send(scene, scene.cast.commune, 12)
        work()
        Delivery.objects.update(state=State.FAILED)
        receiver.behaviour = answers(200)
        for _press in range(2):
            send_again(Delivery.objects.get(), by=scene.head, now=NOW)
        work()
    assert (len(set(receiver.ids)), len(receiver.ids)) == (1, 2)
    assert AuditEntry.objects.filter(verb="api.send_again").count() == 1


def test_a_redirect_is_not_followed(scene: Scene) -> None:
    with listening() as elsewhere, listening(answers(307, Location=elsewhere.url)) as receiver:
        told(scene.cast.commune, scene.head, receiver.url)
        send(scene, scene.cast.commune, 12)
        work()
    assert (len(receiver.got), elsewhere.got) == (1, [])
    assert Delivery.objects.get().state == State.WAITING


def test_a_receiver_that_never_answers_holds_up_no_other(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "PATIENCE", 0.2)
    with listening(never_answers) as slow, listening() as quick:
        told(scene.cast.commune, scene.head, slow.url)
        told(scene.cast.commune, scene.head, quick.url)
        approve(scene, send(scene, scene.cast.commune, 12))
        work()
        assert (len(slow.got), kinds(quick)) == (1, ["return.submitted", "return.approved"])
    waiting = Delivery.objects.filter(state=State.WAITING)
    assert {one.webhook.url for one in waiting} == {slow.url}


def test_of_a_long_answer_only_the_first_words_are_read(scene: Scene) -> None:
    def talks(_receiver: Receiver) -> tuple[int, dict[str, str], bytes]:
        return 500, {}, "Lỗi\0 ".encode() * 1_000_000

    with listening(talks) as receiver:
        told(scene.cast.commune, scene.head, receiver.url)
        send(scene, scene.cast.commune, 12)
        work()
    assert len(Delivery.objects.get().answer) == 300


def test_messages_go_to_no_address_inside_the_network_whatever_its_name(
    scene: Scene, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOKS_INSIDE = False
    told(scene.cast.commune, scene.head, "https://truong.example/tin")
    send(scene, scene.cast.commune, 12)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_about, **_more: found)
    work()
    kept = Delivery.objects.get()
    assert (kept.state, kept.status, kept.answer) == (
        State.WAITING,
        None,
        "the name leads to an address inside this network",
    )


@pytest.mark.parametrize(
    "url", ["http://truong.example/", "https://127.0.0.1/", "https://localhost/", "truong.example"]
)
def test_an_address_that_may_not_be_told_is_refused_at_once(scene: Scene, settings: Any, url: str) -> None:
    settings.WEBHOOKS_INSIDE = False
    with pytest.raises(Refused):
        told(scene.cast.commune, scene.head, url)
    assert not Webhook.objects.exists()


def test_heads_and_coordinators_set_up_webhooks_and_nobody_else(scene: Scene) -> None:
    for by in (scene.officer, scene.coordinator):
        with pytest.raises(Refused):
            told(scene.cast.commune, by, "https://truong.example/")
    assert not Webhook.objects.exists()


def test_the_same_press_makes_one_webhook_and_its_secret_is_shown_for_a_few_minutes(scene: Scene) -> None:
    first, secret = told(scene.cast.commune, scene.head, "https://truong.example/", key="k")
    assert told(scene.cast.commune, scene.head, "https://truong.example/", key="k") == (first, secret)
    Webhook.objects.update(made_at=NOW - timedelta(hours=1))
    with pytest.raises(Refused, match="chỉ hiện một lần"):
        told(scene.cast.commune, scene.head, "https://truong.example/", key="k")
    assert secret.removeprefix("whsec_") not in str(Webhook.objects.values().get())


@pytest.mark.parametrize("ended", ["by hand", "with the role", "with the token"])
def test_what_has_ended_is_told_nothing(scene: Scene, ended: str) -> None:
    with listening() as receiver:
        if ended == "with the token":
            system = let_in(scene.cast.commune, scene.head)
            system.send("POST", "/webhooks", {"url": receiver.url, "events": ["return.submitted"]})
        else:
            told(scene.cast.commune, scene.head, receiver.url)
        send(scene, scene.cast.commune, 12)
        spread(now=NOW)
        if ended == "by hand":
            end_webhook(Webhook.objects.get(), by=scene.head, now=NOW)
        elif ended == "with the role":
            end_role(scene.head.grants.get(), by=scene.cast.an, now=NOW)
        else:
            revoke_token(system.token, by=scene.head, now=NOW)
        work()
    assert receiver.got == []


def test_a_thousand_things_done_ask_no_more_than_one(scene: Scene, django_assert_max_num_queries: Any) -> None:
    told(scene.cast.commune, scene.head, "https://truong.example/")
    version = send(scene, scene.cast.commune, 12)
    with transaction.atomic():
        audit.record_all([audit.Done("reporting.submit", version, scene.head)] * 500, now=NOW)
    with django_assert_max_num_queries(12):
        spread(now=NOW)
    assert Delivery.objects.count() == 501


def test_old_messages_are_taken_away_and_those_that_wait_stay(scene: Scene) -> None:
    told(scene.cast.commune, scene.head, "https://truong.example/")
    approve(scene, send(scene, scene.cast.commune, 12))
    spread(now=NOW)
    one = Delivery.objects.last()
    assert one is not None
    Delivery.objects.filter(pk=one.pk).update(state=State.SENT)
    assert delivering.clear(now=NOW + delivering.KEPT + timedelta(days=1)) == 1
    assert Delivery.objects.get().state == State.WAITING


def test_another_system_sets_up_and_ends_its_webhook_with_its_token(scene: Scene) -> None:
    system = let_in(scene.cast.commune, scene.head)
    wish = {"url": "https://truong.example/tin", "events": ["return.approved"]}
    first, again = (system.send("POST", "/webhooks", wish, key="one-and-the-same") for _request in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    made = first.json()
    assert made["secret"].startswith("whsec_")
    assert made["secret"] not in str(list(Answer.objects.values()))
    [listed] = system.get("/webhooks").json()["items"]
    assert listed == {name: made[name] for name in listed}
    for _again in range(2):
        assert system.send("DELETE", f"/webhooks/{made['id']}").json()["state"] == "ended"
    assert system.get("/webhooks").json()["items"] == []


def test_a_system_neither_sees_nor_ends_webhooks_of_another_unit_nor_reaches_farther_than_its_token(
    scene: Scene,
) -> None:
    webhook, _secret = told(scene.cast.commune, scene.head, "https://truong.example/")
    system = let_in(scene.cast.district, scene.district_head)
    assert system.get("/webhooks").json()["items"] == []
    assert system.send("DELETE", f"/webhooks/{webhook.pk}").status_code == 404
    farther = {"url": "https://truong.example/", "events": ["return.approved"], "below": True}
    assert system.send("POST", "/webhooks", farther).status_code == 409
    assert Webhook.objects.in_force().count() == 1


def test_the_openapi_file_describes_every_message() -> None:
    described = api.get_openapi_schema()["webhooks"]
    assert set(described) == set(Event.values) == set(get_args(EventName))
