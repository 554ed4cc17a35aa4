from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.similar import Burst, bursts

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def minutes(*after: int) -> list[datetime]:
    return [NOON + timedelta(minutes=one) for one in after]


def test_many_in_a_short_stretch_are_a_burst() -> None:
    first, second, last, later = minutes(0, 4, 9, 300)
    found = bursts([later, last, first, second], within=timedelta(minutes=10), at_least=3)
    assert found == (Burst(first, last, 3),)


def test_a_burst_goes_on_as_long_as_many_come() -> None:
    times = minutes(*range(0, 60, 2))
    assert bursts(times, within=timedelta(minutes=10), at_least=4) == (Burst(times[0], times[-1], 30),)


def test_few_or_far_between_are_none() -> None:
    assert bursts(minutes(0, 20, 40, 60), within=timedelta(minutes=10), at_least=2) == ()


@given(st.lists(st.integers(0, 500)), st.integers(1, 6), st.randoms())
def test_bursts_are_apart_and_hold_every_moment_from_which_many_came(after, at_least, random) -> None:
    times, within = minutes(*after), timedelta(minutes=30)
    found = bursts(times, within=within, at_least=at_least)
    assert found == bursts(random.sample(times, len(times)), within=within, at_least=at_least)
    assert all(one.last < other.first for one, other in pairwise(found))
    inside = {time for time in times if any(one.first <= time <= one.last for one in found)}
    for time in times:
        mates = [other for other in times if time <= other <= time + within]
        assert len(mates) < at_least or inside.issuperset(mates)
