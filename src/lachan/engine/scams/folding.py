"""Text as people and swindlers type it, folded to plain words, each with its place in the original.

Every character folds to exactly one (`_DROPPED` for those that are not seen), so that a place in the folded text is the same place
in the original. What is undone: marks and case, NFD, look-alike letters of other scripts, mathematical and circled letters, emoji
digits, zero-width characters, digits for letters ("t1en", "d!eu"), letters for digits ("5OO.OOO"), words cut by dots, dashes or
spaces ("t.a.i k-h-o-a-n", "kh.oan", "t*iền").
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
class Visible:
    """What is seen of a text: without zero-width characters and marks put on letters at will, letters in parts (NFD) made whole."""

    text: str
    plain: str
    places: Sequence[int] | None  # where each character stands in the whole text; None where nothing was left out
    unseen: Sequence[int] = ()  # the character of `text` before each that was left out and is no part of a letter


def visible(text: str) -> Visible:
    """What is seen of `text`."""
    flat = plain(text)
    if _DROPPED not in flat:
        return Visible(text, flat, None)
    seen: list[str] = []
    places: list[int] = []
    unseen: list[int] = []
    for place, (char, folded) in enumerate(zip(text, flat, strict=True)):
        if folded != _DROPPED:
            seen.append(char)
            places.append(place)
        elif places:
            whole = unicodedata.normalize("NFC", seen[-1] + char) if place - places[-1] <= _MOST_PARTS else ""
            if len(whole) == 1:
                seen[-1] = whole
            else:
                unseen.append(len(seen) - 1)
    left = "".join(seen)
    return Visible(left, plain(left), places, unseen)


@dataclass(frozen=True)
class Folded:
    """The words of a text. `words` and `spans` are as long as each other."""

    text: str
    plain: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]  # where each word stands in `text`
    disguised: tuple[int, ...]  # places in `words` of those that were written so as to escape filters

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` up to `last`, both included, stand in the text."""
        return self.spans[first][0], self.spans[last][1]

    @cached_property
    def numbers(self) -> list[int]:
        """The places of the words that begin with a digit."""
        return [place for place, word in enumerate(self.words) if word < ":"]

    @cached_property
    def marks(self) -> Sequence[str]:
        """The marks of each word, "" for words without any, in disguise or run together; empty for a text without marks."""
        if self.text.isascii():
            return ()
        found = [marks_of(self.text[start:end]) for start, end in self.spans]
        run_on = (place for place, span in enumerate(self.spans[1:], 1) if span == self.spans[place - 1])
        for place in (*self.disguised, *(one for later in run_on for one in (later - 1, later))):
            found[place] = ""
        return found

    @cached_property
    def _ends(self) -> list[int]:
        """Where sentences end."""
        return [found.start() for found in _ENDS.finditer(self.plain)]

    def sentence(self, place: int) -> int:
        """The number of the sentence that the word at `place` is in."""
        return bisect(self._ends, self.spans[place][0])


_SIGNS = frozenset("đ\u0302\u0306\u031b")  # đ, and what makes â, ă and ơ
_TONES = {"\u0300": "`", "\u0301": "´", "\u0309": "?", "\u0303": "?", "\u0323": "."}  # many write hỏi for ngã


@lru_cache(maxsize=50_000)
def marks_of(word: str) -> str:
    """The marks of a Vietnamese word, whatever letters bear them: alike for "khóa" and "khoá"; "" where they are none of ours."""
    spread = unicodedata.normalize("NFD", word.lower())
    if any(unicodedata.combining(char) and char not in _SIGNS and char not in _TONES for char in spread):
        return ""
    return "".join(sorted(_SIGNS.intersection(spread))) + "".join(_TONES[char] for char in spread if char in _TONES)


