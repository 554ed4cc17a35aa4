"""When a message is tried again: laws."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from lachan.engine.retrying import next_try

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
