"""Who a periodic report is asked of: laws on random trees, and each rule by example."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lachan.engine.applicability import Candidate, GroupOfKinds, Rules, by_superior

LONG_AGO, IN_IT, BEGAN = date(1, 1, 1), date(2026, 10, 20), date(2026, 10, 15)
PROVINCE = Candidate(1, "province", (1,), LONG_AGO)
DEPARTMENT = Candidate(2, "department", (1, 2), LONG_AGO)
DISTRICT = Candidate(3, "district", (1, 3), LONG_AGO)
SECTION = Candidate(4, "department", (1, 3, 4), LONG_AGO)
COMMUNE = Candidate(5, "commune", (1, 3, 5), LONG_AGO)
NEW_COMMUNE = Candidate(6, "commune", (1, 7, 6), IN_IT)
EVERYBODY = (PROVINCE, DEPARTMENT, DISTRICT, SECTION, COMMUNE, NEW_COMMUNE)
DIRECT = GroupOfKinds(frozenset({"department"}), direct=True)


def rules(*kinds: str, groups: tuple[GroupOfKinds, ...] = (), **more: object) -> Rules:
    return Rules(frozenset(kinds), groups, 1, **more)  # type: ignore[arg-type]  # names as in Rules


@pytest.mark.parametrize(
    ("by", "asked"),
    [
        (rules(), ()),
        (rules("commune"), (COMMUNE, NEW_COMMUNE)),
        (rules("commune", newcomers=False), (COMMUNE,)),
        (rules("commune", within=frozenset({3})), (COMMUNE,)),
        (rules("district", "commune", within=frozenset({3})), (DISTRICT, COMMUNE)),
        (rules("commune", but=frozenset({3})), (NEW_COMMUNE,)),
        (rules("commune", but=frozenset({5})), (NEW_COMMUNE,)),
        (rules(groups=(DIRECT,)), (DEPARTMENT,)),
        (rules(groups=(DIRECT,), within=frozenset({3})), (SECTION,)),
        (rules(groups=(GroupOfKinds(frozenset({"department"})),)), (DEPARTMENT, SECTION)),
        (rules("commune", groups=(DIRECT,)), (DEPARTMENT, COMMUNE, NEW_COMMUNE)),
    ],
)
def test_rules_on_kind_group_and_place(by: Rules, asked: tuple[Candidate, ...]) -> None:
    assert tuple(unit for unit in EVERYBODY if by.ask(unit, BEGAN)) == asked
    assert {unit.kind for unit in asked} <= by.any_kind


def test_a_report_goes_through_the_nearest_above_that_is_asked_too() -> None:
    assert by_superior([COMMUNE, NEW_COMMUNE, DISTRICT]) == {None: [3, 6], 3: [5]}


@some.composite
def trees(draw: some.DrawFn) -> list[Candidate]:
    paths: list[tuple[int, ...]] = [(0,)]
    for key in range(1, draw(some.integers(1, 25))):
        paths.append((*draw(some.sampled_from(paths)), key))
    units = [Candidate(path[-1], "any", path, LONG_AGO) for path in paths]
    return draw(some.lists(some.sampled_from(units), unique=True))


@given(asked=trees())
def test_everybody_asked_has_one_superior_and_stands_after_it(asked: list[Candidate]) -> None:
    placed: list[int | None] = [None]
    for superior, below in by_superior(asked).items():
        assert superior in placed
        placed.extend(below)
    assert sorted(key for key in placed if key is not None) == sorted(unit.key for unit in asked)
