"""What was typed into a report form, read once: good answers are counted, faulty ones named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.answers import LONGEST_TEXT, Asked, Kind, check, tidy, unmistakable
from lachan.engine.vietnamese import read_number

WHOLE = Asked("w", Kind.WHOLE, required=True)
SHARE = Asked("d", Kind.DECIMAL, required=True)
WORDS = Asked("t", Kind.TEXT, required=True)
MAYBE = Asked("m", Kind.WHOLE, required=False)


@pytest.mark.parametrize(
    ("asked", "typed", "counted"),
    [
        (WHOLE, "1250", 1250),
        (WHOLE, " 1.250 ", 1250),
        (WHOLE, "1 250", 1250),
        (WHOLE, "0", 0),
        (SHARE, "12,5", "12.5"),
        (SHARE, "0", "0"),
        (WORDS, " Loa hỏng.\r\nCần thay. ", "Loa hỏng.\nCần thay."),
    ],
)
def test_a_good_answer_is_counted(asked: Asked, typed: str, counted: int | str) -> None:
    checked = check([asked], {asked.key: typed})
    assert checked.values == {asked.key: counted}
    assert not checked.faults


@pytest.mark.parametrize(
    ("asked", "typed", "reason"),
    [
        (WHOLE, "", "missing"),
        (WHOLE, " \u200b ", "missing"),
        (WHOLE, "một nghìn", "not_a_number"),
        (WHOLE, "12 buổi", "not_a_number"),
        (WHOLE, "1e3", "not_a_number"),
        (WHOLE, "١٢", "not_a_number"),
        (WHOLE, "12,5", "not_whole"),
        (WHOLE, "1,250", "ambiguous"),
        (WHOLE, "-5", "negative"),
        (WHOLE, "9" * 16, "too_long"),
        (SHARE, "1.250", "ambiguous"),
        (WORDS, "\x00\x07", "missing"),
        (WORDS, "a" * (LONGEST_TEXT + 1), "too_long"),
    ],
)
def test_a_faulty_answer_is_named_with_its_reason(asked: Asked, typed: str, reason: str) -> None:
    checked = check([asked], {asked.key: typed})
    assert [(fault.key, fault.reason) for fault in checked.faults] == [(asked.key, reason)]
    assert not checked.values


def test_a_blank_answer_that_is_not_required_is_missing_and_not_zero() -> None:
    assert check([MAYBE], {"m": ""}).values == {}
    assert check([MAYBE], {}).faults == ()


def test_what_was_not_asked_is_not_read() -> None:
    assert check([WHOLE], {"w": "1", "x": "2"}).values == {"w": 1}


@pytest.mark.parametrize(
    ("typed", "is_empty"),
    [
        ({"w": "0", "d": "0,0", "t": " "}, True),
        ({"w": "0", "d": "0,5", "t": ""}, False),
        ({"w": "100", "d": "0", "t": ""}, False),
        ({"w": "0", "d": "0", "t": "Có hai vụ việc"}, False),
    ],
)
def test_a_return_of_zeros_and_blanks_is_empty(typed: dict[str, str], is_empty: bool) -> None:
    asked = [WHOLE, SHARE, Asked("t", Kind.TEXT, required=False)]
    assert check(asked, typed).is_empty is is_empty


@given(st.text())
def test_tidying_twice_changes_nothing_more_and_leaves_nothing_a_database_refuses(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "\x00" not in once
    once.encode()


@given(st.text())
def test_no_text_stops_the_check(text: str) -> None:
    for asked in (WHOLE, SHARE, WORDS):
        checked = check([asked], {asked.key: text})
        assert bool(checked.faults) != bool(checked.values)


@given(st.decimals(0, 10**9, places=4) | st.integers(0, 10**12).map(Decimal))
def test_an_unmistakable_number_reads_back_as_itself(number: Decimal) -> None:
    assert read_number(unmistakable(number), whole=False).value == number


def test_whole_numbers_written_unmistakably_have_no_marks() -> None:
    assert unmistakable(Decimal("1000.000")) == "1000"
    assert unmistakable(Decimal("1.125")) == "1,1250"
