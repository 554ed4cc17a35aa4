"""Which numbers a head is asked to look at twice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.doubts import far_from

numbers = st.decimals(0, 10**6, places=1)


@pytest.mark.parametrize(
    ("now", "before", "far"),
    [
        (100, 90, False),
        (100, 49, True),
        (49, 100, True),
        (9, 1, False),
        (0, 9, False),
        (0, 10, True),
        (200, 100, False),
    ],
)
def test_more_than_twice_or_less_than_half_is_far_unless_small(now: int, before: int, far: bool) -> None:
    assert far_from(Decimal(now), Decimal(before)) is far


@given(numbers, numbers)
def test_it_does_not_matter_which_came_first(one: Decimal, two: Decimal) -> None:
    assert far_from(one, two) == far_from(two, one)


@given(numbers)
def test_a_number_is_never_far_from_itself(number: Decimal) -> None:
    assert not far_from(number, number)
