"""Rates that nobody can read more into than there is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.rates import Tally, percent


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    expected = draw(st.integers(0, 20_000))
    received = draw(st.integers(0, expected))
    parts = st.integers(0, received)
    return Tally(
        expected, received, draw(parts), draw(parts), draw(parts), draw(st.integers(0, 50)), draw(st.integers(0, 50))
    )


def rates(one: Tally) -> list[Decimal | None]:
    return [one.rate, one.rate_on_time, one.rate_filled, one.rate_valid]


@given(tallies())
def test_no_rate_is_below_0_or_above_100(one: Tally) -> None:
    assert all(rate is None or 0 <= rate <= 100 for rate in rates(one))


@given(tallies(), tallies())
def test_together_no_rate_lies_outside_those_of_the_parts(one: Tally, two: Tally) -> None:
    for whole, *parts in zip(rates(one + two), rates(one), rates(two), strict=True):
        known = [part for part in parts if part is not None]
        assert whole is None if not known else whole is not None and min(known) <= whole <= max(known)


@given(tallies(), tallies(), tallies())
def test_it_does_not_matter_in_what_order_they_are_added(one: Tally, two: Tally, three: Tally) -> None:
    assert (one + two) + three == three + (two + one)
    assert one + Tally() == one


@given(tallies(), st.integers(1, 50))
def test_the_excused_and_what_is_not_due_change_no_rate(one: Tally, more: int) -> None:
    assert rates(one + Tally(excused=more)) == rates(one)
    assert rates(one + Tally(not_due=more)) == rates(one)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_only_all_is_100_and_only_none_is_0(part: int, more: int) -> None:
    assert percent(part, part + more) != 100
    assert percent(more, part + more) != 0


def test_only_where_all_that_is_owed_is_to_come_it_is_not_due() -> None:
    assert Tally(not_due=2, excused=1).is_not_due
    assert not (Tally(not_due=2) + Tally(expected=1)).is_not_due
    assert not Tally(excused=1).is_not_due


def test_of_nothing_expected_there_is_no_rate() -> None:
    assert rates(Tally(excused=3)) == [None] * 4
    assert Tally(expected=4).rate == 0
    assert Tally(expected=4).rate_valid is None


@pytest.mark.parametrize(("part", "whole", "shown"), [(1, 3, "33.3"), (9_999, 10_000, "99.9"), (1, 10_000, "0.1")])
def test_a_rate_has_one_digit_after_the_point(part: int, whole: int, shown: str) -> None:
    assert percent(part, whole) == Decimal(shown)


def test_more_received_than_expected_is_no_tally() -> None:
    with pytest.raises(ValueError, match="more than there can be"):
        Tally(expected=1, received=2)