LINK = "<link>"
_WORD = re.compile(
    r"\d[0-9o]{0,2}(?:[.,][0-9o]{3})+(?:[.,]\d{1,2})?[a-z]{0,6}"  # an amount with its marks of thousands
    r"|[a-z0-9\0]+(?:[!@$|][a-z0-9\0]+)*"
)
_CUT = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[.\-_*·•,'\"~^`:=] ?[a-z0-9](?![a-z0-9])){2,}")
_SPACED = re.compile(r"(?<![a-z0-9.\-_*])[a-z0-9](?: [a-z0-9](?![a-z0-9])){2,}")
# What is in each of these, and quickly found where it is not.
_SOME_CUT = re.compile(r"[.\-_*·•,'\"~^`:=] ?[a-z0-9][.\-_*·•,'\"~^`:=] ?[a-z0-9](?![a-z0-9])")
_SOME_SPACED = re.compile(r" [a-z0-9] [a-z0-9](?![a-z0-9])")
# Two letters, and pieces of a word: of these only what makes a word counts.
_PAIR = re.compile(r"(?<![a-z0-9])(?<![a-z0-9][.\-_*])[a-z][.\-_*][a-z](?![a-z0-9])(?![.\-_*] ?[a-z0-9](?![a-z0-9]))")
_SOME_PIECES = re.compile(r"[a-z][.\-_*·•~^][a-z]")
_PIECES = re.compile(r"(?<![a-z0-9])[a-z]{1,7}(?:[.\-_*·•~^][a-z]{1,7}){1,4}(?![a-z0-9]|[.\-_*·•~^][a-z])")
_SOME_RUN_ON, _RUN_ON = re.compile(r"[a-z]{8}"), re.compile(r"(?<![a-z0-9!@$|])[a-z]{8,}(?![a-z0-9!@$|])")
_SOME_DRAWN, _DRAWN_WORD = re.compile(r"([a-z])\1\1"), re.compile(r"(?<![a-z0-9!@$|])[a-z]{3,}(?![a-z0-9!@$|])")
_DRAWN = re.compile(r"([a-z])\1\1+")
_LEAST_RUN_ON = 8  # letters: shorter ones are names and English words too often
_ENDS = re.compile(r"\n|[.!?;](?=[^a-z0-9]|$|[a-z]{2})")  # not the dots of "k.h.o.a", "1.000"
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_NEVER_BETWEEN_WORDS = frozenset("*·•~^")


def fold(
    text: str, links: Sequence[tuple[int, int]] = (), known: frozenset[str] = frozenset(), flat: str | None = None
) -> Folded:
    """The words of `text`. Each of `links` (spans, in order) becomes one word, `LINK`.

    `known`: words beside Vietnamese syllables that a disguise may hide. `flat`: `plain(text)`, where that is at hand. Takes time in
    proportion to the text.
    """
    flat = plain(text) if flat is None else flat
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    hidden: list[int] = []
    at = 0
    for start, end, joined in _marked(flat, links, known):
        if start < at:
            continue
        _take(flat, (at, start), known, (words, spans, hidden))
        for word in joined:
            in_parts = word != LINK and not flat[start:end].isalpha()
            if in_parts and (
                is_syllable(word) or (word in known and not text[start:end].isupper())
            ):  # not "U.B.N.D", "2-g-b"
                hidden.append(len(words))
            words.append(word)
            spans.append((start, end))
        at = end
    _take(flat, (at, len(flat)), known, (words, spans, hidden))
    strange = set() if text.isascii() else _FOLDS.strange & set(text)
    if strange:
        odd = {place for place, (start, end) in enumerate(spans) if not strange.isdisjoint(text[start:end])}
        hidden = sorted(odd.union(hidden))
    return Folded(text, flat, tuple(words), tuple(spans), tuple(hidden))


def _marked(
    flat: str, links: Sequence[tuple[int, int]], known: frozenset[str]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """The links, the words that were cut into letters, joined again, and those drawn out or run together; in order."""
    marked: list[tuple[int, int, tuple[str, ...]]] = [(start, end, (LINK,)) for start, end in links]
    ends = [end for _, end in links]
    for some, all_of_them, read in (
        (_SOME_CUT, _CUT, _joined),
        (_SOME_SPACED, _SPACED, _joined),
        (_SOME_PIECES, _PAIR, _paired),
        (_SOME_PIECES, _PIECES, _pieced),
        (_SOME_RUN_ON, _RUN_ON, _parted),
        (_SOME_DRAWN, _DRAWN_WORD, _parted),
    ):
        for found in all_of_them.finditer(flat) if some.search(flat) else ():
            link = bisect(ends, found.start())  # the first that is not over yet
            if link < len(links) and links[link][0] < found.end():
                continue
            if words := read(found[0], known):
                marked.append((*found.span(), words))
    return sorted(marked, key=lambda one: (one[0], -one[1]))


def _take(
    flat: str, part: tuple[int, int], known: frozenset[str], into: tuple[list[str], list[tuple[int, int]], list[int]]
) -> None:
    """Put the words of a part of a text into the lists of words, spans and places of hidden words."""
    words, spans, hidden = into
    places = [found.span() for found in _WORD.finditer(flat, *part)]
    raws = [flat[start:end] for start, end in places]
    at = 0
    for odd in [place for place, raw in enumerate(raws) if not (raw.isalpha() or raw.isdigit())]:
        words += raws[at:odd]
        spans += places[at:odd]
        at = odd + 1
        word, hid = _read(raws[odd], known)
        if word:
            if hid:
                hidden.append(len(words))
            words.append(word)
            spans.append(places[odd])
        else:
            _part(raws[odd], places[odd][0], words, spans)
    words += raws[at:]
    spans += places[at:]


def _part(raw: str, at: int, words: list[str], spans: list[tuple[int, int]]) -> None:
    """The words of which marks that stand for letters elsewhere are none here: "xong!di"."""
    for piece in _LEET_MARK.split(raw):
        if bare := piece.replace(_DROPPED, ""):
            words.append(bare)
            spans.append((at, at + len(piece)))
        at += len(piece) + 1


@lru_cache(maxsize=50_000)
def _read(raw: str, known: frozenset[str]) -> tuple[str, bool]:
    """A word with digits, marks or unseen letters as it is meant, and whether it hid; "" where its marks part words."""
    word, hid = _undone(raw.replace(_DROPPED, ""), known)
    if _LEET_MARK.search(word):
        return "", False
    return word, hid or raw.strip(_DROPPED).count(_DROPPED) > MOST_MARKS


def _joined(cut: str, known: frozenset[str]) -> tuple[str, ...]:
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


def _paired(cut: str, known: frozenset[str]) -> tuple[str, ...]:
    """The word of two letters parted by a mark, if it is one that is known."""
    word = cut[0] + cut[2]
    return (word,) if word in known else ()


def _pieced(cut: str, known: frozenset[str]) -> tuple[str, ...]:
    """The one word that pieces make of which some are none: "kh.oan", "t*ien"; none where all may be words ("co-an").

    A single letter before a dot or dash is an abbreviation ("P.An Khánh", "T-Anh").
    """
    pieces = _MARKS.split(cut)
    word = "".join(pieces)
    if len(word) < 3 or not (is_syllable(word) or word in known):
        return ()
    if not _NEVER_BETWEEN_WORDS.isdisjoint(cut):
        return (word,)
    odd = (piece for piece in pieces if len(piece) > 1 and not (is_syllable(piece) or piece in known))
    return (word,) if any(odd) else ()


@lru_cache(maxsize=20_000)
def _parted(letters: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words in letters drawn out ("taiii") or run together ("taikhoancuaban"); none where they are a word as they stand."""
    once = _DRAWN.sub(r"\1", letters)
    if letters in known or is_syllable(letters):
        return ()
    if once in known or is_syllable(once):
        return (once,)
    return syllables(once) if _LEAST_RUN_ON <= len(once) <= _MOST_JOINED else ()


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
_MARKS = re.compile(r"[^a-z]+")
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
_MOST_PARTS = 16  # marks behind a letter in which its own are looked for


@lru_cache(maxsize=50_000)
def _undone(raw: str, known: frozenset[str]) -> tuple[str, bool]:
    """A word with digits or marks for letters as it is meant, and whether it hid: "t1en" → "tien"; "1oo.ooo" → "100.000"."""
    amount = _AMOUNT.fullmatch(raw)
    if amount:
        return amount[1].replace("o", "0") + (amount[2] or ""), "o" in amount[1]
    stand_ins = [c for c in raw if c in _LETTERS]
    if len(raw) < 3 or not 0 < len(stand_ins) <= _MOST_STAND_INS or len(stand_ins) == len(raw):
        return raw, False
    if sum(len(_LETTERS[c]) - 1 for c in stand_ins) > _MOST_TWO_WAYS or _CLASS.fullmatch(raw):
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
