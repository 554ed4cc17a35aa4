"""No text breaks a promise: not one made up here, not one that was ever found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from promises import PROMISES, found

PIECES = [
    *("tai khoan", "chuyển tiền", "vietcombank", "vcb", "STK", "otp", "công an", "500k", "1OO.OOO", "t1en", "k.h.o.a", "n h a n"),
    *("https://", "hxxp://", "http://a@", "www.", ".com", ".vn", " . top", "[.]", " dot ", "xn--", "bit.ly/", "zalo.me/0912345678"),
    *("0912345678", "+84", "(0)", "1900", "1800 ", "113", "000201", "6304", "38", "A000000727", "19034567890123"),
    *("\0", "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u0301", "\u0323", "\u0300" * 40, "\ud800", "\udfff"),
    *("１", "٣", "𝐚", "ⓐ", "🇻", "1️⃣", "😀", "\U000e0041", "ﷺ", "İ", "ſ", "K", "й", "\u1100\u1161", "ệ", "e\u0323\u0302"),
    *(" ", "\n", "\x85", "\u2028", ".", ",", "-", "/", ":", "@", "!", "$", "|", "'", '"', "{", "[", "(", "\\", "%00", "?", "#"),
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=14).map("".join),
    st.builds(str.__mul__, st.lists(st.sampled_from(PIECES), max_size=3).map("".join), st.integers(1, 80)),
)


@pytest.mark.parametrize("promise", PROMISES.values(), ids=PROMISES)
@given(text=texts)
@settings(max_examples=50, deadline=None)
def test_a_promise_holds_of_any_text(promise, text) -> None:
    promise(text)


@pytest.mark.parametrize("name", PROMISES)
def test_a_promise_holds_of_every_text_that_was_found(name) -> None:
    for text in found(name):
        PROMISES[name](text)


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "\u0301" * 100_000, "e\u0323\u0302" * 33_000, "a\u200b" * 50_000, "a.vn" * 25_000]
)
def test_a_very_long_text_gets_its_verdict(text) -> None:
    PROMISES["check"](text)
