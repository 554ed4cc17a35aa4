"""A word as it is written, and what it means.

What is undone: digits and marks for letters ("t1en", "d!eu"), letters for digits ("5OO.OOO"), letters drawn out ("taiii") and words
run together ("taikhoancuaban"). What was found is kept, for a bounded number of ways to write a word.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from lachan.engine.scams.characters import DROPPED, only_looks, plain


class Part(NamedTuple):
    """A word that is meant, and where it stands in what is written. `hides`: it is written so as to escape filters."""

    word: str
    start: int
    end: int
    marks: str
    hides: bool


class Form(NamedTuple):
    """What a way to write a word means: a folded word and its marks, or else `parts`, where it hides or is several words.

    Where there are both, it means its parts unless it belongs to a mark beside it, as names do: "@quanlymau".
    """

    word: str
    marks: str
    parts: tuple[Part, ...] | None = None


def form_of(written: str, known: frozenset[str]) -> Form:
    """What `written` means, all of which folds to letters, digits and marks that stand for letters."""
    flat = plain(written)
    several = _parted(flat, known) if flat.isalpha() else ()
    if several:
        marks = marks_of(written) if len(several) == 1 else ""
        hides = only_looks(written)
        return Form(
            flat,
            marks_of(written),
            tuple(Part(word, 0, len(written), "" if hides else marks, hides) for word in several),
        )
    word, hides = (flat, False) if flat.isalpha() or flat.isdigit() else _read(flat, known)
    if not word:
        return Form("", "", tuple(_pieces(written, flat)))
    if hides or only_looks(written):
        return Form("", "", (Part(word, 0, len(written), "", hides=True),))
    return Form(word, marks_of(written))


def _read(flat: str, known: frozenset[str]) -> tuple[str, bool]:
    """A word with digits, marks or unseen letters as it is meant, and whether it hid; "" where its marks part words."""
    word, hid = _undone(flat.replace(DROPPED, ""), known)
    if _LEET_MARK.search(word):
        return "", False
    return word, hid or flat.strip(DROPPED).count(DROPPED) > MOST_MARKS


def _pieces(written: str, flat: str) -> Iterator[Part]:
    """The words of which marks that stand for letters elsewhere are none here: "xong!di"."""
    at = 0
    for piece in _LEET_MARK.split(flat):
        if bare := piece.replace(DROPPED, ""):
            whole = written[at : at + len(piece)]
            hides = only_looks(whole)
            yield Part(bare, at, at + len(piece), "" if hides else marks_of(whole), hides)
        at += len(piece) + 1


def joined(letters: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words that letters standing apart make; none when they make none."""
    word, _ = _undone(letters, known)
    if word in known or is_syllable(word) or _AMOUNT.fullmatch(word):
        return (word,)
    return syllables(letters) if len(letters) <= _MOST_JOINED else ()


def _parted(letters: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words in letters drawn out ("taiii") or run together ("taikhoancuaban"); none where they are a word as they stand."""
    if letters in known or is_syllable(letters):
        return ()
    once = _DRAWN.sub(r"\1", letters)
    if once in known or is_syllable(once):
        return (once,)
    return syllables(once) if _LEAST_RUN_ON <= len(once) <= _MOST_JOINED else ()


_DRAWN = re.compile(r"([a-z])\1\1+")
_LEAST_RUN_ON = 8  # letters: shorter ones are names and English words too often


@lru_cache(maxsize=1_000)
def syllables(letters: str) -> tuple[str, ...]:
    """The fewest syllables that `letters` can be parted into, longer ones first; none when there is no way."""
    if len(letters) > 1 and is_syllable(letters):
        return (letters,)
    ways = (
        (letters[:size], *rest)
        for size in range(min(7, len(letters) - 2), 1, -1)
        if is_syllable(letters[:size]) and (rest := syllables(letters[size:]))
    )
    return min(ways, key=len, default=())


_LEET_MARK = re.compile(r"[!@$|]")
_LETTERS = {
    "0": "o",
    "1": "il",
    "3": "e",
    "4": "a",
    "5": "s",
    "!": "i",
    "@": "a",
    "$": "s",
    "|": "il",
    "6": "g",
    "8": "b",
    "9": "g",
    "7": "t",
}
_AMOUNT = re.compile(
    r"(\d[0-9o]*(?:[.,][0-9o]{3})*|o\d[0-9o]{7,9})(k|kk|d|dong|vnd|tr|trieu|ty|ti|usd|usdt|phut|p|diem)?"
)
_MOST_STAND_INS = 4
_MOST_JOINED = 40
MOST_MARKS = 3  # unseen characters in one word that are no parts of its letters


def _undone(raw: str, known: frozenset[str]) -> tuple[str, bool]:
    """A word with digits or marks for letters as it is meant, and whether it hid: "t1en" → "tien"; "1oo.ooo" → "100.000"."""
    amount = _AMOUNT.fullmatch(raw)
    if amount:
        return amount[1].replace("o", "0") + (amount[2] or ""), "o" in amount[1]
    stand_ins = [c for c in raw if c in _LETTERS]
    if len(raw) < 3 or not 0 < len(stand_ins) <= _MOST_STAND_INS or len(stand_ins) * 2 > len(raw) + 1:
        return raw, False
    for letters in product(*(_LETTERS.get(c, c) for c in raw)):
        word = "".join(letters)
        if word in known or is_syllable(word):
            return word, True
    return raw, False


_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdghklmnprstvx])?"
_RIME = (
    r"(?:uyen|uyet|uya|uyu|uynh|uych|uyt|uyp|uyn|uy|ieu|yeu|ien|ieng|iec|iet|iem|iep|yen|yet|yem|ia|uoi|uon|uong|uoc|uot|uom|uop|uou|ua|uu|"
    r"oai|oay|oao|oeo|uay|uan|uang|uat|oan|oang|oanh|oac|oach|oat|oam|oap|oa|oen|oet|oe|uenh|uech|ue|uo|"
    r"a(?:nh|ng|ch|[nctmpiyou])?|e(?:nh|ng|ch|[nctmpou])?|i(?:nh|ch|[ntmpu])?|o(?:ng|[nctmpi])?|u(?:ng|[nctmpi])?|y)"
)
_SYLLABLE = re.compile(_ONSET + _RIME)


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether an unmarked word may be a Vietnamese syllable: "khoan", "nghieng"; not "bpndx"."""
    return len(word) < 8 and _SYLLABLE.fullmatch(word) is not None


_SIGNS = frozenset("đ\u0302\u0306\u031b")  # đ, and what makes â, ă and ơ
_TONES = {"\u0300": "`", "\u0301": "´", "\u0309": "?", "\u0303": "?", "\u0323": "."}  # many write hỏi for ngã


def marks_of(word: str) -> str:
    """The marks of a Vietnamese word, whatever letters bear them: alike for "khóa" and "khoá"; "" where they are none of ours."""
    spread = unicodedata.normalize("NFD", word.lower())
    if any(unicodedata.combining(char) and char not in _SIGNS and char not in _TONES for char in spread):
        return ""
    return "".join(sorted(_SIGNS.intersection(spread))) + "".join(_TONES[char] for char in spread if char in _TONES)
