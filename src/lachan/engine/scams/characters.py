"""The characters of a text as people and swindlers type them, each folded to a plain one.

Every character folds to exactly one (`DROPPED` for those that are not seen), so that a place in the folded text is the same place
in the original. What is undone: marks and case, look-alike letters of other scripts, mathematical and circled letters, emoji
digits, zero-width characters, letters in parts (NFD).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

DROPPED = "\0"
# Letters of other scripts that look like Latin ones: pairs of Unicode's confusables.txt (UTS 39) in Cyrillic, Greek, IPA.
_LOOKS = dict(
    zip(
        "авсԁеһіјӏкмнорԛѕтухѵѡґьαβγεηικνορτυχωϲϳɑɡɩɪʀʏօոսհց",
        "abcdehijlkmhopqstuxvwrbabyenikvoptuxwcjagiiryonuhg",
        strict=True,
    )
)
_DRESSED = (
    (0x1F130, "a"),
    (0x1F150, "a"),
    (0x1F170, "a"),
    (0x1F1E6, "a"),
)  # squared, circled, negative, flags: 26 letters each


_VIETNAMESE = frozenset("đàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")


class _Folds(dict[int, str]):
    """What each character folds to, worked out when it is first met; `strange` are those that only look like our letters."""

    def __init__(self) -> None:
        self.strange: set[str] = set()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = _folded(char)
        if not char.isascii() and folded.isascii() and folded.isalnum() and char.lower() not in _VIETNAMESE:
            self.strange.add(char)
        return folded


def _folded(char: str) -> str:
    if char.isspace():
        return "\n" if char in "\n\r\u2028\u2029" else " "
    if char == DROPPED or unicodedata.category(char) in {"Cf", "Mn", "Me", "Cc", "Cs"}:
        return DROPPED
    for start, first in _DRESSED:
        if start <= ord(char) < start + 26:
            return chr(ord(first) + ord(char) - start)
    bare = unicodedata.normalize("NFKD", char).casefold()
    plain = unicodedata.normalize("NFKD", bare)[:1] or DROPPED
    plain = _LOOKS.get(
        plain, {"đ": "d", "ı": "i", "ł": "l", "ø": "o", "¡": "!", "。": ".", "⁄": "/", "∕": "/"}.get(plain, plain)
    )
    if unicodedata.category(plain) == "Nd":
        return str(unicodedata.decimal(plain))
    return plain


_FOLDS = _Folds()


def only_looks(text: str) -> bool:
    """Whether a letter of `text`, which was folded before, only looks like one of ours."""
    return not text.isascii() and not _FOLDS.strange.isdisjoint(text)


def plain(text: str) -> str:
    """`text` with every character folded, as long as `text`."""
    return text.translate(_FOLDS)


_DROPPED = re.compile(DROPPED)
_MOST_PARTS = 16  # marks behind a letter in which its own are looked for


class Visible(NamedTuple):
    """What is seen of a text: without zero-width characters and marks put on letters at will, letters in parts (NFD) made whole."""

    text: str
    plain: str
    places: Sequence[int] | None  # where each character stands in the whole text; None where nothing was left out
    unseen: Sequence[
        int
    ] = ()  # for each that was left out and is no part of a letter, the character of `text` before it


def visible(text: str) -> Visible:
    """What is seen of `text`."""
    flat = plain(text)
    if DROPPED not in flat:
        return Visible(text, flat, None)
    seen: list[str] = []
    places: list[int] = []
    unseen: list[int] = []
    at = 0
    for dropped in _DROPPED.finditer(flat):
        place = dropped.start()
        seen += text[at:place]
        places += range(at, place)
        at = place + 1
        if places:
            whole = unicodedata.normalize("NFC", seen[-1] + text[place]) if place - places[-1] <= _MOST_PARTS else ""
            if len(whole) == 1:
                seen[-1] = whole
            else:
                unseen.append(len(seen) - 1)
    seen += text[at:]
    places += range(at, len(text))
    left = "".join(seen)
    return Visible(left, plain(left), places, unseen)
