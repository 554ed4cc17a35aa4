"""What of a text counts when two are compared: its folded words, without what changes from copy to copy.

Left out: links, numbers, sums, codes and whatever else has a digit; a random token at either end; words of address and politeness;
passages that are written around anything ("nhờ kiểm tra giúp tin nhắn này", advice that is passed on).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from unicodedata import normalize

from lachan.engine.scams import links
from lachan.engine.scams.characters import visible
from lachan.engine.scams.folding import words_of
from lachan.engine.scams.memo import Memo
from lachan.engine.scams.openings import LINK
from lachan.engine.scams.spelling import is_syllable

_PASSAGES = Path(__file__).parent / "passages.txt"
MOST_WORDS = 1_000
"""Of a longer text only so many words count."""

FILLING = frozenset(
    word
    for words in (
        "quy khach hang anh chi em ac ban minh bac chu ong ba con kinh gui chao than men thua hi hello alo dear",
        "vui long xin hay a ah oi nhe nha nhen nghen ha nhi di ne vay thoi da vang va thi la se dang cua cho nay kia",
        "nhung cac mot trieu nghin ngan dong vnd ty ti k tr usd d cu cham",
    )
    for word in words.split()
)
"""Words, folded, that come and go between copies of one text: of address, of politeness, and units of money."""
_SHORT = {
    "tk": "tai khoan",
    "stk": "so tai khoan",
    "nh": "ngan hang",
    "sdt": "so dien thoai",
    "dt": "dien thoai",
    "ko": "khong",
    "kg": "khong",
    "hok": "khong",
    "khg": "khong",
    "dc": "duoc",
    "vs": "voi",
    "ng": "nguoi",
    "gd": "giao dich",
    "ct": "chuyen tien",
    "ck": "chuyen khoan",
    "dk": "dang ky",
    "dn": "dang nhap",
    "lh": "lien he",
    "tt": "thanh toan",
    "tb": "thong bao",
    "kh": "",
    "qk": "",
    "vl": "",
}  # abbreviations of short messages, written out; those of filling words come to nothing


Run = tuple[int, ...]


def runs(passages: Iterable[str]) -> frozenset[Run]:
    """Runs of words by which these passages, and those of `passages.txt`, are known again."""
    return _known() | {run for passage in passages for run in _runs(_words(passage))}


@cache
def _known() -> frozenset[Run]:
    lines = _PASSAGES.read_text(encoding="utf-8").splitlines()
    return frozenset(run for line in lines if line[:1] not in {"", "#"} for run in _runs(_words(line)))


def _runs(words: list[int]) -> Iterator[Run]:
    return zip(words, words[1:], words[2:], strict=False)


@lru_cache(maxsize=1)
def opened(text: str) -> tuple[str, str, tuple[links.Link, ...]]:
    """What is seen of `text`, that folded, and its links: with what its wording and its indicators begin, one after the other."""
    seen = visible(normalize("NFC", text))
    return seen.text, seen.plain, links.find(seen.text, seen.plain)


def wording(text: str, passages: frozenset[Run]) -> array[int]:
    """The words of `text` that count, each as a number that is the same everywhere and always.

    `passages`: `runs` of those that do not count. A text that is nothing but such passages keeps them.
    """
    words = _words(text)
    if passages.isdisjoint(_runs(words)):
        return array("I", words)
    out = {at + more for at, run in enumerate(_runs(words)) if run in passages for more in range(3)}
    return array("I", [word for place, word in enumerate(words) if place not in out] or words)


def _words(text: str) -> list[int]:
    _seen, flat, linked = opened(text)
    found = words_of(flat, [link.span for link in linked])
    for end in (-1, 0):
        if found and _is_token(found[end]):
            del found[end]
    return list(islice(chain.from_iterable(map(_NUMBERS.__getitem__, found)), MOST_WORDS))


def _is_token(word: str) -> bool:
    return word != LINK and not is_syllable(word) and word not in _SHORT


def _numbers(word: str) -> tuple[int, ...]:
    """What a word counts for: nothing, one number, or several where it is short for several words."""
    if word == LINK or word in FILLING or any(map(str.isdigit, word)):
        return ()
    if word in _SHORT:
        return tuple(number for part in _SHORT[word].split() for number in _NUMBERS[part])
    return (int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "little") >> 2,)  # of 30 bits: quicker


_NUMBERS = Memo(_numbers, most=50_000)
