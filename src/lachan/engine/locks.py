"""When figures are locked for entry: by which rule, since when, and who is let through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    AFTER_DUE = "after_due"  # so many days after the return was due
    SENT_UP = "sent_up"  # once a consolidated report on it went up
    AT = "at"  # from one moment on


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; without an end it goes on."""

    since: datetime
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether `now` lies in it; its end no longer does."""
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, and the times for which it was suspended."""

    kind: Kind
    days: int = 0
    at: datetime | None = None
    suspended: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Lock:
    """Figures are locked: by which rule, since when."""

    rule: Rule
    since: datetime


def locks_at(rule: Rule, *, due: datetime, sent_up: datetime | None) -> datetime | None:
    """From when on the rule locks a return due at `due`, of which a report went up at `sent_up`; None: not foreseen yet."""
    if rule.kind is Kind.SENT_UP:
        return sent_up
    return due + timedelta(days=rule.days) if rule.kind is Kind.AFTER_DUE else rule.at


def lock_on(
    rules: Iterable[Rule],
    *,
    due: datetime,
    sent_up: datetime | None,
    exceptions: Sequence[Span] = (),
    now: datetime,
) -> Lock | None:
    """The lock on a return at `now`: of the rules that lock it the one that did so first; None where none does.

    A rule does not lock while it is suspended, and none does while an exception holds.
    """
    if any(one.holds(now) for one in exceptions):
        return None
    times = ((rule, locks_at(rule, due=due, sent_up=sent_up)) for rule in rules)
    found = [
        Lock(rule, since)
        for rule, since in times
        if since is not None and since <= now and not any(one.holds(now) for one in rule.suspended)
    ]
    return min(found, key=lambda lock: lock.since, default=None)
