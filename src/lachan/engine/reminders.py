"""Which reminders of a return fall due, and when people may be disturbed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lachan.engine.working_days import WorkingDays

DAY_BEGINS, DAY_ENDS = time(6, 30), time(21)
"""Mail goes out between these hours only: a phone on the bedside table must not ring for the office."""
DIGEST_AT = time(7)


class Missing(StrEnum):
    """What a return still lacks."""

    REPORT = "report"
    APPROVAL = "approval"  # it waits for the unit's head


class To(StrEnum):
    """Who is told."""

    UNIT = "unit"  # who has to act: the officer, or the head when it waits for approval
    HEAD = "head"
    SUPERIOR = "superior"  # the officer of the unit that gave the work


@dataclass(frozen=True)
class Rules:
    """When a unit is reminded: `days` counted from the due day (-3: three days before), and from when others are told."""

    days: tuple[int, ...] = (-3, 0, 1, 3)
    head_after: int | None = 2  # days late; None: never
    superior_after: int | None = 5


@dataclass(frozen=True)
class Reminder:
    """One reminder that has fallen due; `step` is the day of the rule it came from."""

    to: To
    step: int


@dataclass(frozen=True)
class Today:
    """The day that is asked about, and the days offices work."""

    day: date
    office: WorkingDays


def falling_due(due: date, *, given: date, today: Today, missing: Missing | None, rules: Rules) -> tuple[Reminder, ...]:
    """The reminders that stand on `today`: for each of those to be told the latest step that was reached, and no earlier one.

    A step that falls on a day off is taken when somebody is at work: up to the due day on the last working day before, after it
    on the next.

    So asking every hour gives the same until the next step, and after a week without asking nobody gets a heap. A step that had
    passed when the work was given reminds of nothing. Nothing is due when nothing is missing.
    """
    if missing is None:
        return ()
    first = (given - due).days
    return tuple(
        Reminder(to, max(reached))
        for to, steps in _steps(missing, rules)
        if (reached := [step for step in steps if first < step and _taken_on(due, step, today.office) <= today.day])
    )


def _taken_on(due: date, step: int, office: WorkingDays) -> date:
    day = due + timedelta(days=step)
    return office.on_or_before(day) if step <= 0 else office.on_or_after(day)


def _steps(missing: Missing, rules: Rules) -> Iterator[tuple[To, tuple[int, ...]]]:
    yield To.UNIT, rules.days
    if missing is Missing.REPORT and rules.head_after is not None:
        yield To.HEAD, (rules.head_after,)
    if rules.superior_after is not None:
        yield To.SUPERIOR, (rules.superior_after,)


def may_disturb(at: datetime) -> bool:
    """Whether mail may go out at this moment of the province's clock."""
    return DAY_BEGINS <= at.time() < DAY_ENDS
