"""Reporting periods and working days: laws, and the days the decree and the published lists name."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lachan.engine.periods import Counting, DueRule, Period, Rhythm, containing, cut_offs, parse
from lachan.engine.working_days import SpecialDay, WorkingDays, published

days = some.dates(date(1990, 1, 1), date(2090, 12, 31))
rhythms = some.sampled_from(Rhythm)
last_days = some.integers(1, 31)
periods = some.builds(containing, days, rhythms, last_days)
rules = some.builds(DueRule, some.sampled_from(Counting), some.integers(1, 31))
OFFICE = WorkingDays.knowing(published())
special = some.builds(SpecialDay, days.map(str), some.booleans(), some.just("lễ"), some.just("địa phương"))
offices = some.lists(special, max_size=8).map(lambda added: WorkingDays.knowing([*published(), *added]))


@given(period=periods)
def test_periods_follow_each_other_without_gap_or_overlap(period: Period) -> None:
    assert period.moved(1).first == period.last + timedelta(days=1)


@given(day=days, rhythm=rhythms, last_day=last_days)
def test_every_day_lies_in_the_period_that_contains_it(day: date, rhythm: Rhythm, last_day: int) -> None:
    period = containing(day, rhythm, last_day)
    assert period.first <= day <= period.last


@given(period=periods, days=some.integers(0, 400))
def test_every_day_of_a_period_gives_that_period(period: Period, days: int) -> None:
    day = min(period.first + timedelta(days=days), period.last)
    assert containing(day, period.rhythm, period.last_day) == period


@given(period=periods, steps=some.integers(-40, 40))
def test_going_on_and_back_leads_to_the_same_period(period: Period, steps: int) -> None:
    assert period.moved(steps).moved(-steps) == period


@given(period=periods)
def test_a_code_reads_back_as_its_period(period: Period) -> None:
    assert parse(period.code, period.last_day) == period


@given(period=periods, last_day=last_days, language=some.sampled_from(["vi", "en"]))
def test_periods_of_one_rhythm_are_not_called_alike(period: Period, last_day: int, language: str) -> None:
    assert period.label(language) not in {period.moved(step).label(language) for step in (-12, -4, -2, -1, 1, 2, 4, 12)}


@pytest.mark.parametrize("code", ["2026-13", "2026-00", "2026-Q5", "2026-H0", "0000", "26", "2026-q1", "２０２６", ""])
def test_what_is_no_period_is_none(code: str) -> None:
    assert parse(code, 14) is None


@pytest.mark.parametrize(
    ("day", "rhythm", "period"),
    [
        ("2026-11-14", "month", ("2026-11", "2026-10-15", "2026-11-14", "Tháng 11/2026", "November 2026")),
        ("2026-11-15", "month", ("2026-12", "2026-11-15", "2026-12-14", "Tháng 12/2026", "December 2026")),
        ("2026-12-15", "month", ("2027-01", "2026-12-15", "2027-01-14", "Tháng 1/2027", "January 2027")),
        ("2026-11-26", "quarter", ("2026-Q4", "2026-09-15", "2026-12-14", "Quý IV/2026", "Quarter IV, 2026")),
        ("2026-01-01", "half", ("2026-H1", "2025-12-15", "2026-06-14", "6 tháng đầu năm 2026", "First half of 2026")),
        ("2026-06-15", "half", ("2026-H2", "2026-06-15", "2026-12-14", "6 tháng cuối năm 2026", "Second half of 2026")),
        ("2026-12-14", "year", ("2026", "2025-12-15", "2026-12-14", "Năm 2026", "Year 2026")),
        ("2026-12-15", "year", ("2027", "2026-12-15", "2027-12-14", "Năm 2027", "Year 2027")),
    ],
)
def test_the_periods_of_the_decree(day: str, rhythm: str, period: tuple[str, ...]) -> None:
    found = containing(date.fromisoformat(day), Rhythm(rhythm), cut_offs()[Rhythm(rhythm)])
    assert (found.code, str(found.first), str(found.last), found.label(), found.label("en")) == period


def test_a_period_that_ends_with_the_month_ends_on_its_last_day() -> None:
    february = containing(date(2028, 2, 10), Rhythm.MONTH, 31)
    assert (february.first, february.last) == (date(2028, 2, 1), date(2028, 2, 29))


@given(period=periods, rule=rules, office=offices)
def test_no_report_is_due_on_a_day_off_or_within_its_period(period: Period, rule: DueRule, office: WorkingDays) -> None:
    due = rule.due_on(period, office)
    assert office.works(due)
    assert due > period.last


@given(period=periods, rule=rules, office=offices)
def test_a_later_period_is_never_due_earlier(period: Period, rule: DueRule, office: WorkingDays) -> None:
    assert rule.due_on(period, office) <= rule.due_on(period.moved(1), office)


@pytest.mark.parametrize(
    ("code", "counting", "number", "due"),
    [
        ("2026-11", "working_days", 3, "2026-11-18"),  # from Saturday the 14th: Monday to Wednesday
        ("2026-11", "days", 5, "2026-11-19"),
        ("2026-11", "days", 1, "2026-11-16"),  # a Sunday
        ("2026-11", "day_of_month", 20, "2026-11-20"),
        ("2026-11", "day_of_month", 10, "2026-12-10"),  # the 10th after the cut-off is next month's
        ("2026-02", "days", 2, "2026-02-23"),  # Tết, a Saturday and a Sunday
        ("2026-02", "working_days", 1, "2026-02-23"),
        ("2026-08", "days", 8, "2026-08-22"),  # a Saturday worked for the Monday before National Day
        ("2026-08", "day_of_month", 31, "2026-09-03"),
    ],
)
def test_due_days_over_weekends_and_holidays(code: str, counting: str, number: int, due: str) -> None:
    period = parse(code, 14)
    assert period is not None
    assert str(DueRule(Counting(counting), number).due_on(period, OFFICE)) == due


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-26", True),
        ("2026-11-28", False),
        ("2026-01-10", True),  # a Saturday, worked for 2 January
        ("2026-01-02", False),
        ("2026-02-17", False),
        ("2031-04-30", False),  # every year
    ],
)
def test_days_offices_work(day: str, works: bool) -> None:
    assert OFFICE.works(date.fromisoformat(day)) is works


def test_what_is_added_for_a_day_holds_before_what_was_published() -> None:
    worked = SpecialDay("2026-02-17", works=True, name="trực Tết", source="địa phương")
    assert WorkingDays.knowing([*published(), worked]).works(date(2026, 2, 17))


@given(day=days, count=some.integers(1, 30), office=offices)
def test_so_many_working_days_later_there_are_so_many_between(day: date, count: int, office: WorkingDays) -> None:
    end = office.off(day, count)
    assert sum(office.works(day + timedelta(days=step)) for step in range(1, (end - day).days + 1)) == count


@pytest.mark.parametrize("one", published(), ids=lambda one: one.day)
def test_each_published_day_says_where_it_is_from_and_changes_its_weekday(one: SpecialDay) -> None:
    assert one.source
    assert len(one.day) == 5 or (date.fromisoformat(one.day).weekday() >= 5) is one.works
