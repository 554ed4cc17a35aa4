"""Reminders by rule: laws, and the days of one return."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lachan.engine.reminders import Missing, Reminder, Rules, To, Today, falling_due, may_disturb
from lachan.engine.working_days import WorkingDays

DUE = date(2025, 3, 20)
GIVEN = date(2025, 3, 1)
ALWAYS_OPEN = WorkingDays({str(date(2025, 1, 1) + timedelta(days=day)): True for day in range(366)})
OFFICE = WorkingDays()  # Monday to Friday; DUE is a Thursday
days = some.integers(-30, 60)
rules = some.builds(
    Rules,
    days=some.lists(days, max_size=6).map(tuple),
    head_after=some.none() | some.integers(0, 30),
    superior_after=some.none() | some.integers(0, 30),
)
lacking = some.sampled_from(Missing)


def on(late: int, missing: Missing | None = Missing.REPORT, rules: Rules | None = None) -> tuple[Reminder, ...]:
    return falling_due(DUE, given=GIVEN, today=day(late), missing=missing, rules=rules or Rules())


def day(late: int, office: WorkingDays = ALWAYS_OPEN) -> Today:
    return Today(DUE + timedelta(days=late), office)


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (-4, []),
        (-3, [(To.UNIT, -3)]),
        (-1, [(To.UNIT, -3)]),
        (0, [(To.UNIT, 0)]),
        (1, [(To.UNIT, 1)]),
        (2, [(To.UNIT, 1), (To.HEAD, 2)]),
        (3, [(To.UNIT, 3), (To.HEAD, 2)]),
        (5, [(To.UNIT, 3), (To.HEAD, 2), (To.SUPERIOR, 5)]),
    ],
)
def test_the_days_of_one_return(late: int, told: list[tuple[To, int]]) -> None:
    assert [(one.to, one.step) for one in on(late)] == told


def test_the_head_is_not_told_twice_of_what_waits_for_the_head() -> None:
    assert {one.to for one in on(5, Missing.APPROVAL)} == {To.UNIT, To.SUPERIOR}


@given(late=days, rules=rules)
def test_nothing_is_due_when_nothing_is_missing(late: int, rules: Rules) -> None:
    assert on(late, None, rules) == ()


@given(late=days, rules=rules, missing=lacking)
def test_nobody_is_told_more_than_one_thing_a_day(late: int, rules: Rules, missing: Missing) -> None:
    told = [one.to for one in on(late, missing, rules)]
    assert len(told) == len(set(told))


@given(late=days, rules=rules, missing=lacking)
def test_nothing_is_told_before_its_day(late: int, rules: Rules, missing: Missing) -> None:
    assert all(one.step <= late for one in on(late, missing, rules))


@given(late=days, rest=some.integers(0, 30), rules=rules, missing=lacking)
def test_whoever_was_told_is_told_a_later_step_or_the_same(
    late: int, rest: int, rules: Rules, missing: Missing
) -> None:
    before, after = dict(_pairs(late, missing, rules)), dict(_pairs(late + rest, missing, rules))
    assert all(after[to] >= step for to, step in before.items())


def _pairs(late: int, missing: Missing, rules: Rules) -> list[tuple[To, int]]:
    return [(one.to, one.step) for one in on(late, missing, rules)]


@given(given_on=days, late=days, rules=rules, missing=lacking)
def test_a_step_that_had_passed_when_the_work_was_given_reminds_of_nothing(
    given_on: int, late: int, rules: Rules, missing: Missing
) -> None:
    told = falling_due(
        DUE,
        given=DUE + timedelta(days=given_on),
        today=day(late),
        missing=missing,
        rules=rules,
    )
    assert all(one.step > given_on for one in told)


@pytest.mark.parametrize(
    ("steps", "late", "told"),
    [
        ((-4,), -7, []),
        ((-4,), -6, [-4]),  # four days before is a Sunday: on the Friday before
        ((2,), 2, []),
        ((2,), 3, []),
        ((2,), 4, [2]),  # two days after is a Saturday: on the Monday after
        ((1,), 1, [1]),
    ],
)
def test_nobody_is_reminded_on_a_day_off(steps: tuple[int, ...], late: int, told: list[int]) -> None:
    only = Rules(days=steps, head_after=None, superior_after=None)
    standing = falling_due(DUE, given=GIVEN, today=day(late, OFFICE), missing=Missing.REPORT, rules=only)
    assert [one.step for one in standing] == told


@pytest.mark.parametrize(
    ("clock", "may"), [((6, 29), False), ((6, 30), True), ((20, 59), True), ((21, 0), False), ((0, 0), False)]
)
def test_mail_rests_at_night(clock: tuple[int, int], may: bool) -> None:
    assert may_disturb(datetime(2025, 3, 20, *clock)) is may  # noqa: DTZ001 - of the province's clock
