"""Whether a password is among the first that somebody would try: common words, places, years, phone numbers, rows of keys.

Judged on the machine itself: no password and no part of one is sent anywhere.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum

from lachan.engine.vietnamese import fold

_TELEX_MARKS = {"\u0302": None, "\u0306": "w", "\u031b": "w"}  # None: the letter once more, â is typed aa
_TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_LETTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*")
_LOOKALIKES = str.maketrans({"@": "a", "0": "o", "1": "i", "3": "e", "$": "s", "5": "s", "7": "t"})
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LONGEST_ENDS = 8  # what stands around a common word is guessed too: a date, "@123"; more than this is not
_SHORTEST_WORD = 4
_ROWS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)


class Guess(StrEnum):
    """Why a password is easy to guess."""

    COMMON = "common"  # in a list of common ones, or one of their words with a little around it
    DIGITS = "digits"  # digits only: a phone number, a date, an identity number
    KEYS = "keys"  # neighbouring keys, or a short piece again and again


def guess(password: str, common: Collection[str]) -> Guess | None:
    """Why `password` would soon be guessed; None when nothing here would find it. `common`: `typings` of words and places."""
    bare = _bare(password)
    if bare.isdecimal():
        return Guess.DIGITS
    if _is_keys(bare):
        return Guess.KEYS
    return Guess.COMMON if any(_is_common(form, common) for form in _readings(password)) else None


def typings(phrase: str) -> set[str]:
    """How people type a phrase: "mật khẩu" gives mậtkhẩu, matkhau, and maatjkhaaur and maajtkhaaru (Telex switched off)."""
    words = phrase.lower().split()
    marked = unicodedata.normalize("NFC", "".join(words))
    return {
        marked,
        _bare(fold(marked)),
        "".join(_telex(word, tone_last=True) for word in words),
        "".join(_telex(word, tone_last=False) for word in words),
    }


def _telex(word: str, *, tone_last: bool) -> str:
    """The keys of one syllable; its tone typed at the end, or right after the letter that bears it."""
    typed, last = "", ""
    for letter in _LETTER.findall(unicodedata.normalize("NFD", word.replace("đ", "dd"))):
        base, marks = letter[0], letter[1:]
        typed += base + "".join(_TELEX_MARKS[mark] or base for mark in marks if mark in _TELEX_MARKS)
        tone = "".join(_TELEX_TONES[mark] for mark in marks if mark in _TELEX_TONES)
        typed, last = (typed, last + tone) if tone_last else (typed + tone, "")
    return typed + last


def _bare(text: str) -> str:
    """Letters and digits alone, in lower case; marks stay, in one spelling."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def _readings(password: str) -> Iterable[str]:
    """The words that may stand in the password: without what surrounds them, look-alikes read back, marks left out."""
    text = unicodedata.normalize("NFKC", password).lower()
    core = _ENDS.sub("", text)
    cores = [core] if len(text) - len(core) <= _LONGEST_ENDS else []
    for one in (text, text.translate(_LOOKALIKES), *cores, *(one.translate(_LOOKALIKES) for one in cores)):
        yield _bare(one)
        yield _bare(fold(one))


def _is_common(text: str, common: Collection[str]) -> bool:
    """One of `common`, two of them, or one twice."""
    if text in common:
        return True
    cuts = range(_SHORTEST_WORD, len(text) - _SHORTEST_WORD + 1)
    return any(text[:cut] in common and text[cut:] in common for cut in cuts)


def _is_keys(text: str) -> bool:
    letters = text.rstrip("0123456789") or text
    return _repeats(text) or _repeats(letters) or any(_walks(part) for part in (text, letters))


def _repeats(text: str) -> bool:
    """A piece of up to four signs, again and again."""
    return len(text) >= 6 and any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))


def _walks(text: str) -> bool:
    """Made of runs along the rows of keys or the alphabet, forwards or backwards, of three signs or more each."""
    rows = [row * 2 for row in (*_ROWS, *(row[::-1] for row in _ROWS))]
    place = 0
    while place < len(text):
        run = max((_run(text[place:], row) for row in rows), default=0)
        if run < 3:
            return False
        place += run
    return len(text) >= 6


def _run(text: str, row: str) -> int:
    length = 0
    while length < len(text) and text[: length + 1] in row:
        length += 1
    return length
