"""What was typed into a report form, read once: good answers are counted, faulty ones named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.answers import (
    LONGEST_TEXT,
    MOST_ROWS,
    Asked,
    Column,
    Kind,
    check,
    rows_as_text,
    rows_typed,
    tidy,
    unmistakable,
)
from lachan.engine.checks import Check, Relation
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


CLASSES = Asked(
    "c", Kind.ROWS, required=True, columns=(Column("name", "Tên lớp", required=True), Column("n", "Số người", "whole"))
)


def test_a_list_is_read_row_by_row() -> None:
    assert check([CLASSES], {"c": "Lớp A | 1.250\n | \nLớp B"}).values == {
        "c": [{"name": "Lớp A", "n": 1250}, {"name": "Lớp B"}]
    }


def test_a_list_may_be_pasted_from_a_spreadsheet() -> None:
    assert check([CLASSES], {"c": "Lớp A\t30\nLớp B | 5\n\n"}).values == {
        "c": [{"name": "Lớp A", "n": 30}, {"name": "Lớp B", "n": 5}]
    }


def test_a_fault_in_a_list_says_which_cell() -> None:
    faults = check([CLASSES], {"c": "Lớp A | ba mươi\n | 4"}).faults
    assert [(one.reason, one.row, one.column) for one in faults] == [("not_a_number", 0, "n"), ("missing", 1, "name")]


def test_a_list_left_blank_is_missing() -> None:
    assert [one.reason for one in check([CLASSES], {"c": " \n"}).faults] == ["missing"]


def test_a_list_takes_no_more_rows_than_a_page_can_hold() -> None:
    faults = check([CLASSES], {"c": "x\n" * (MOST_ROWS + 1)}).faults
    assert [one.reason for one in faults] == ["too_many_rows"]


@given(st.lists(st.fixed_dictionaries({"name": st.text("ab", min_size=1), "n": st.text("12", min_size=1)}), min_size=1))
def test_a_list_written_as_words_reads_back(rows: list[dict[str, str]]) -> None:
    assert rows_typed(CLASSES.columns, rows_as_text(CLASSES.columns, rows)) == rows


def test_checks_are_judged_on_the_answers_that_can_be_counted() -> None:
    at_most = Check(Relation.AT_MOST, ("w", "p"))
    asked = [WHOLE, Asked("p", Kind.WHOLE, required=True)]
    assert check(asked, {"w": "3", "p": "2"}, [at_most]).broken == (at_most,)


def test_of_words_to_choose_from_the_one_that_was_meant_is_taken() -> None:
    asked = Asked("q", Kind.TEXT, required=True, choices=("Trực tiếp", "Trực tuyến"))
    assert check([asked], {"q": "trực TUYẾN"}).values == {"q": "Trực tuyến"}
    assert [fault.reason for fault in check([asked], {"q": "Zalo"}).faults] == ["not_a_choice"]
