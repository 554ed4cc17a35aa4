"""Folding, order, one spelling and numbers."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.vietnamese import NumberProblem, fold, normalise, read_number, sort_key, write_number

WORDS = st.text("aàáảãạăằắặâầấậbcdđeèêềếghiìíklmnoòóôồơờpqrstuùúưừứvxyỳý AĐÊƠ019-.", max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nông  Cống", "nong cong"),
        ("ĐẶNG XÁ", "dang xa"),
        ("Ủy ban\u00a0nhân dân", "uy ban nhan dan"),
        ("Ơ Ư ơ ư", "o u o u"),
    ],
)
def test_folding_drops_marks_case_and_spare_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    "in_order",
    [
        ["ba", "bà", "bả", "bã", "bá", "bạ", "bă", "bâ", "ca"],
        ["da", "dy", "đa", "đy", "e", "ê", "g"],
        ["Thôn 2", "Thôn 10", "Thôn 100", "Thôn Đông"],
        ["An", "Án", "An Bình", "Anh"],
        ["Hòa An", "Hóa An", "Hòa Bình", "Hoàng"],
        ["Phường 9", "Phường 10", "Phường An"],
    ],
)
def test_names_stand_in_the_order_of_the_vietnamese_alphabet(in_order: list[str]) -> None:
    assert sorted(set(in_order), key=sort_key) == in_order
    assert sorted(in_order, key=lambda name: sort_key(name).encode()) == in_order


@given(WORDS)
def test_case_and_form_of_encoding_do_not_change_the_order(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text) == sort_key(text.upper())


@given(WORDS, WORDS)
def test_a_tone_never_outweighs_a_letter(one: str, other: str) -> None:
    letters = [sort_key(text).partition("\t")[0] for text in (one, other)]
    if letters[0] != letters[1]:
        assert (sort_key(one) < sort_key(other)) == (letters[0] < letters[1])


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_in_names_stand_by_size(one: int, other: int) -> None:
    assert (sort_key(f"Tổ {one}") < sort_key(f"Tổ {other}")) == (one < other)


@pytest.mark.parametrize(
    ("written", "settled"),
    [
        ("hoà", "hòa"), ("Thuỷ", "Thủy"), ("UỶ BAN", "ỦY BAN"), ("khoẻ", "khỏe"), ("hòan", "hoàn"), ("Hòang", "Hoàng"),
        ("quý", "quý"), ("qúy", "quý"), ("qủa", "quả"), ("giá", "giá"), ("gía", "giá"), ("gì", "gì"), ("gìn", "gìn"),
        ("giếng", "giếng"), ("quốc", "quốc"), ("quyết", "quyết"), ("quỳnh", "quỳnh"), ("Huỳnh", "Huỳnh"), ("thúy", "thúy"),
        ("ngoài", "ngoài"), ("xoáy", "xoáy"), ("khuỷu", "khuỷu"), ("khuỵu", "khuỵu"), ("của", "của"),
        ("mía", "mía"), ("tài", "tài"),
        ("nước", "nước"), ("ngừơi", "người"), ("thuở", "thuở"), ("chuyện", "chuyện"), ("Ý", "Ý"), ("yếu", "yếu"),
        ("café", "café"), ("Pleiku", "Pleiku"), ("Đắk Lắk", "Đắk Lắk"), ("nghĩa", "nghĩa"), ("ủy", "ủy"), ("ngoèo", "ngoèo"),
    ],
)  # fmt: skip
def test_a_tone_has_one_place(written: str, settled: str) -> None:
    assert normalise(written) == settled


@given(WORDS)
def test_settling_twice_changes_nothing_and_keeps_the_length(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert len(once) == len(unicodedata.normalize("NFC", text))
    assert fold(once) == fold(text)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1250", 1250), ("1.250", 1250), ("1 250", 1250), ("1\u00a0250", 1250), (" 0 ", 0), ("1.250.000", 1250000), ("007", 7),
     ("1,250,000", 1250000), ("12,0", 12), ("+5", 5), ("１２", 12)],
)  # fmt: skip
def test_whole_numbers_are_read_as_officers_type_them(typed: str, value: int) -> None:
    assert read_number(typed).value == value


@pytest.mark.parametrize(
    ("typed", "value"), [("12,5", "12.5"), ("12.5", "12.5"), ("0,250", "0.25"), ("1.250,5", "1250.5"), ("1,250.5", "1250.5"),
     ("1 250,75", "1250.75")]
)  # fmt: skip
def test_decimals_are_read_with_either_mark_when_only_one_meaning_is_left(typed: str, value: str) -> None:
    assert read_number(typed, whole=False).value == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "whole", "problem"),
    [
        ("", True, NumberProblem.EMPTY),
        ("một nghìn", True, NumberProblem.NOT_A_NUMBER),
        ("1250 người", True, NumberProblem.NOT_A_NUMBER),
        ("12 50", True, NumberProblem.NOT_A_NUMBER),
        ("1e5", True, NumberProblem.NOT_A_NUMBER),
        ("NaN", False, NumberProblem.NOT_A_NUMBER),
        ("1/2", False, NumberProblem.NOT_A_NUMBER),
        ("12,5", True, NumberProblem.NOT_WHOLE),
        ("1,000", True, NumberProblem.AMBIGUOUS),
        ("1,250", False, NumberProblem.AMBIGUOUS),
        ("1.250", False, NumberProblem.AMBIGUOUS),
        ("-5", True, NumberProblem.NEGATIVE),
        ("−5", True, NumberProblem.NEGATIVE),
        ("1" * 16, True, NumberProblem.TOO_LONG),
    ],
)
def test_what_cannot_be_taken_says_why(typed: str, whole: bool, problem: NumberProblem) -> None:
    read = read_number(typed, whole=whole)
    assert (read.value, read.problem) == (None, problem)


def test_an_ambiguous_number_shows_both_readings() -> None:
    assert read_number("1.250", whole=False).readings == (Decimal(1250), Decimal("1.250"))


def test_negative_numbers_are_read_where_they_are_allowed() -> None:
    assert read_number("-1.250", negative=True).value == -1250


@given(st.integers(0, 10**15 - 1))
def test_a_written_whole_number_reads_back(value: int) -> None:
    assert read_number(write_number(value)).value == value


@given(st.text(max_size=20), st.booleans())
def test_anything_typed_gives_a_value_or_a_problem(typed: str, whole: bool) -> None:
    read = read_number(typed, whole=whole)
    assert (read.value is None) != (read.problem is None)
