"""The laws of merging: what the province reads equals what the villages wrote."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.rollup import (
    NOTHING,
    ZERO,
    Coverage,
    Row,
    Rule,
    State,
    Text,
    column_total,
    listed,
    measured,
    roll_up,
    said,
    total,
)

numbers = st.one_of(st.none(), st.integers(0, 10**9), st.decimals(0, 10**6, places=2))
lists = st.lists(st.dictionaries(st.sampled_from("xy"), st.integers(0, 9), max_size=2), max_size=3)
answers = st.one_of(
    numbers.map(measured),
    st.builds(listed, st.text("abc", max_size=3), lists),
    st.tuples(st.text("abc", max_size=3), st.text("xyz ", max_size=4)).map(lambda t: said(*t)),
)
coverages = st.builds(Coverage, *[st.integers(0, 50)] * 4)
states = st.builds(lambda state, coverage: replace(state, coverage=coverage), answers, coverages)
rows = st.builds(Row, st.dictionaries(st.sampled_from("abc"), states, max_size=3), coverages)


@given(states, states, states)
def test_merging_does_not_depend_on_order_or_grouping(a: State, b: State, c: State) -> None:
    assert a.merge(b) == b.merge(a)
    assert a.merge(b).merge(c) == a.merge(b.merge(c))


@given(states)
def test_zero_changes_nothing(a: State) -> None:
    assert a.merge(ZERO) == ZERO.merge(a) == a


@given(st.lists(rows, max_size=12))
def test_a_total_equals_merging_one_after_another(parts: list[Row]) -> None:
    one_by_one = NOTHING
    for part in parts:
        one_by_one = one_by_one.merge(part)
    assert total(parts) == one_by_one


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[int, int | None], dict[int, Row]]:
    size = draw(st.integers(1, 15))
    parents = {n: draw(st.one_of(st.none(), st.integers(0, n - 1))) if n else None for n in range(size)}
    return parents, {n: draw(rows) for n in range(size) if draw(st.booleans())}


@given(trees())
def test_a_branch_equals_a_recount_of_every_unit_in_it(tree: tuple[dict[int, int | None], dict[int, Row]]) -> None:
    parents, own = tree

    def above(node: int | None) -> set[int]:
        found: set[int] = set()
        while node is not None:
            found.add(node)
            node = parents[node]
        return found

    rolled = roll_up(parents, own)
    for node in parents:
        recount = total(own[n] for n in own if node in above(n))
        assert rolled[node] == recount


def test_missing_is_not_zero() -> None:
    assert measured(None).result(Rule.SUM) is None
    assert measured(0).result(Rule.SUM) == 0
    assert measured(0).merge(measured(None)).result(Rule.SUM) == 0


def test_each_rule_reads_the_same_answers_its_own_way() -> None:
    answers = total(Row({"q": measured(n)}, Coverage()) for n in (4, 0, 2, None)).states["q"]
    assert [answers.result(r) for r in (Rule.SUM, Rule.MAXIMUM, Rule.COUNT_UNITS, Rule.MEAN)] == [6, 4, 2, Decimal(2)]


def test_texts_keep_whose_they_are() -> None:
    both = said("Xã Đông", "Cần thêm tài liệu").merge(said("Xã Bắc", "Đề nghị tập huấn"))
    assert both.result(Rule.TEXTS) == (Text("Xã Bắc", "Đề nghị tập huấn"), Text("Xã Đông", "Cần thêm tài liệu"))


def test_coverage_knows_who_is_missing() -> None:
    assert Coverage(expected=5, received=3).missing == 2


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        roll_up({1: 2, 2: 1}, {})


def test_lists_are_gathered_with_whose_each_row_is_and_their_numbers_add_up() -> None:
    both = listed("u2", [{"n": 3}]).merge(listed("u1", [{"n": "2.5", "name": "Lớp A"}, {"name": "Lớp B"}]))
    gathered = both.result(Rule.ROWS)
    assert [(row.unit, row.cell("name")) for row in both.rows] == [("u1", "Lớp A"), ("u1", "Lớp B"), ("u2", "")]
    assert gathered == both.rows
    assert column_total(both.rows, "n") == Decimal("5.5")
