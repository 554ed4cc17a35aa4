"""When a message is tried again: laws."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lachan.engine.retrying import LONGEST_ASKED, asked_pause, next_try

POSTED = datetime(2025, 3, 10, tzinfo=UTC)


@given(failed=some.integers(1, 10_000), age=some.timedeltas(timedelta(0), timedelta(days=2)))
def test_a_message_is_tried_for_two_days_and_never_less_than_hourly(failed: int, age: timedelta) -> None:
    now = POSTED + age
    again = next_try(posted_at=POSTED, failed=failed, now=now)
    assert again is not None
    assert timedelta(minutes=1) <= again - now <= timedelta(hours=1)


@given(failed=some.integers(1, 100))
def test_pauses_grow(failed: int) -> None:
    pauses = [next_try(posted_at=POSTED, failed=n, now=POSTED) for n in (failed, failed + 1)]
    assert pauses[0] and pauses[1] and pauses[0] <= pauses[1]


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("120", 2),
        (" 600 ", 10),
        ("5", 1),
        ("99999999999999999999", 24 * 60),
        ("Mon, 10 Mar 2025 00:30:00 GMT", 30),
        ("Monday, 10-Mar-25 00:30:00 GMT", 30),
        ("Mon Mar 10 00:30:00 2025", 30),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 24 * 60),
        ("Sun, 09 Mar 2025 23:00:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("mai", None),
        ("Mon, 99 Mar 2025 99:00:00 GMT", None),
    ],
)
def test_a_receiver_says_for_how_long_it_wants_to_be_left_alone(said: str, minutes: int | None) -> None:
    """The three forms of a date are those of RFC 9110, 5.6.7."""
    assert asked_pause(said, POSTED) == (None if minutes is None else timedelta(minutes=minutes))


@given(some.text() | some.from_regex(r"\A[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,5} [\d:]{0,9} [+-]?\w{0,20}\Z"))
def test_whatever_a_receiver_says_it_waits_between_a_minute_and_a_day(said: str) -> None:
    pause = asked_pause(said, POSTED)
    assert pause is None or timedelta(minutes=1) <= pause <= LONGEST_ASKED
