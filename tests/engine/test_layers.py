from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.layers import in_layers

EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30)


def test_a_chain_goes_from_top_to_bottom() -> None:
    placed = in_layers(["xã", "bộ", "tỉnh"], [("bộ", "tỉnh"), ("tỉnh", "xã")])
    assert [(one.key, one.layer) for one in placed] == [("bộ", 0), ("tỉnh", 1), ("xã", 2)]


def test_a_node_stands_under_the_lowest_that_leads_to_it() -> None:
    layers = {one.key: one.layer for one in in_layers("abcd", [("a", "b"), ("b", "c"), ("a", "c"), ("a", "d")])}
    assert layers == {"a": 0, "b": 1, "c": 2, "d": 1}


def test_rows_are_ordered_so_that_lines_do_not_cross() -> None:
    placed = in_layers("ABxy", [("A", "y"), ("B", "x")])
    assert [one.key for one in placed if one.layer == 1] == ["y", "x"]


def test_letters_that_name_each_other_are_still_drawn() -> None:
    assert {one.key for one in in_layers("ab", [("a", "b"), ("b", "a"), ("a", "a"), ("a", "z")])} == {"a", "b"}


@given(EDGES)
def test_every_node_has_one_place_of_its_own(edges: list[tuple[int, int]]) -> None:
    placed = in_layers(range(10), edges)
    assert sorted(one.key for one in placed) == list(range(10))
    assert len({(one.layer, one.place) for one in placed}) == 10


@given(EDGES)
def test_without_circles_every_edge_leads_down(edges: list[tuple[int, int]]) -> None:
    down = [(a, b) for a, b in edges if a < b]
    layer = {one.key: one.layer for one in in_layers(range(10), down)}
    assert all(layer[a] < layer[b] for a, b in down)
