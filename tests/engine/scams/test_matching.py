"""Patterns are found where a plain, slow search finds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.scams.folding import fold
from lachan.engine.scams.knowledge.patterns import Gap, OneOf, Pattern, read
from lachan.engine.scams.lexicon import Lexicon
from lachan.engine.scams.matching import Matcher, bits, ones

WORD = st.sampled_from("abc")
PHRASE = st.lists(WORD, min_size=1, max_size=3).map("_".join)
CHOICE = st.lists(st.one_of(PHRASE, st.just("<phone>")), min_size=1, max_size=3).map("|".join)
PATTERN = st.lists(CHOICE, min_size=1, max_size=3).flatmap(
    lambda choices: st.sampled_from([" ", " *1 ", " *3 ", " *8 "]).map(lambda gap: read(gap.join(choices), {}))
)


def places(pattern: Pattern, words: tuple[str, ...], things: dict[int, list[tuple[str, int]]]) -> set[tuple[int, int]]:
    """Every start and end of a pattern, tried one by one."""
    found: set[tuple[int, int]] | None = None
    gap = 0
    for part in pattern:
        if isinstance(part, Gap):
            gap = part.most
            continue
        here = _standing(part, words, things)
        found = here if found is None else {(a, d) for a, b in found for c, d in here if 0 <= c - b <= gap}
        gap = 0
    return found or set()


def _standing(part: OneOf, words: tuple[str, ...], things: dict[int, list[tuple[str, int]]]) -> set[tuple[int, int]]:
    found = {(at, end) for at, kinds in things.items() for kind, end in kinds if kind in part.things}
    for phrase in part.words:
        size = len(phrase)
        found |= {(at, at + size) for at in range(len(words)) if words[at : at + size] == phrase}
    return found


@given(st.lists(PATTERN, min_size=1, max_size=4), st.lists(WORD, max_size=12).map(tuple), st.data())
def test_patterns_are_found_where_a_slow_search_finds_them(
    patterns: list[Pattern], words: tuple[str, ...], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, max(0, len(words) - 1)))
    things = {at: [("phone", min(len(words), at + 2))]} if words else {}
    matcher = Matcher(patterns)
    begun = [matcher.begun(word, "") for word in words]
    matches = matcher.find(words, [""] * len(words), begun, things)
    for number, pattern in enumerate(patterns):
        slow = places(pattern, words, things)
        starts = matches.starts(number) if matches.likely >> number & 1 else 0
        assert {*ones(starts)} == {start for start, _ in slow}
        for start in ones(starts):
            assert {*ones(matches.ends(number, 1 << start))} == {end for first, end in slow if first == start}


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("đừng tin", "đừng tin", True),
        ("đừng tin", "dung tin", True),
        ("đừng tin", "dùng tin", False),
        ("dung tin", "dùng tin", True),
        ("khóa_máy", "khoá máy", True),  # either place of the tone
        ("chuyển", "chuyễn", True),  # many write hỏi for ngã
        ("được", "đuợc", True),
        ("khóa", "khöa", True),  # letters of others stand for any
        ("khóa", "k.h.ò.a", True),  # what hides says nothing by its marks
    ],
)
def test_marks_must_agree_where_both_write_them(pattern: str, text: str, found: bool) -> None:
    matcher = Matcher([read(pattern, {})])
    assert _stands_in(text, matcher) is found


def test_a_word_that_was_cut_keeps_marks_with_which_some_pattern_looks_for_it() -> None:
    text = "lợi d*ụ*n*g tín nhiệm"
    assert _stands_in(text, Matcher([read("đừng tin", {})]))
    assert not _stands_in(text, Matcher([read("đừng tin", {}), read("lạm dụng", {})]))


def _stands_in(text: str, matcher: Matcher) -> bool:
    """Whether the first pattern does."""
    folded = fold(text, lexicon=Lexicon(matcher=matcher))
    matches = matcher.find(folded.words, folded.marks, folded.begun, {})
    return bool(matches.likely & 1 and matches.starts(0))


@given(st.sets(st.integers(0, 400) | st.integers(0, 4_000)))
def test_a_set_of_places_is_kept_as_bits(places: set[int]) -> None:
    assert [*ones(bits(sorted(places)))] == sorted(places)
