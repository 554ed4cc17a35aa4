"""Which numbers are worth a second look, and which are not."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.doubts import Doubt, Kind, chance, doubts, far_from, is_outlier, usual

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


def d(*numbers: float) -> list[Decimal]:
    return [Decimal(str(number)) for number in numbers]


def given_as(*numbers: float) -> dict[str, Decimal]:
    return {str(at): number for at, number in enumerate(d(*numbers))}


def kinds(found: Iterable[Doubt]) -> list[str]:
    return [one.kind for one in found]


@pytest.mark.parametrize(
    ("now", "before", "odd"),
    [
        (340, [12, 14, 11, 13, 12], True),
        (0, [120, 140, 110, 130], True),
        (30, [12, 14, 11, 13, 12], True),
        (22, [12, 14, 11, 13, 12], False),  # within twice what is usual
        (340, [12, 14, 11], False),  # too few to tell
        (340, [2, 400, 30, 1200, 90, 7], False),  # a unit whose numbers jump
        (8, [0, 0, 0, 0], False),  # small
        (100, [100, 100, 100, 100], False),
        (340, [12, 14, 11, 13, 12, 9_000], True),  # one slip in the past hides nothing
    ],
)
def test_an_outlier_among_the_units_own_numbers(now: float, before: list[float], odd: bool) -> None:
    known = usual(d(*before), 4)
    assert (known is not None and is_outlier(Decimal(now), known)) is odd


many = st.lists(st.decimals(0, 10**6, places=1), min_size=4, max_size=30)


@given(many)
def test_the_middle_is_never_an_outlier(before: list[Decimal]) -> None:
    known = usual(before, 4)
    assert known and not is_outlier(known.middle, known)


@given(many, numbers, numbers)
def test_what_lies_further_out_is_no_less_odd(before: list[Decimal], one: Decimal, two: Decimal) -> None:
    known, (low, high) = usual(before, 4), sorted((one, two))
    if known and low >= known.middle and is_outlier(low, known):
        assert is_outlier(high, known)


@given(many, st.randoms())
def test_the_order_of_the_others_does_not_matter(before: list[Decimal], chance: object) -> None:
    shuffled = sorted(before)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert usual(before, 4) == usual(shuffled, 4)


@given(many, st.integers(1, 3))
def test_a_few_wild_numbers_cannot_make_the_middle_wild(before: list[Decimal], wild: int) -> None:
    steady = [Decimal(100)] * (2 * wild + 4)
    known = usual([*steady, *before[:wild]], 4)
    assert known and known.middle == 100


def test_far_from_last_time_where_there_are_few_before() -> None:
    (doubt,) = doubts(given_as(340), [given_as(12)], {})
    assert (doubt.kind, doubt.now, doubt.usual) == (Kind.LAST, 340, 12)


def test_an_outlier_among_peers_says_how_many_they_are() -> None:
    peers = usual(d(200, 210, 190, 230, 205, 260, 180, 210), 8)
    assert peers
    (doubt,) = doubts(given_as(3400), [], {"0": peers})
    assert (doubt.kind, doubt.usual, doubt.count) == (Kind.PEERS, Decimal("207.5"), 8)


@pytest.mark.parametrize(
    ("now", "last", "copied"),
    [
        ((12, 340, 7), (12, 340, 7), True),
        ((12, 340, 7, 0, 0), (12, 340, 7, 0, 0), True),
        ((12, 340, 7, 81, 5), (12, 340, 7, 81, 6), True),  # four of five
        ((12, 340, 7, 81), (12, 340, 7, 90), False),
        ((12, 340), (12, 340), False),  # two may fall together
        ((1, 2, 1), (1, 2, 1), False),  # and so may small ones
        ((0, 0, 0), (0, 0, 0), False),
    ],
)
def test_the_numbers_of_last_time_look_like_a_copy(now: tuple[int, ...], last: tuple[int, ...], copied: bool) -> None:
    assert (Kind.COPY in kinds(doubts(given_as(*now), [given_as(*last)], {}))) is copied


def test_a_habit_of_rounding_is_told_over_all_numbers_of_the_unit() -> None:
    past = [given_as(120, 340, 50), given_as(200, 330, 60), given_as(150, 410, 70)]
    (doubt,) = doubts(given_as(160, 390, 80), past, {})
    assert (doubt.kind, doubt.usual, doubt.count, doubt.of) == (Kind.ROUND, 10, 12, 12)
    assert Kind.ROUND not in kinds(doubts(given_as(160, 390, 80), past[:1], {}))  # six numbers
    assert Kind.ROUND not in kinds(doubts(given_as(163, 397, 81), past, {}))  # none of them round this time


def test_the_same_number_again_and_again_is_one_number() -> None:
    assert Kind.ROUND not in kinds(doubts(given_as(120, 50), [given_as(120, 50)] * 12, {}))


@given(st.lists(st.integers(20, 9_999).filter(lambda n: n % 5), min_size=10, max_size=40))
def test_without_a_multiple_of_5_there_is_no_such_habit(given_ones: list[int]) -> None:
    assert Kind.ROUND not in kinds(doubts(given_as(*given_ones), [], {}))


@given(st.integers(1, 40), st.sampled_from([5, 10]))
def test_the_chances_of_every_count_make_one_whole(numbers: int, step: int) -> None:
    assert chance(0, numbers, step) == 1
    assert chance(1, numbers, step) == 1 - Fraction(step - 1, step) ** numbers
    assert chance(numbers, numbers, step) == Fraction(1, step**numbers)


found = st.lists(numbers, min_size=3, max_size=8).map(lambda all_: given_as(*all_))


@given(found, st.lists(found, max_size=6))
def test_what_is_kept_is_read_back(now: dict[str, Decimal], past: list[dict[str, Decimal]]) -> None:
    for doubt in doubts(now, past, {}):
        assert Doubt.from_json(doubt.to_json()) == doubt


def test_a_mark_holds_until_a_number_changes() -> None:
    def marks(*now: float) -> dict[str, str]:
        past = [given_as(12, 340, 7, 4, 6)] * 5
        return {one.kind + one.key: one.mark for one in doubts(given_as(*now), past, {})}

    assert marks(12, 340, 7, 90, 6) == marks(12, 340, 7, 90, 6)
    assert marks(12, 340, 7, 90, 6)["past3"] == marks(12, 341, 7, 90, 6)["past3"]
    assert marks(12, 340, 7, 90, 6)["past3"] != marks(12, 340, 7, 91, 6)["past3"]
    assert marks(12, 340, 7, 4, 6)["copy1"] != marks(12, 340, 7, 4, 5)["copy1"]
