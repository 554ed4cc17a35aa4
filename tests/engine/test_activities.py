"""What activities add up to, and which indicator they answer."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.activities import AUDIENCES, CHANNELS, FilledFrom, Sum, Tally, fold, merged, suggest

CASES = Path(__file__).parent / "cases" / "indicators.csv"
DAY = date(2025, 3, 10)
NUMBER = st.none() | st.integers(0, 10**6)
TALLIES = st.lists(
    st.builds(
        Tally,
        channel=st.sampled_from(sorted(CHANNELS)),
        audiences=st.frozensets(st.sampled_from(sorted(AUDIENCES)), max_size=2),
        activities=st.integers(1, 9),
        times=st.integers(1, 99),
        audience=NUMBER,
        copies=NUMBER,
        minutes=NUMBER,
        first=st.just(DAY),
        last=st.integers(0, 30).map(lambda days: DAY + timedelta(days=days)),
    ),
    max_size=8,
)
RECIPES = st.builds(
    FilledFrom,
    sum=st.sampled_from(Sum),
    channels=st.frozensets(st.sampled_from(sorted(CHANNELS)), max_size=3),
    audiences=st.frozensets(st.sampled_from(sorted(AUDIENCES)), max_size=2),
)


def a_tally(channel: str = "talk", *audiences: str, activities: int = 1, audience: int | None = 10) -> Tally:
    return Tally(channel, frozenset(audiences), activities, activities, audience, None, None, DAY, DAY)


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["indicator"])
def test_an_indicator_is_read(case: dict[str, str]) -> None:
    found = suggest(case["indicator"])
    told = found and (found.filled_from.sum, found.filled_from.channels, found.filled_from.audiences)
    wanted = case["sum"] and (case["sum"], frozenset(case["channels"].split()), frozenset(case["audiences"].split()))
    assert told == (wanted or None)


def test_the_eight_kinds_of_the_decree_are_there() -> None:
    assert {channel.grassroots for channel in CHANNELS.values()} == {None, 1, 2, 3, 4, 5, 6, 7, 8}


def test_a_named_channel_is_surer_than_a_guessed_one() -> None:
    named, guessed = suggest("Số buổi phát thanh"), suggest("Số lượt người được tuyên truyền")
    assert named and guessed and named.certainty > guessed.certainty


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    found = suggest(text)
    assert found is None or 0 < found.certainty <= 1


@given(TALLIES, TALLIES, RECIPES)
def test_what_is_folded_together_is_the_sum_of_what_is_folded_apart(
    some: list[Tally], more: list[Tally], by: FilledFrom
) -> None:
    apart = [folded.value for tallies in (some, more) if (folded := fold(tallies, by))]
    together = fold([*some, *more], by)
    assert (together.value if together else None) == (sum(apart) if apart else None)


@given(TALLIES, RECIPES)
def test_the_order_changes_nothing(tallies: list[Tally], by: FilledFrom) -> None:
    assert fold(tallies, by) == fold(list(reversed(tallies)), by)


@given(TALLIES)
def test_merging_by_channel_keeps_every_number_in_the_order_of_the_channels(tallies: list[Tally]) -> None:
    by_channel = merged(tallies)
    assert sum(one.times for one in by_channel.values()) == sum(one.times for one in tallies)
    order = list(CHANNELS)
    assert all(order.index(one) < order.index(other) for one, other in pairwise(by_channel))


@given(RECIPES)
def test_a_recipe_is_kept_as_json(by: FilledFrom) -> None:
    assert FilledFrom.from_json(by.to_json()) == by


@pytest.mark.parametrize("kept", [None, {}, {"sum": "x"}, {"sum": "times", "channels": ["drone"]}])
def test_a_recipe_of_another_version_fills_nothing(kept: dict[str, object] | None) -> None:
    assert FilledFrom.from_json(kept) is None


def test_a_number_nobody_gave_is_missing_not_zero() -> None:
    assert fold([a_tally(audience=None)], FilledFrom(Sum.AUDIENCE)) is None


def test_an_activity_for_pupils_and_parents_says_not_how_many_pupils() -> None:
    tallies = [a_tally("school", "pupils", audience=300), a_tally("school", "pupils", "parents", audience=50)]
    folded = fold(tallies, FilledFrom(Sum.AUDIENCE, audiences=frozenset({"pupils"})))
    assert folded and folded.value == 300
