"""Another system sends a unit's returns."""

from datetime import timedelta
from typing import Any

import pytest
from calling import System, let_in
from cast import NOW
from django.test import Client
from recounting import added_up_alike
from scenes import Scene, with_a_full_form

from lachan.api.models import Answer
from lachan.api.once import KEPT, forget
from lachan.campaigns import actions as campaigns
from lachan.foundation import audit
from lachan.foundation.models import AuditEntry
from lachan.notices.models import Kind, Notice
from lachan.reporting.figures import OWNER, figures
from lachan.reporting.models import Decision, Obligation, Return
from lachan.reporting.totals import totals


def of_the_commune(scene: Scene, **rights: bool) -> tuple[System, int]:
    rights = {"submits": True} | rights
    return let_in(scene.cast.commune, scene.head, **rights), scene.owed(scene.cast.commune).pk


def test_a_return_is_submitted_and_waits_for_the_head(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    answer = system.submit(owed, {scene.number.code: 12, scene.words.code: "Loa hỏng"})
    assert (answer.status_code, answer.json()["number"], answer.json()["state"]) == (201, 1, "submitted")
    version = Return.objects.get()
    assert version.values == {scene.number.key: 12, scene.words.key: "Loa hỏng"}
    assert scene.owed(scene.cast.commune).typed == scene.typed(12, "Loa hỏng")
    assert not Notice.objects.filter(kind=Kind.TO_APPROVE).exists()  # the only head is the one whose token it is


def test_what_a_token_sends_stands_in_the_audit_trail_with_the_way_it_came(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    system.submit(owed, {scene.number.code: 12})
    entry = AuditEntry.objects.get(verb="reporting.submit")
    assert (entry.by_id, entry.detail["via"]) == (scene.head.pk, f"api:{system.token.pk}")
    assert audit.verify().fault is None


def test_a_token_that_approves_makes_the_return_count_at_once(scene: Scene) -> None:
    system, owed = of_the_commune(scene, approves=True)
    assert system.submit(owed, {scene.number.code: 12}, approve=True).json()["state"] == "approved"
    known = figures(scene.campaign)
    assert known.value(OWNER, scene.number) == 12
    added_up_alike(known, None, totals(scene.campaign, None))
    assert Decision.objects.get().verdict == Decision.Verdict.APPROVED
    arrived = Notice.objects.filter(kind=Kind.ARRIVED, person=scene.district_officer)
    assert [notice.times for notice in arrived] == [1]
    assert audit.verify().fault is None


def test_a_draft_is_kept_and_read_back(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    kept = system.send("PUT", f"/obligations/{owed}/draft", {"answers": {scene.number.code: "một nghìn"}})
    assert (kept.status_code, kept.json()["state"]) == (200, "drafted")
    assert system.get(f"/obligations/{owed}/draft").json()["answers"] == {scene.number.code: "một nghìn"}


def test_a_version_is_read_and_approved_later(scene: Scene) -> None:
    system, owed = of_the_commune(scene, approves=True)
    system.submit(owed, {scene.number.code: 12})
    approved = system.send("PUT", f"/obligations/{owed}/returns/1/approval")
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    version = system.get(f"/obligations/{owed}/returns/1").json()
    assert (version["counted"], version["answers"][scene.number.code]) == (True, 12)
    assert [one["verdict"] for one in version["decisions"]] == ["approved"]


def faults(answer: Any) -> list[tuple[str, str]]:
    return [(one["pointer"], one["detail"]) for one in answer.json()["errors"]]


def test_a_bad_answer_is_told_with_its_place_in_both_languages_and_nothing_is_kept(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    answer = system.submit(owed, {scene.number.code: "một nghìn"})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    [wrong] = answer.json()["errors"]
    assert wrong["pointer"] == f"/answers/{scene.number.code}"
    assert "cần là số nguyên" in wrong["detail"]
    assert "whole number" in wrong["detail_en"]
    assert not Return.objects.exists()


def test_an_answer_to_what_is_not_asked_is_refused(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    answer = system.submit(owed, {scene.number.code: 1, "khác/1": 2})
    assert (answer.status_code, faults(answer)[0][0]) == (422, "/answers/khác~11")


def test_numbers_rows_and_words_are_read_as_if_they_had_been_typed(scene: Scene) -> None:
    with_a_full_form(scene)
    system, owed = of_the_commune(scene)
    answers = {"1": 7, "4": [{"name": "Lớp | tối", "n": 30}], "2": None}
    assert system.submit(owed, answers).status_code == 201
    by_code = {question.code: value for question, value in Return.objects.get().answers()}
    assert (by_code["1"], by_code["4"], by_code["2"]) == (7, [{"name": "Lớp tối", "n": 30}], None)


def test_a_closed_campaign_takes_nothing_and_says_so_in_both_languages(scene: Scene) -> None:
    campaigns.close(scene.campaign, by=scene.coordinator, now=NOW)
    system, owed = of_the_commune(scene)
    told = system.submit(owed, {scene.number.code: 12})
    assert told.status_code == 409
    assert "đã kết thúc" in told.json()["detail"]
    assert "has ended" in told.json()["detail_en"] or "closed" in told.json()["detail_en"]


def test_the_same_request_again_gets_the_first_answer_and_changes_nothing(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    first = system.submit(owed, {scene.number.code: 12}, key="one-and-the-same")
    campaigns.close(scene.campaign, by=scene.coordinator, now=NOW)
    again = system.submit(owed, {scene.number.code: 12}, key="one-and-the-same")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert Return.objects.count() == AuditEntry.objects.filter(verb="reporting.submit").count() == 1


def test_another_content_under_the_same_key_is_refused(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    system.submit(owed, {scene.number.code: 12}, key="one-and-the-same")
    other = system.submit(owed, {scene.number.code: 13}, key="one-and-the-same")
    assert (other.status_code, other.json()["type"]) == (409, "urn:lachan:problem:key-used")
    assert Return.objects.get().values[scene.number.key] == 12


def test_a_refusal_is_an_answer_too(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    first = system.submit(owed, {}, key="one-and-the-same")
    assert first.status_code == 422
    assert system.submit(owed, {}, key="one-and-the-same").content == first.content


def test_a_write_without_a_key_is_refused(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    for key in ("short", "có dấu cách", "x" * 65):
        answer = system.send("PUT", f"/obligations/{owed}/draft", {"answers": {}}, key=key)
        assert answer.status_code == 400, key
    assert scene.owed(scene.cast.commune).state == Obligation.State.OWED


@pytest.mark.parametrize(
    ("body", "kind", "status", "problem"),
    [
        (b"{", "application/json", 400, "malformed"),
        (b"\xff", "application/json", 400, "malformed"),
        (b"[" * 100_000, "application/json", 400, "malformed"),
        (b'{"answers": {}}', "text/plain", 415, "unsupported"),
        (b'{"answers": {}}', "", 415, "unsupported"),
        (b" " * (5 * 2**20 + 1), "application/json", 413, "too-large"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_so(scene: Scene, body: bytes, kind: str, status: int, problem: str) -> None:
    system, owed = of_the_commune(scene)
    headers = {"Authorization": f"Bearer {system.secret}", "Idempotency-Key": "key-of-rubbish"}
    for address in (f"/api/v1/obligations/{owed}/returns", "/api/v1/returns"):
        answer = Client().post(address, body, kind, headers=headers)
        if status != 413 or "obligations" in address:  # many returns may be longer
            assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
            assert answer.json()["type"] == f"urn:lachan:problem:{problem}"


def test_answers_are_forgotten_when_the_promised_time_is_over(scene: Scene) -> None:
    system, owed = of_the_commune(scene)
    system.submit(owed, {scene.number.code: 12}, key="one-and-the-same")
    assert (forget(now=NOW + KEPT), Answer.objects.count()) == (0, 1)
    assert (forget(now=NOW + KEPT + timedelta(seconds=1)), Answer.objects.count()) == (1, 0)
    assert Return.objects.count() == 1
