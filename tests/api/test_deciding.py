"""Another system approves, accepts, sends back, and reads of amendments and locks."""

from datetime import timedelta
from typing import Any

import pytest
from calling import let_in
from cascades import a_campaign, of, passed_on, reported
from cast import NOW, hire
from recounting import approve, send
from scenes import Scene

from lachan.foundation.models import AuditEntry
from lachan.orgs.models import Role
from lachan.reporting.actions import amending
from lachan.reporting.actions.locking import Rules, set_rules
from lachan.reporting.models import Decision


def state_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("state") or answer.json()["type"].rpartition(":")[2]


def place(scene: Scene, verb: str = "", number: int = 1) -> str:
    """The address of a version of the commune's return, and what is to be done with it."""
    return f"/obligations/{scene.owed(scene.cast.commune).pk}/returns/{number}{verb}"


def test_the_level_above_accepts_what_has_come_up(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 12))
    system = let_in(scene.cast.district, scene.district_head, decides=True)
    [waiting] = system.get(f"/campaigns/{scene.campaign.pk}/arriving", state="approved").json()["items"]
    assert (waiting["unit"]["code"], waiting["counted_version"]) == ("99101", 1)
    assert system.get(place(scene)).json()["answers"][scene.number.code] == 12
    for _again in range(2):
        assert state_of(system.send("PUT", place(scene, "/acceptance"))) == (200, "accepted")
    decision = Decision.objects.get(verdict="accepted")
    assert (decision.by, decision.unit) == (scene.district_head, scene.cast.district)
    assert AuditEntry.objects.get(verb="reporting.accepted").detail["via"] == f"api:{system.token.pk}"


def test_the_campaigns_owner_decides_too_though_the_unit_is_not_below_it(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 12))
    system = let_in(scene.cast.department, scene.coordinator, decides=True)
    sent_back = system.send("POST", place(scene, "/send-back"), {"remark": "Đếm lại"})
    assert state_of(sent_back) == (200, "sent_back")
    decision = Decision.objects.get(verdict="sent_back")
    assert (decision.unit, decision.remark) == (scene.cast.department, "Đếm lại")


def test_the_head_sends_back_what_waits_for_approval(scene: Scene) -> None:
    send(scene, scene.cast.commune, 12)
    system = let_in(scene.cast.commune, scene.head, submits=True, approves=True)
    assert state_of(system.send("POST", place(scene, "/send-back"), {"remark": "Đếm lại"})) == (200, "sent_back")
    assert Decision.objects.get().unit == scene.cast.commune


def test_the_same_request_again_gets_the_first_answer(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 12))
    system = let_in(scene.cast.district, scene.district_head, decides=True)
    first, again = (
        system.send("POST", place(scene, "/send-back"), {"remark": "Đếm lại"}, key="one-and-the-same")
        for _request in range(2)
    )
    assert (first.status_code, again.content) == (200, first.content)
    assert Decision.objects.filter(verdict="sent_back").count() == 1


@pytest.mark.parametrize("verb", ["/approval", "/acceptance", "/send-back"])
def test_a_token_without_the_right_decides_nothing(scene: Scene, verb: str) -> None:
    approve(scene, send(scene, scene.cast.commune, 12))
    before = Decision.objects.count()
    method, body = ("POST", {"remark": "x"}) if verb == "/send-back" else ("PUT", None)
    for system in (
        let_in(scene.cast.commune, scene.head, submits=True),
        let_in(scene.cast.district, scene.district_head, submits=True, below=True),
    ):
        assert state_of(system.send(method, place(scene, verb), body)) == (403, "forbidden")
    assert Decision.objects.count() == before


def test_the_level_above_approves_nothing_for_a_head_and_a_unit_accepts_nothing_of_its_own(scene: Scene) -> None:
    version = send(scene, scene.cast.commune, 12)
    above = let_in(scene.cast.district, scene.district_head, submits=True, approves=True, decides=True)
    assert state_of(above.send("PUT", place(scene, "/approval"))) == (403, "forbidden")
    approve(scene, version)
    own = let_in(scene.cast.commune, scene.head, decides=True)
    assert state_of(own.send("PUT", place(scene, "/acceptance"))) == (403, "forbidden")
    assert [one.verdict for one in Decision.objects.all()] == ["approved"]


def test_what_has_not_gone_up_is_not_seen_from_above(scene: Scene) -> None:
    send(scene, scene.cast.commune, 12)
    above = let_in(scene.cast.district, scene.district_head, decides=True)
    assert state_of(above.get(place(scene))) == (404, "not-found")
    assert state_of(above.send("PUT", place(scene, "/acceptance"))) == (404, "not-found")
    assert state_of(above.send("POST", place(scene, "/send-back"), {"remark": "x"})) == (404, "not-found")


def test_the_unit_next_door_sees_and_decides_nothing(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 12))
    neighbour = hire("Mai", (Role.HEAD, scene.cast.other_commune))
    system = let_in(scene.cast.other_commune, neighbour, submits=True, approves=True, decides=True, below=True)
    owed = scene.owed(scene.cast.commune).pk
    for address in (place(scene), f"/obligations/{owed}/amendments", f"/obligations/{owed}/lock"):
        assert state_of(system.get(address)) == (404, "not-found")
    assert state_of(system.send("PUT", place(scene, "/acceptance"))) == (404, "not-found")
    assert system.get(f"/campaigns/{scene.campaign.pk}/arriving").json()["items"] == []


def test_amendments_are_read_by_the_unit_and_from_above(scene: Scene) -> None:
    approve(scene, send(scene, scene.cast.commune, 12))
    owed = scene.owed(scene.cast.commune)
    amending.begin(owed, because="Đếm thiếu", request_key="a", by=scene.officer, now=NOW)
    approve(scene, send(scene, scene.cast.commune, 14))
    for system in (let_in(scene.cast.commune, scene.head), let_in(scene.cast.department, scene.coordinator)):
        [one] = system.get(f"/obligations/{owed.pk}/amendments").json()["items"]
        assert (one["mends"], one["became"], one["state"], one["because"]) == (1, 2, "counted", "Đếm thiếu")


def test_a_lock_is_told_with_its_reason_in_both_languages(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    system = let_in(scene.cast.commune, scene.head)
    free = system.get(f"/obligations/{owed.pk}/lock").json()
    assert (free["locked"], free["because"], free["let_through"]) == (False, "", [])
    set_rules(scene.campaign, rules=Rules(at=NOW - timedelta(hours=1)), by=scene.coordinator, now=NOW)
    locked = system.get(f"/obligations/{owed.pk}/lock").json()
    assert locked["locked"]
    assert "đã khóa" in locked["because"]
    assert "locked" in locked["because_en"]


def test_a_unit_that_reaches_below_decides_for_itself_not_for_the_level_between(scene: Scene) -> None:
    cast = scene.cast
    campaign = a_campaign(cast.province, [cast.district], by=cast.an)
    passed_on(of(cast.district, campaign), [cast.commune], by=cast.binh)
    version = reported(of(cast.commune, campaign), by=scene.head)
    system = let_in(cast.province, cast.an, decides=True, below=True)
    address = f"/obligations/{version.obligation_id}/returns/1/acceptance"
    assert state_of(system.send("PUT", address)) == (200, "accepted")
    assert Decision.objects.get(verdict="accepted").unit == cast.province
