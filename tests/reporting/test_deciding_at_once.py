"""Two people decide about one version at the same moment: one decision stands, the other reads why theirs does not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from at_once import at_once
from cast import NOW, hire
from django.db import connection, transaction
from scenes import Scene

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Campaign
from lachan.orgs.models import Role
from lachan.reporting.actions import amending, editing, returns
from lachan.reporting.models import Form, Obligation, Return

pytestmark = pytest.mark.django_db(transaction=True)
State = Obligation.State


@pytest.fixture
def version(scene: Scene) -> Return:
    owed = scene.owed(scene.cast.commune)
    return returns.submit(owed, typed=scene.typed(3), request_key="one", by=scene.officer, now=NOW)


def approving(scene: Scene, version: Return) -> list[Callable[[], object]]:
    heads = [scene.head, hire("Hải", (Role.HEAD, scene.cast.commune))]
    return [lambda head=head: returns.approve(version, by=head, now=NOW) for head in heads]  # type: ignore[misc]


def test_two_heads_approving_at_once_leave_one_approval(scene: Scene, version: Return) -> None:
    assert at_once(approving(scene, version)) == ["done", "done"]
    assert version.decisions.count() == 1
    assert scene.owed(scene.cast.commune).counted == version


def test_approving_while_another_head_sends_back_leaves_one_decision(scene: Scene, version: Return) -> None:
    def send_back() -> None:
        returns.send_back(version, unit=scene.cast.commune, remark="Thiếu", by=scene.head, now=NOW)

    said = at_once([approving(scene, version)[1], send_back])
    assert said.count("done") == 1
    assert "không còn chờ duyệt" in "".join(said)
    decision = version.decisions.get()
    assert scene.owed(scene.cast.commune).state == decision.verdict


def test_two_officers_amending_at_once_begin_one_amendment(scene: Scene, version: Return) -> None:
    returns.approve(version, by=scene.head, now=NOW)
    owed = scene.owed(scene.cast.commune)

    def begin(key: str) -> Callable[[], object]:
        return lambda: amending.begin(owed, because="Thiếu", request_key=key, by=scene.officer, now=NOW)

    said = at_once([begin("a"), begin("a"), begin("b")])
    assert said.count("done") in (1, 2)
    assert "đang được điều chỉnh" in "".join(said)
    assert owed.amendments.count() == 1


def test_two_officers_saving_at_once_lose_nothing(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)

    def saving(key: str, text: str) -> Callable[[], object]:
        return lambda: returns.save_draft(owed, typed={key: text}, by=scene.officer, now=NOW)

    assert at_once([saving(scene.number.key, "3"), saving(scene.words.key, "Loa")]) == ["done", "done"]
    assert scene.owed(scene.cast.commune).typed == scene.typed(3, "Loa")


def test_two_submits_at_once_make_one_version(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)

    def submit() -> object:
        return returns.submit(owed, typed=scene.typed(3), request_key="one", by=scene.officer, now=NOW)

    assert at_once([submit, submit]) == ["done", "done"]
    assert owed.returns.count() == 1


def test_a_step_in_the_editor_while_the_campaign_starts_waits_to_be_issued(scene: Scene) -> None:
    Campaign.objects.update(state=Campaign.State.DRAFT)
    form = Form.objects.get(campaign=scene.campaign)
    asked = set(form.questions.values_list("code", flat=True))

    def empty() -> object:
        return editing.edit(form, lambda draft: replace(draft, items=()), by=scene.coordinator, now=NOW)

    with ThreadPoolExecutor(1) as colleague, transaction.atomic():
        campaigns.take_turn(scene.campaign)
        Form.objects.filter(pk=form.pk).update(working=None)
        step = colleague.submit(at_once, [empty])
        while not somebody_waits():
            assert not step.done()
        Campaign.objects.update(state=Campaign.State.RUNNING)
    assert step.result() == ["done"]
    assert set(form.questions.filter(withdrawn_in=None).values_list("code", flat=True)) == asked


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
