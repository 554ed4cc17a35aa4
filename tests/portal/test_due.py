from datetime import datetime, timedelta

import pytest
from cast import NOW
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.working_days import WorkingDays, published
from lachan.portal.due import Due, suggested_deadline

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(NOW.tzinfo))  # noqa: DTZ001
OFFICE = WorkingDays.knowing(published())
HOURS = st.integers(-24 * 40, 24 * 40).map(lambda hours: timedelta(hours=hours))


@pytest.mark.parametrize(
    ("from_now", "words", "is_late", "is_soon"),
    [
        (timedelta(days=10), "còn 10 ngày", False, False),
        (timedelta(days=3), "còn 3 ngày", False, True),
        (timedelta(hours=15), "còn 1 ngày", False, True),  # past midnight, by the calendar
        (timedelta(hours=2), "hạn hôm nay", False, True),
        (timedelta(hours=-2), "quá hạn hôm nay", True, False),
        (timedelta(days=-2), "quá hạn 2 ngày", True, False),
    ],
)
def test_a_deadline_is_told_in_days_of_the_calendar(
    from_now: timedelta, words: str, is_late: bool, is_soon: bool
) -> None:
    due = Due(NOW + from_now, NOW)
    assert (due.words, due.is_late, due.is_soon) == (words, is_late, is_soon)


def test_no_deadline_is_neither_late_nor_near() -> None:
    due = Due(None, NOW)
    assert (due.words, due.is_late, due.is_soon) == ("", False, False)


def test_the_level_below_is_asked_three_working_days_earlier() -> None:
    monday = datetime(2025, 3, 31, 3, tzinfo=NOW.tzinfo)
    assert suggested_deadline(monday, NOW, OFFICE) == monday - timedelta(days=5)  # the Wednesday before, over a weekend


def test_the_level_below_is_asked_for_it_on_days_that_are_worked() -> None:
    after_the_holiday = datetime(
        2025, 5, 5, 3, tzinfo=NOW.tzinfo
    )  # 30 April to 4 May are off, and Saturday 26 April is worked
    assert suggested_deadline(after_the_holiday, NOW, OFFICE) == datetime(2025, 4, 26, 3, tzinfo=NOW.tzinfo)


@given(MOMENTS, HOURS)
def test_a_suggested_deadline_lies_ahead_and_not_after_the_own_one(now: datetime, until: timedelta) -> None:
    own = now + until
    suggested = suggested_deadline(own, now, OFFICE)
    assert suggested > now
    assert suggested <= own or own <= now
