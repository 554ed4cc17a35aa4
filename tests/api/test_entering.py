"""Which token opens what."""

from datetime import timedelta
from typing import Any

import pytest
from calling import System, let_in
from cast import NOW
from django.utils.dateparse import parse_datetime
from scenes import Scene

from lachan.api.actions.tokens import TokenDraft, make_token, revoke_token
from lachan.api.models import Token
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.actions import end_role


def state_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def test_a_token_says_what_it_opens(scene: Scene) -> None:
    told = let_in(scene.cast.commune, scene.head, submits=True).get("/token").json()
    assert (told["unit"], told["submits"], told["approves"]) == ({"code": "99101", "name": "Xã Gò Cao"}, True, False)
    assert parse_datetime(told["expires_at"]) == NOW + timedelta(days=30)


def test_only_its_digest_is_kept_and_its_making_is_in_the_trail(scene: Scene) -> None:
    system = let_in(scene.cast.commune, scene.head)
    kept = Token.objects.values().get()
    assert system.secret not in str(kept)
    assert AuditEntry.objects.get(verb="api.make_token").by_id == scene.head.pk


@pytest.mark.parametrize("secret", ["", "lachan_không_có", "lachan_x"])
def test_without_a_token_nothing_opens(scene: Scene, secret: str) -> None:
    answer = System(secret, Token()).get("/token")
    assert state_of(answer) == (401, "no-token")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_that_was_revoked_opens_nothing(scene: Scene) -> None:
    system = let_in(scene.cast.commune, scene.head)
    revoke_token(system.token, by=scene.head, now=NOW)
    revoke_token(system.token, by=scene.head, now=NOW)
    assert state_of(system.get("/token")) == (401, "no-token")
    assert AuditEntry.objects.filter(verb="api.revoke_token").count() == 1


def test_a_token_that_has_expired_opens_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    system = let_in(scene.cast.commune, scene.head, days=1)
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW + timedelta(days=1))
    assert state_of(system.get("/token")) == (401, "no-token")


def test_a_token_ends_with_the_role_of_whoever_made_it(scene: Scene) -> None:
    system = let_in(scene.cast.commune, scene.head)
    end_role(scene.head.grants.get(), by=scene.cast.an, now=NOW)
    assert state_of(system.get("/token")) == (401, "no-token")


def test_officers_make_no_tokens_and_only_heads_make_those_that_approve(scene: Scene) -> None:
    both = TokenDraft("x", 30, submits=True, approves=True)
    for by, unit, draft in (
        (scene.officer, scene.cast.commune, TokenDraft("x", 30)),
        (scene.coordinator, scene.cast.department, both),
    ):
        with pytest.raises(Refused):
            make_token(unit, draft=draft, request_key="k", by=by, now=NOW)
    assert not Token.objects.exists()


def test_a_token_that_only_reads_sends_nothing(scene: Scene) -> None:
    system = let_in(scene.cast.commune, scene.head)
    answer = system.submit(scene.owed(scene.cast.commune).pk, {scene.number.code: 1})
    assert state_of(answer) == (403, "forbidden")


def test_a_token_that_only_submits_does_not_approve(scene: Scene) -> None:
    system = let_in(scene.cast.commune, scene.head, submits=True)
    answer = system.submit(scene.owed(scene.cast.commune).pk, {scene.number.code: 1}, approve=True)
    assert state_of(answer) == (403, "forbidden")
    assert state_of(system.send("PUT", "/obligations/1/returns/1/approval")) == (403, "forbidden")


def test_a_token_reaches_below_only_where_it_says_so(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune).pk
    alone = let_in(scene.cast.district, scene.district_head, submits=True)
    reaching = let_in(scene.cast.district, scene.district_head, submits=True, below=True)
    assert state_of(alone.get(f"/obligations/{owed}")) == (404, "not-found")
    assert state_of(alone.submit(owed, {scene.number.code: 1})) == (404, "not-found")
    assert reaching.submit(owed, {scene.number.code: 1}).status_code == 201


def test_nobody_reaches_the_unit_next_door_or_the_one_above(scene: Scene) -> None:
    system = let_in(scene.cast.commune, scene.head, submits=True, below=True)
    for unit in (scene.cast.other_commune, scene.cast.district):
        owed = scene.owed(unit).pk
        for address in (f"/obligations/{owed}", f"/obligations/{owed}/form", f"/obligations/{owed}/draft"):
            assert state_of(system.get(address)) == (404, "not-found")
        assert state_of(system.submit(owed, {scene.number.code: 1})) == (404, "not-found")
        draft = system.send("PUT", f"/obligations/{owed}/draft", {"answers": {}})
        assert state_of(draft) == (404, "not-found")


def test_a_minutes_requests_are_counted_and_then_refused(scene: Scene, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 20
    system = let_in(scene.cast.commune, scene.head)
    answers = [system.get("/token") for _request in range(21)]
    assert [one.status_code for one in answers] == [200] * 20 + [429]
    assert int(answers[-1]["Retry-After"]) <= 60


def test_the_next_minute_counts_anew(scene: Scene, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_REQUESTS_A_MINUTE = 20
    system = let_in(scene.cast.commune, scene.head)
    for _request in range(20):
        system.get("/token")
    later = NOW + timedelta(minutes=1)
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: later)
    assert system.get("/token").status_code == 200
    assert Token.objects.get().last_used_at == later
