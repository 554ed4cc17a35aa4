"""Several systems send at the same moment, each in a thread and with a line to the database of its own."""

import time
from collections.abc import Sequence
from typing import Any

import pytest
from at_once import at_once
from calling import System, let_in
from cast import Cast
from scenes import Scene

from lachan.api import sending
from lachan.api.models import Answer
from lachan.api.together import Together
from lachan.foundation import audit
from lachan.foundation.models import AuditEntry
from lachan.orgs.models import Unit
from lachan.reporting.models import Return
from lachan.reporting.totals import totals

pytestmark = pytest.mark.django_db(transaction=True)
Sending = tuple[Unit, object, str]
"""For whom, the number, and the key of the request."""


@pytest.fixture
def units(cast: Cast) -> list[Unit]:
    return [cast.district, cast.commune, cast.other_commune, cast.township]


def sent_at_once(scene: Scene, sent: Sequence[Sending], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The answers to all of these. The first go waits until all others stand in line, so that they share the next."""
    goes: list[int] = []

    def take(group: Sequence[Any]) -> Sequence[Any]:
        goes.append(len(group))
        while len(goes) == 1 and len(together._waiting) < len(sent) - len(group):
            time.sleep(0.01)
        return sending._take(group)

    together: Together[Any, Any] = Together(take)
    monkeypatch.setattr(sending, "_together", together)
    system = let_in(scene.cast.district, scene.district_head, submits=True, below=True, approves=True)
    answers: dict[int, Any] = {}

    def send(place: int) -> None:
        unit, number, key = sent[place]
        line = System(system.secret, system.token)
        line.client.raise_request_exception = False
        answers[place] = line.submit(scene.owed(unit).pk, {scene.number.code: number}, key=key, approve=True)

    assert set(at_once([lambda place=place: send(place) for place in range(len(sent))])) == {"done"}  # type: ignore[misc]
    assert max(goes) > 1
    return [answers[place] for place in range(len(sent))]


def test_what_is_acknowledged_is_there_once(scene: Scene, units: list[Unit], monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [(unit, 3, f"key-of-{unit.pk}") for unit in units]
    answers = sent_at_once(scene, [*sent, *sent], monkeypatch)  # everybody sends it on two lines
    assert {answer.status_code for answer in answers} == {201}
    assert [one.content for one in answers[: len(units)]] == [one.content for one in answers[len(units) :]]
    assert sorted(Return.objects.values_list("obligation__unit", flat=True)) == sorted(unit.pk for unit in units)
    assert Answer.objects.count() == AuditEntry.objects.filter(verb="reporting.submit").count() == len(units)
    assert totals(scene.campaign, None).whole.coverage.received == len(units)
    assert audit.verify().fault is None


def test_one_return_that_cannot_be_counted_holds_up_no_other(
    scene: Scene, units: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers: list[object] = [3, "ba", 4, 5]
    sent = [(unit, number, f"key-of-{unit.pk}") for unit, number in zip(units, numbers, strict=True)]
    assert [one.status_code for one in sent_at_once(scene, sent, monkeypatch)] == [201, 422, 201, 201]
    assert Return.objects.count() == len(units) - 1


def test_a_fault_of_ours_in_one_takes_none_of_its_neighbours_with_it(
    scene: Scene, units: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = sending.submit_many

    def submit_many(sent: Sequence[Any], **more: Any) -> Any:
        outcomes = kept(sent, **more)
        if any(one.obligation == scene.owed(units[1]).pk for one in sent):
            raise RuntimeError
        return outcomes

    monkeypatch.setattr(sending, "submit_many", submit_many)
    sent = [(unit, 3, f"key-of-{unit.pk}") for unit in units]
    assert [one.status_code for one in sent_at_once(scene, sent, monkeypatch)] == [201, 500, 201, 201]
    assert not Return.objects.filter(obligation__unit=units[1]).exists()
    assert Return.objects.count() == Answer.objects.count() == len(units) - 1
    assert audit.verify().fault is None
