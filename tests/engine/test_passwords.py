"""Passwords that would be guessed, and how people type words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.passwords import Guess, guess, typings

COMMON = frozenset().union(*map(typings, ("mật khẩu", "việt nam", "hà nội", "anh yêu em")))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("vietnam123", Guess.COMMON),
        ("Việt Nam 2025!", Guess.COMMON),
        ("Vie\u0323\u0302t Nam 2025!", Guess.COMMON),  # the same with combining marks
        ("Matkhau@2024", Guess.COMMON),
        ("maatjkhaaur1", Guess.COMMON),  # Telex switched off
        ("V1etN@m2020", Guess.COMMON),
        ("hanoi-vietnam", Guess.COMMON),
        ("0912345678", Guess.DIGITS),
        ("+84 912 345 678", Guess.DIGITS),
        ("12/03/1985", Guess.DIGITS),
        ("qwertyuiop1", Guess.KEYS),
        ("1qaz2wsx3edc", Guess.KEYS),
        ("lkjhgfdsa2020", Guess.KEYS),
        ("abcabcabcabc", Guess.KEYS),
        ("một câu dài để vào", None),
        ("tôi ăn phở lúc bảy giờ", None),
        ("mat-khau-cua-lan", None),
        ("x9!kQ2vv-Lm", None),
    ],
)
def test_why_a_password_is_guessed(password: str, why: Guess | None) -> None:
    assert guess(password, COMMON) == why


def test_a_phrase_is_typed_with_and_without_marks_and_in_telex() -> None:
    assert typings("mật khẩu") == {"mậtkhẩu", "matkhau", "maatjkhaaur", "maajtkhaaru"}
    assert "dduwowngf" in typings("đường")


@given(st.text(max_size=60))
def test_any_text_is_judged(text: str) -> None:
    guess(text, COMMON)


@given(st.sampled_from(sorted(COMMON)), st.text("0123456789!@#. ", max_size=8))
def test_a_common_word_with_a_little_after_it_is_always_found(word: str, rest: str) -> None:
    assert guess(word + rest, COMMON) is not None
