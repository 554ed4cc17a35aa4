"""Text as people and swindlers type it, folded to plain words, each with its place in the original.

Every character folds to exactly one (`_DROPPED` for those that are not seen), so that a place in the folded text is the same place
in the original. What is undone: marks and case, NFD, look-alike letters of other scripts, mathematical and circled letters, emoji
digits, zero-width characters, digits for letters ("t1en", "d!eu"), letters for digits ("5OO.OOO"), words cut by dots, dashes or
spaces ("t.a.i k-h-o-a-n").
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

_DROPPED = "\0"
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
    if char == _DROPPED or unicodedata.category(char) in {"Cf", "Mn", "Me", "Cc", "Cs"}:
        return _DROPPED
    for start, first in _DRESSED:
        if start <= ord(char) < start + 26:
            return chr(ord(first) + ord(char) - start)
    bare = unicodedata.normalize("NFKD", char).casefold()
    plain = unicodedata.normalize("NFKD", bare)[:1] or _DROPPED
    plain = _LOOKS.get(
        plain, {"đ": "d", "ı": "i", "ł": "l", "ø": "o", "¡": "!", "。": ".", "⁄": "/", "∕": "/"}.get(plain, plain)
    )
    if unicodedata.category(plain) == "Nd":
        return str(unicodedata.decimal(plain))
    return plain


_FOLDS = _Folds()


def plain(text: str) -> str:
    """`text` with every character folded, as long as `text`."""
    return text.translate(_FOLDS)


@dataclass(frozen=True, slots=True)
class Folded:
    """The words of a text. All sequences are as long as `words`."""

    text: str
    plain: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]  # where each word stands in `text`
    sentences: tuple[int, ...]  # which sentence each word is in
    disguised: tuple[int, ...]  # places in `words` of those that were written so as to escape filters

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` up to `last`, both included, stand in the text."""
        return self.spans[first][0], self.spans[last][1]


LINK = "<link>"
_WORD = re.compile(
    r"\d[0-9o]{0,2}(?:[.,][0-9o]{3})+(?:[.,]\d{1,2})?[a-z]{0,6}"  # an amount with its marks of thousands
    r"|[a-z0-9\0]+(?:[!@$|][a-z0-9\0]+)*"
)
_CUT = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[.\-_*·•,'\"~^`:=] ?[a-z0-9](?![a-z0-9])){2,}")
_SPACED = re.compile(r"(?<![a-z0-9.\-_*])[a-z0-9](?: [a-z0-9](?![a-z0-9])){2,}")
_ENDS = re.compile(r"[.!?;\n]")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def fold(
    text: str, links: Sequence[tuple[int, int]] = (), known: frozenset[str] = frozenset(), flat: str | None = None
) -> Folded:
    """The words of `text`. Each of `links` (spans, in order) becomes one word, `LINK`.

    `known`: words beside Vietnamese syllables that a disguise may hide. `flat`: `plain(text)`, where that is at hand. Takes time in
    proportion to the text.
    """
    flat = plain(text) if flat is None else flat
    strange = _FOLDS.strange.intersection(text)
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    disguised: list[int] = []
    for word, start, end, hidden in _pieces(flat, links, known):
        if hidden or (strange and not strange.isdisjoint(text[start:end])):
            disguised.append(len(words))
        words.append(word)
        spans.append((start, end))
    return Folded(text, flat, tuple(words), tuple(spans), _sentences(flat, spans), tuple(disguised))


def words(flat: str, links: Sequence[tuple[int, int]] = (), known: frozenset[str] = frozenset()) -> list[str]:
    """The words that `fold` finds in a text, given as `plain(text)`, without their places."""
    return [piece[0] for piece in _pieces(flat, links, known)]


Piece = tuple[str, int, int, bool]  # the word, its span, whether it was disguised


def _pieces(flat: str, links: Sequence[tuple[int, int]], known: frozenset[str]) -> Iterator[Piece]:
    at = 0
    for start, end in links:
        yield from _between(flat, at, start, known)
        yield LINK, start, end, False
        at = end
    yield from _between(flat, at, len(flat), known)


def _between(flat: str, at: int, end: int, known: frozenset[str]) -> Iterator[Piece]:
    """The words from `at` to `end`, words that were cut into letters joined again."""
    cut = [found for cuts in (_CUT, _SPACED) for found in cuts.finditer(flat, at, end)]
    for found in sorted(cut, key=re.Match.start):
        joined = _joined(_NOT_LETTERS.sub("", found[0]), known)
        if found.start() < at or not joined:
            continue
        yield from _plain_words(flat, at, found.start(), known)
        for word in joined:
            yield word, found.start(), found.end(), word.isalpha()
        at = found.end()
    yield from _plain_words(flat, at, end, known)


def _joined(letters: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words that letters standing apart make; none when they make none."""
    word, _ = _undone(letters, known)
    if word in known or is_syllable(word) or _AMOUNT.fullmatch(word):
        return (word,)
    return syllables(letters) if len(letters) <= _MOST_JOINED else ()


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


def _plain_words(flat: str, at: int, end: int, known: frozenset[str]) -> Iterator[Piece]:
    for found in _WORD.finditer(flat, at, end):
        raw = found[0]
        if raw.isalpha() or raw.isdigit():
            yield raw, found.start(), found.end(), False
            continue
        word, hidden = _undone(raw.replace(_DROPPED, ""), known)
        if _LEET_MARK.search(word):  # the marks were ordinary ones: "xong!di"
            for part in re.finditer(r"[a-z0-9\0]+", raw):
                bare = part[0].replace(_DROPPED, "")
                if bare:
                    yield bare, found.start() + part.start(), found.start() + part.end(), False
        elif word:
            yield word, found.start(), found.end(), hidden or (_DROPPED in raw.strip(_DROPPED) and not _combined(raw))


def _combined(raw: str) -> bool:
    """Whether what was dropped may be marks in NFD, of which a syllable has at most two for each of three vowels."""
    return raw.count(_DROPPED) <= 3


def _sentences(flat: str, spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    numbers: list[int] = []
    number = before = 0
    for start, end in spans:
        number += _ENDS.search(flat, before, start) is not None
        numbers.append(number)
        before = end
    return tuple(numbers)


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


@lru_cache(maxsize=50_000)
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
