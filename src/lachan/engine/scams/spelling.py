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
from lachan.engine.scams.memo import Memo


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
        marks, hid = marks_of(written), only_looks(written)
        of_part = "" if hid or len(several) > 1 else marks
        return Form(flat, marks, tuple(Part(word, 0, len(written), of_part, hid) for word in several))
    stands = flat.isalpha() or flat.isdigit() or _CLASS.fullmatch(written.lower())
    word, hid = (flat, False) if stands else _read(flat, known)
    if not word:
        return Form("", "", tuple(_pieces(written, flat)))
    if hid or only_looks(written):
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
            hid = only_looks(whole)
            yield Part(bare, at, at + len(piece), "" if hid else marks_of(whole), hid)
        at += len(piece) + 1


def joined(cut: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words that letters standing apart make; none when they make none."""
    letters = _NOT_LETTERS.sub("", cut)
    word, _ = _undone(letters, known)
    if word in known or is_syllable(word) or _AMOUNT.fullmatch(word):
        return (word,)
    if len(letters) > _MOST_JOINED:
        return ()
    marks = set(cut[1::2])  # the same between all letters, as in "T.P.H.C.M", "2-g-b": one name or amount
    one = len(marks) == 1 and len(cut) % 2 == 1 and marks.isdisjoint(" ,:=") and not letters.isdigit()
    return syllables(letters) or ((letters,) if one else ())


def paired(cut: str, known: frozenset[str]) -> tuple[str, ...]:
    """The word of two letters parted by a mark, if it is one that is known."""
    word = cut[0] + cut[2]
    return (word,) if word in known else ()


def pieced(cut: str, known: frozenset[str]) -> tuple[str, ...]:
    """The one word that pieces make of which some are none: "kh.oan", "t*ien"; none where all may be words ("co-an").

    A single letter before a dot or dash is an abbreviation ("P.An Khánh", "T-Anh").
    """
    pieces = _NOT_LETTERS.split(cut)
    word = "".join(pieces)
    if len(word) < _LEAST_PIECED or not (is_syllable(word) or word in known):
        return ()
    if not _NEVER_BETWEEN_WORDS.isdisjoint(cut):
        return (word,)
    odd = (piece for piece in pieces if len(piece) > 1 and not (is_syllable(piece) or piece in known))
    return (word,) if any(odd) else ()


def hides(word: str, written: str, known: frozenset[str]) -> bool:
    """Whether a word that is written in parts is to be hidden: "k.h.ó.a", "l.i.n.k"; not "U.B.N.D", "2-g-b"."""
    return is_syllable(word) or (word in known and not written.isupper())


def _parted(letters: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words in letters drawn out ("taiii") or run together ("taikhoancuaban"); none where they are a word as they stand."""
    if letters in known or is_syllable(letters):
        return ()
    once = _DRAWN.sub(r"\1", letters)
    if once in known or is_syllable(once):
        return (once,)
    return syllables(once) if _LEAST_RUN_ON <= len(once) <= _MOST_JOINED else ()


_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_NEVER_BETWEEN_WORDS = frozenset("*·•~^")
_LEAST_PIECED = 3  # letters
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
    "1": "li",
    "3": "e",
    "4": "a",
    "5": "s",
    "!": "i",
    "@": "a",
    "$": "s",
    "|": "li",
    "6": "g",
    "8": "b",
    "9": "g",
    "7": "t",
}
_AMOUNT = re.compile(
    r"(\d[0-9o]*(?:[.,][0-9o]{3})*|o\d[0-9o]{7,9})(k|kk|d|dong|vnd|tr|trieu|ty|ti|usd|usdt|phut|p|diem)?"
)
_MOST_STAND_INS = 8
_MOST_TWO_WAYS = 4  # of them such as may be one of two letters
_CLASS = re.compile(r"\d{1,2}[a-km]\d{0,2}")  # 10A1, 20m
_MOST_JOINED = 40
MOST_MARKS = 3  # unseen characters in one word that are no parts of its letters


def _undone(raw: str, known: frozenset[str]) -> tuple[str, bool]:
    """A word with digits or marks for letters as it is meant, and whether it hid: "t1en" → "tien"; "1oo.ooo" → "100.000"."""
    amount = _AMOUNT.fullmatch(raw)
    if amount:
        return amount[1].replace("o", "0") + (amount[2] or ""), "o" in amount[1]
    stand_ins = [c for c in raw if c in _LETTERS]
    if len(raw) < 3 or not 0 < len(stand_ins) <= _MOST_STAND_INS or len(stand_ins) == len(raw):
        return raw, False
    if sum(len(_LETTERS[c]) - 1 for c in stand_ins) > _MOST_TWO_WAYS:
        return raw, False
    for letters in product(*(_LETTERS.get(c, c) for c in raw)):
        word = "".join(letters)
        if word in known or (is_syllable(word) and len(stand_ins) * 4 <= len(raw) * 3):
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


MARKS = "".join(_SIGNS) + "".join(_TONES.values())
"""The characters that `marks_of` writes; no folded word ends with one."""


def marks_of(word: str) -> str:
    """The marks of a Vietnamese word, whatever letters bear them: alike for "khóa" and "khoá"; "" where they are none of ours."""
    if word.isascii():
        return ""
    return _IN_ORDER[unicodedata.normalize("NFD", word.lower()).translate(_ALONE)]


_OTHER = "\0"


class _Alone(dict[int, str]):
    """Marks without their letters; `_OTHER` for each that is none of ours."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = found = char if char in _SIGNS else _TONES.get(char, _OTHER if unicodedata.combining(char) else "")
        return found


def _in_order(marks: str) -> str:
    """The marks of a word: each sign once, and then the tones."""
    if _OTHER in marks:
        return ""
    return "".join(sorted(_SIGNS.intersection(marks))) + "".join(mark for mark in marks if mark not in _SIGNS)


_ALONE = _Alone()
_IN_ORDER = Memo(_in_order)
