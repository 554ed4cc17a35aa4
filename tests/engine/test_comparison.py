"""Figures beside those before them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.comparison import Change, change, plain

FIGURES = st.integers(-(10**9), 10**9)


def test_half_as_much_again_is_a_share_of_a_half() -> None:
    assert change(200, 300) == Change(Decimal(100), 0.5)


def test_no_share_of_zero_is_taken() -> None:
    assert change(0, 30) == Change(Decimal(30), None)


def test_a_missing_figure_is_compared_with_nothing() -> None:
    assert change(None, 30) == change(30, None) == Change(None, None)


@given(FIGURES, FIGURES)
def test_the_difference_leads_from_one_to_the_other_and_back(before: int, now: int) -> None:
    there, back = change(before, now).difference, change(now, before).difference
    assert there is not None
    assert back is not None
    assert before + there == now
    assert there == -back


def test_an_indicator_is_known_by_its_words_alone() -> None:
    assert plain("Số buổi tuyên truyền:") == plain("số  buổi tuyên truyền")
    assert plain("Số buổi tuyên truyền") != plain("Số lượt tuyên truyền")
