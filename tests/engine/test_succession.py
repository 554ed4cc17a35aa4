"""What became of units, and figures told in today's units: nothing is lost, doubled or made up."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.rollup import Coverage, Row, Rule, State, measured, total
from lachan.engine.succession import Event, Heirs, Lineage, Link, apportioned, in_units_of

DAY = date(2025, 7, 1)
LATER = date(2026, 9, 1)
SUM, PEAK = "1", "2"
HALF = Fraction(1, 2)


def link(old: str, new: str | None, event: Event = Event.MERGED, share: Fraction | None = None) -> Link[str]:
    return Link(old, new, DAY if old < "a" else LATER, event, share)


def heirs(unit: str, *links: Link[str], gone: str = "ABC") -> Heirs[str]:
    return Lineage(links, gone).heirs(unit)


def test_a_unit_that_is_there_stands_for_itself() -> None:
    assert heirs("a").sole == "a"


def test_a_merged_unit_is_the_one_it_went_into() -> None:
    assert heirs("A", link("A", "a")).sole == "a"


def test_changes_are_followed_to_the_last() -> None:
    assert heirs("A", link("A", "B"), link("B", "C"), link("C", "a")).sole == "a"


def test_a_unit_that_nothing_followed_is_abolished() -> None:
    assert heirs("A").is_abolished
    assert heirs("A", link("A", None, Event.ABOLISHED)).is_abolished


def test_a_divided_unit_waits_for_a_choice() -> None:
    fate = heirs("A", link("A", "a", Event.SPLIT), link("A", "b", Event.SPLIT))
    assert (fate.sole, fate.is_divided, fate.choices, fate.shares) == (None, True, ["a", "b"], None)


@pytest.mark.parametrize("event", [Event.SPLIT, Event.SPLIT_ALL_POPULATION, Event.SPLIT_POPULATION_ONLY])
def test_land_without_people_takes_nothing_along(event: Event) -> None:
    assert heirs("A", link("A", "a", event), link("A", "b", Event.SPLIT_AREA_ONLY)).sole == "a"


def test_parts_that_meet_again_are_whole() -> None:
    divided = [link("A", "B", Event.SPLIT), link("A", "C", Event.SPLIT)]
    assert heirs("A", *divided, link("B", "a"), link("C", "a")).sole == "a"


def test_a_part_that_nobody_took_over_is_not_given_to_the_others() -> None:
    fate = heirs("A", link("A", "a", Event.SPLIT, HALF), link("A", "B", Event.SPLIT, HALF))
    assert (fate.is_divided, fate.choices, fate.shares) == (True, ["a"], None)


def test_stated_shares_multiply_along_the_chain() -> None:
    first = [link("A", "B", Event.SPLIT, HALF), link("A", "a", Event.SPLIT, HALF)]
    then = [link("B", "a", Event.SPLIT, Fraction(1, 4)), link("B", "b", Event.SPLIT, Fraction(3, 4))]
    assert heirs("A", *first, *then).shares == {"a": Fraction(5, 8), "b": Fraction(3, 8)}


def test_links_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        heirs("A", link("A", "B"), link("B", "A"))


def one(value: int, question: str = SUM) -> Row:
    return Row({question: measured(value)}, Coverage(1, 1))


def test_three_units_of_a_hundred_merged_into_one_have_three_hundred() -> None:
    fates = {unit: Heirs[str]({"a": Fraction(1)}) for unit in "ABC"}
    told = in_units_of({unit: one(100) for unit in "ABC"}, fates, [SUM])
    assert told.now["a"].states[SUM].result(Rule.SUM) == 300
    assert told.now["a"].coverage == Coverage(3, 3)


def test_a_divided_units_figures_stay_its_own() -> None:
    fates = {"A": Heirs[str]({"a": None, "b": None})}
    told = in_units_of({"A": one(101)}, fates, [SUM])
    assert (told.now, told.former) == ({}, {"A": one(101)})


def test_stated_shares_divide_sums_and_nothing_else() -> None:
    fates = {"A": Heirs[str]({"a": HALF, "b": HALF})}
    row = Row({SUM: measured(101), PEAK: measured(40)}, Coverage(1, 1))
    told = in_units_of({"A": row}, fates, [SUM])
    assert [told.now[unit].states[SUM].result(Rule.SUM) for unit in "ab"] == [51, 50]
    assert [told.now[unit].coverage for unit in "ab"] == [Coverage(), Coverage()]
    assert told.former["A"].states[PEAK].result(Rule.MAXIMUM) == 40
    assert told.former["A"].states[SUM].result(Rule.SUM) is None
    assert told.by_share == {"a", "b"}


# --- laws: a country of a few units, three generations of them


GENERATIONS = ("ABCDEF", "GHIJ", "kl")
RULES = {SUM: Rule.SUM, PEAK: Rule.MAXIMUM, "3": Rule.MEAN, "4": Rule.COUNT_UNITS}


@st.composite
def histories(draw: st.DrawFn) -> list[Link[str]]:
    """Every unit of one generation goes on in the next: whole, in parts with or without shares, or not at all."""
    links: list[Link[str]] = []
    for number, (old, new) in enumerate(pairwise(GENERATIONS)):
        day = (DAY, LATER)[number]
        for unit in old:
            into = draw(st.lists(st.sampled_from(new), unique=True, max_size=2))
            share = Fraction(draw(st.integers(1, 9)), 10) if draw(st.booleans()) else None
            event = Event.MERGED if len(into) == 1 else Event.SPLIT
            shares = (share, 1 - share) if share else (None, None)
            links += [Link(unit, one, day, event, part) for one, part in zip(into, shares, strict=False)]
    return links


def lineage(links: list[Link[str]]) -> Lineage[str]:
    return Lineage(links, "".join(GENERATIONS[:-1]))


states = st.none() | st.integers(0, 10_000)
own_rows = st.fixed_dictionaries(
    {
        unit: st.fixed_dictionaries(dict.fromkeys(RULES, states)).map(
            lambda answers: Row(
                {key: State(coverage=Coverage(1, int(v is not None))).merge(measured(v)) for key, v in answers.items()},
                Coverage(1, int(any(v is not None for v in answers.values()))),
            )
        )
        for unit in "".join(GENERATIONS)
    }
)


@given(histories(), own_rows)
def test_the_whole_is_the_same_in_any_units(links: list[Link[str]], own: dict[str, Row]) -> None:
    known = lineage(links)
    told = in_units_of(own, {unit: known.heirs(unit) for unit in own}, [SUM])
    before, after = total(own.values()), total([*told.now.values(), *told.former.values()])
    assert after.coverage == before.coverage
    for key, rule in RULES.items():
        assert after.states[key].result(rule) == before.states[key].result(rule)
        assert after.states[key].coverage == before.states[key].coverage


@given(histories(), own_rows)
def test_no_more_is_received_than_expected(links: list[Link[str]], own: dict[str, Row]) -> None:
    known = lineage(links)
    told = in_units_of(own, {unit: known.heirs(unit) for unit in own}, [SUM])
    for row in (*told.now.values(), *told.former.values()):
        assert row.coverage.received <= row.coverage.expected
        counted = row.states.get("4", State())
        assert int(counted.positive) <= counted.coverage.expected


@given(histories(), st.randoms())
def test_the_order_in_which_changes_are_known_does_not_matter(links: list[Link[str]], dice: object) -> None:
    known = lineage(links)
    mixed = list(links)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    again = lineage(mixed)
    assert all(known.heirs(unit).parts == again.heirs(unit).parts for unit in "".join(GENERATIONS))


@given(histories())
def test_following_twice_is_following_once(links: list[Link[str]]) -> None:
    known = lineage(links)
    for unit in "".join(GENERATIONS):
        assert all(known.heirs(heir).sole == heir for heir in known.heirs(unit).choices)


@given(histories(), own_rows)
def test_without_its_links_a_change_leaves_the_start(links: list[Link[str]], own: dict[str, Row]) -> None:
    undone: Lineage[str] = Lineage([one for one in links if one.day < DAY], "")
    told = in_units_of(own, {unit: undone.heirs(unit) for unit in own}, [SUM])
    assert (told.now, told.former) == (own, {})


@given(st.integers(0, 10**9), st.integers(0, 3), st.lists(st.integers(1, 1000), min_size=1, max_size=6))
def test_the_parts_of_a_sum_add_up_to_it(number: int, digits: int, weights: list[int]) -> None:
    whole = Decimal(number).scaleb(-digits)
    shares = {str(at): Fraction(weight, sum(weights)) for at, weight in enumerate(weights)}
    parts = apportioned(whole, shares)
    assert sum(parts.values()) == whole
    step = Decimal(1).scaleb(-digits)
    assert all(abs(Fraction(parts[unit]) - Fraction(whole) * share) < Fraction(step) for unit, share in shares.items())
