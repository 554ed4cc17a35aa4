"""Laws over any order of what people do: no figure that counts changes silently, and a request sent again is answered as before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from cascades import DUE
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from recounting import undone
from scenes import Scene

from lachan.engine.amendments import moved
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.models import Unit
from lachan.reporting.actions import amending, locking, returns
from lachan.reporting.actions.locking import Leave, Rules
from lachan.reporting.changed import changes_in, questions_of, told
from lachan.reporting.locks import locks_on
from lachan.reporting.models import Amendment, Decision, LockException, LockRule, Obligation, Return

Verdict = Decision.Verdict
Request = Callable[[], Any]
STEPS = (
    *("submit", "words", "approve", "head sends back", "accept", "above sends back", "by hand"),
    *("amend", "drop", "rules", "no rules", "suspend", "let through", "take back", "tomorrow", "again"),
)
LATE = (("rules", "tomorrow", late) for late in ("submit", "approve", "amend", "above sends back"))
HABITS = (("submit", "approve"), ("amend", "submit"), ("approve", "by hand"), *LATE)
"""What is mostly done one after another: without them chance seldom comes as far as a lock on a return that waits or counts."""


@dataclass
class Story:
    """What is done to two units of a campaign, one step after another; every request is kept, to be sent again."""

    scene: Scene
    now: datetime = DUE - timedelta(hours=1)  # locked as soon as there is a rule and the next day has come
    done: list[tuple[Request, Any]] = field(default_factory=list)
    count: int = 0

    def take(self, unit: Unit, step: str, number: int) -> None:
        """Do it, if it may be done. Whatever is refused changes nothing that counts."""
        self.count += 1
        if step == "tomorrow":
            self.now += timedelta(days=1)
        elif step == "again" and self.done:
            self.send_again(number)
        elif step == "by hand":
            self.change_by_hand(unit)
        elif request := self.request(unit, step, number):
            with suppress(Refused):
                self.done.append((request, request()))

    def send_again(self, number: int) -> None:
        """A request sent again is answered as it was the first time, and moves nothing."""
        request, answer = self.done[number % len(self.done)]
        before = stand()
        assert request() == answer
        assert stand() == before

    def change_by_hand(self, unit: Unit) -> None:
        """A script that writes into the table: the database refuses it wherever something counted."""
        owed = self.scene.owed(unit)
        versions = owed.returns.exclude(pk=owed.counted_id)
        with suppress(IntegrityError), transaction.atomic():
            Obligation.objects.filter(pk=owed.pk, counted__isnull=False).update(counted=versions.first())
            connection.check_constraints()

    def request(self, unit: Unit, step: str, number: int) -> Request | None:
        owed, key = self.scene.owed(unit), f"request {self.count}"
        found: Request | None = self.of_locks(owed, step, key)
        if found is None and step in ("submit", "words"):
            counted = owed.counted.values.get(self.scene.number.key, 1) if owed.counted and step == "words" else number
            typed = self.scene.typed(counted, f"Lời {number}")
            found = partial(returns.submit, owed, typed=typed, request_key=key, by=self.scene.officer, now=self.now)
        if found is None and step == "amend":
            who = {"by": self.scene.officer, "now": self.now}
            found = partial(amending.begin, owed, because="Thiếu một thôn", request_key=key, **who)
        if found is None and step == "drop" and owed.amendment:
            found = partial(amending.drop, owed.amendment, by=self.scene.officer, now=self.now)
        return found or self.decision(owed, step, key)

    def decision(self, owed: Obligation, step: str, key: str) -> Request | None:
        version = owed.latest() if step in ("approve", "head sends back") else owed.counted
        if version is None or step not in ("approve", "head sends back", "accept", "above sends back"):
            return None
        who = {"by": self.scene.head, "now": self.now, "request_key": key}
        if step == "approve":
            return partial(returns.approve, version, **who)
        unit = owed.unit if step.startswith("head") else owed.assignment.dispatch.unit
        if step == "accept":
            return partial(returns.accept, version, unit=unit, **who)
        return partial(returns.send_back, version, unit=unit, remark="Xem lại", **who)

    def of_locks(self, owed: Obligation, step: str, key: str) -> Request | None:
        campaign, who = self.scene.campaign, {"by": self.scene.coordinator, "now": self.now}
        rule, exception = LockRule.objects.filter(ended_at=None).first(), LockException.objects.first()
        until = self.now + timedelta(days=1)
        if step in ("rules", "no rules"):
            rules = Rules(after_due=0) if step == "rules" else Rules()
            locking.set_rules(campaign, rules=rules, **who)
        elif step == "suspend" and rule:
            locking.suspend(rule, because="Mất điện", until=until, **who)
        elif step == "let through":
            leave = Leave(place=owed.assignment, with_below=True, because="Mất mạng", until=until)
            return partial(locking.let_through, campaign, leave=leave, request_key=key, **who)
        elif step == "take back" and exception:
            return partial(locking.take_back, exception, **who)
        return None


class Stand(NamedTuple):
    """Which version of a return counts, how many there are, and which amendment is open."""

    counted: int | None
    versions: int
    amendment: int | None


def stand() -> dict[int, Stand]:
    """By obligation."""
    rows = Obligation.objects.annotate(versions=Count("returns"))
    return {key: Stand(*row) for key, *row in rows.values_list("pk", "counted", "versions", "amendment")}


def locked_at(now: datetime) -> set[int]:
    return set(locks_on(Obligation.objects.select_related("form__campaign", "assignment"), now))


def numbers_of(version: int | None) -> Any:
    return Return.objects.get(pk=version).values if version else None


done = st.one_of(st.sampled_from(STEPS).map(lambda step: (step,)), st.sampled_from(HABITS))
deeds = st.lists(st.tuples(st.integers(0, 1), done, st.integers(0, 9)), min_size=8, max_size=14)


@example(deeds=[(1, ("rules", "tomorrow", "submit"), 5)])
@example(deeds=[(1, ("submit", "rules", "tomorrow", "approve"), 5)])
@example(deeds=[(1, ("submit", "approve", "rules", "tomorrow", "amend"), 5)])
@example(deeds=[(1, ("submit", "approve", "rules", "tomorrow", "above sends back"), 5)])
@example(deeds=[(1, ("submit", "approve", "by hand"), 5)])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds)
def test_no_figure_that_counts_changes_silently(scene: Scene, deeds: list[tuple[int, tuple[str, ...], int]]) -> None:
    units = [scene.cast.district, scene.cast.commune]
    with undone():
        story, after = Story(scene), stand()
        for place, step, number in [(place, step, number) for place, steps, number in deeds for step in steps]:
            before, locked, entries = after, locked_at(story.now), AuditEntry.objects.count()
            story.take(units[place], step, number)
            after = stand()
            for key, was in before.items():
                if after[key].counted != was.counted:
                    assert key not in locked
                    it_was_told(scene, was.counted, after[key].counted, entries)
                if key in locked:
                    nothing_new(was, after[key])
        every_open_amendment_leaves_what_it_mends_counting()
        connection.check_constraints()


def nothing_new(was: Stand, now: Stand) -> None:
    """While it was locked no version came and no amendment began."""
    assert now.versions == was.versions
    assert now.amendment in (None, was.amendment)


def it_was_told(scene: Scene, before: int | None, now: int | None, entries: int) -> None:
    """One entry in the audit trail, one change on the page above, each with the very numbers that moved."""
    entry = AuditEntry.objects.filter(verb__in=["reporting.approved", "reporting.sent_back"]).latest("id")
    assert AuditEntry.objects.count() > entries
    decision = Decision.objects.latest("pk")
    assert entry.subject_id == str(decision.version_id)
    if decision.replaced is None:
        assert before is None  # the first time anything counts there is nothing to have changed
        return
    questions = questions_of(scene.campaign)
    expected = [
        (one.key, one.was, one.now)
        for one in moved([q.asked for q in questions.values()], numbers_of(before), numbers_of(now))
    ]
    (change,) = told(changes_in(scene.campaign, None)[:1], questions)
    assert change.decision == decision
    assert [(shift.question.key, shift.was, shift.now) for shift in change.shifts] == expected
    assert len(entry.detail["moved"]) == len(expected)
    assert change.why or not decision.version.amends


def every_open_amendment_leaves_what_it_mends_counting() -> None:
    for one in Amendment.objects.filter(became=None, dropped_at=None).select_related("obligation"):
        assert one.obligation.counted_id == one.mends_id
