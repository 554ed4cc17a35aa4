"""Returns sent and approved in a test, and the two ways of adding them up held together: `from recounting import …`."""

from collections.abc import Iterator
from contextlib import contextmanager

from cast import NOW
from django.db import transaction
from scenes import Scene

from lachan.campaigns.models import Assignment
from lachan.engine.rollup import NOTHING, ZERO
from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.figures import OWNER, Figures
from lachan.reporting.models import Decision, Return
from lachan.reporting.totals import OWN, Totals, figure


def send(scene: Scene, unit: Unit, number: int, key: str = "") -> Return:
    owed = scene.owed(unit)
    key = key or f"{owed.returns.count()}"
    return returns.submit(owed, typed=scene.typed(number), request_key=key, by=scene.officer, now=NOW)


def approve(scene: Scene, version: Return) -> Decision:
    return returns.approve(version, by=scene.head, now=NOW)


@contextmanager
def undone() -> Iterator[None]:
    """Every example starts from the same scene."""
    with transaction.atomic():
        mark = transaction.savepoint()
        yield
        transaction.savepoint_rollback(mark)


def added_up_alike(known: Figures, top: Assignment | None, added: Totals) -> None:
    """What the database adds up is what the units' own figures fold to, in every branch."""
    key = top.pk if top else OWNER
    assert [one.assignment for one in added.branches] == [node.assignment for node in known.children(key)]
    rows = [(node.assignment, added.row(node.unit)) for node in known.children(key)]
    for at, row in [*rows, (key, added.whole)]:
        assert row.coverage == known.coverage(at)
        for question in known.questions:
            state, shown = known.state(at, question), figure(row, question)
            assert row.states.get(question.key, ZERO).coverage == state.coverage
            told = state.rows if question.is_list else state.texts
            assert shown == (known.value(at, question) if question.is_number else len(told) or None)
    if top:
        assert added.row(OWN).coverage == known.own.get(key, NOTHING).coverage
