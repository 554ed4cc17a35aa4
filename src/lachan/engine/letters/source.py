"""The text as given, and the text as read: cleaned of what extraction left in it, every place leading back to the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lachan.engine.letters.found import Span
from lachan.engine.letters.syllables import is_syllable

CELL_BREAK = "\x1e"  # a line break inside a cell of a table

_CLEANING = re.compile(
    r"(?P<newline>\r\n?|\x0c|\x0b|\x85|\u2028|\u2029)"
    r"|(?P<nothing>[\u200b-\u200f\u2060\ufeff\u00ad\x00]|\*\*+|(?<=\w)__(?=[\s,.;:]|$)|(?<![\w_])__(?=[^\W_])"
    r"|(?m:^)[ \t]*\#{1,6}[ \t]+|(?m:^)[ \t]*>[ \t]+"
    r"|<(?=(?:https?://|www\.|[\w.+-]{1,80}@)[^\s<>]{1,400}>)|(?<=[\w/=\-])>(?=\W|$)"
    r"|\[(?=[^\[\]\n]{1,300}\]\((?:\#|https?:|mailto:))|\]\((?:\#[^)\s]{0,200}|(?:https?|mailto):[^)\s]{0,400})\)"
    r"|</?(?:b|i|u|em|strong|p|div|span|center|font|sup|sub|td|tr|th|table|tbody|thead)\b[^<>]{0,200}>)"
    r"|(?P<cell><br\s*/?>)"
    r"|(?P<escaped>\\(?=[-.*_#()\[\]!+>&|~`{}:/]))"
    r"|(?P<entity>&(?:nbsp|amp|lt|gt|quot);)"
    r"|(?P<space>[\u00a0\u2000-\u200a\u202f\u3000\x01-\x08\x0e-\x1f\x7f])"
    r"|(?P<bullet>[\uf000-\uf0ff\u2022\u25cf\u25aa])"
    r"|(?P<eth>\u00d0)"
    r"|(?P<marked>[^\W\d_][\u0300-\u036f]+)"
)
_ENTITIES = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}
_FIXED = {"newline": "\n", "nothing": "", "cell": CELL_BREAK, "escaped": "", "space": " ", "bullet": "-", "eth": "Đ"}

_REJOINING = re.compile(
    r"(?P<hyphen>(?<=[^\W\d_])[-\u2010][ \t]*\n\s{0,20}(?=[^\W\d_]))"
    r"|(?P<page>\n[ \t]*(?:-[ \t]*|[Tt]rang[ \t]+)?\d{1,3}(?:[ \t]*/[ \t]*\d{1,3}|[ \t]*-)?[ \t]*(?=\n))"
    r"|(?P<gap>(?<=[Nn]g[àa]y[ ])[0-3][ ]\d(?=[ ]th[áa]ng|[ ]?/[ ]?[01]?[ ]?\d[ ]?/)|(?<=th[áa]ng[ ])[01][ ]\d(?=[ ]n[ăa]m)"
    r"|(?<![\w/])[0-3]?\d/[01][ ]\d(?=/[12]\d{3}\b)|(?<=n[ăa]m[ ])2(?=[\d ]{0,5}[ ])[ ]?0[ ]?[0-4][ ]?\d(?!\w|[ ]?[.,%]?\d))"
    r"|(?P<wide>(?<=[Kk][íÍiI][nN][hH])[ \t]{2,20}(?=[gG][ửỬưƯuU][iI])|(?<=[gG][ửỬ][iI])[ \t]{2,20}(?=:)"
    r"|(?<=[nN][ơƠ][iI])[ \t]{2,20}(?=[nN][hH][ậẬ]))"
    r"|(?P<digits>(?<![^\W_])(?=[OolI\d]{0,4}\d)[OolI\d]{1,4}(?:[ ]?[/.-][ ]?[OolI\d]{1,4}){1,2}(?![^\W_]))"
    r"|(?P<alone>(?<![\w@.\-/])(?=[OolI]{0,4}\d)(?=\d{0,5}[OolI])[OolI\d]{2,6}(?![\w@]))"
)
_AS_DIGIT = str.maketrans("OolIz", "00112")


@dataclass
class _Places:
    """Where each stretch of a rewritten text came from."""

    news: list[int] = field(default_factory=list)
    olds: list[int] = field(default_factory=list)
    old_ends: list[int] = field(default_factory=list)
    plain: list[bool] = field(default_factory=list)

    def add(self, new: int, old: int, old_end: int, *, plain: bool) -> None:
        self.news.append(new)
        self.olds.append(old)
        self.old_ends.append(old_end)
        self.plain.append(plain)

    def old(self, place: int) -> Span:
        at = bisect_right(self.news, place) - 1
        if self.plain[at]:
            start = self.olds[at] + place - self.news[at]
            return start, start + 1
        return self.olds[at], self.old_ends[at]


def _rewrite(
    text: str, pattern: re.Pattern[str], replaced: Callable[[re.Match[str]], str | None]
) -> tuple[str, _Places]:
    """`text` with each match replaced (None: left alone), and the places of the rest."""
    places, parts, new, last = _Places(), [], 0, 0
    for match in pattern.finditer(text):
        word = replaced(match)
        if word is None:
            continue
        start, end = match.span()
        if start > last:
            places.add(new, last, start, plain=True)
            parts.append(text[last:start])
            new += start - last
        if word:
            places.add(new, start, end, plain=len(word) == end - start)
            parts.append(word)
            new += len(word)
        last = end
    places.add(new, last, len(text), plain=True)
    parts.append(text[last:])
    return "".join(parts), places


def _cleaned(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind == "entity":
        return _ENTITIES[match[0]]
    if kind == "marked":
        return unicodedata.normalize("NFC", match[0])
    return _FIXED[kind]


def _rejoined(match: re.Match[str]) -> str | None:
    if match.lastgroup == "hyphen":
        return _hyphen(match)
    if match.lastgroup == "page":
        return "" if _inside_a_sentence(match) else None
    if match.lastgroup == "wide":
        return " "
    if match.lastgroup == "gap":
        return match[0].replace(" ", "")
    return match[0].translate(_AS_DIGIT)


_BEFORE = re.compile(r"[^\W\d_]+\Z")
_AFTER = re.compile(r"[^\W\d_]+")


def _hyphen(match: re.Match[str]) -> str | None:
    """A hyphen at the end of a line: dropped inside a syllable, kept without the break inside a symbol."""
    text, (start, end) = match.string, match.span()
    left = _BEFORE.search(text[max(0, start - 12) : start])
    right = _AFTER.match(text, end)
    if left is None or right is None:
        return None
    if right[0][0].islower() and is_syllable(left[0] + right[0]):
        return ""
    if right[0][:2].isupper() and any(c.isupper() for c in left[0][-2:]):
        return "-"
    return None


def _inside_a_sentence(match: re.Match[str]) -> bool:
    text, (start, end) = match.string, match.span()
    before = text[max(0, start - 40) : start].rstrip()
    after = text[end : end + 40].lstrip()
    return bool(before and after) and after[0].islower() and before[-1] not in ".;:|"


class _Bare(dict[int, str]):
    """Each character's bare small letter, worked out once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        bare = "d" if char in "đĐ" else unicodedata.normalize("NFD", char)[0].lower()
        self[code] = bare = bare if len(bare) == 1 else char
        return bare


_BARE = _Bare()


def bare(text: str) -> str:
    """`text` in small letters without marks, đ as d, of the same length: place n is place n of `text`."""
    return text.translate(_BARE)


@dataclass(frozen=True)
class Source:
    """A text to be read. `text` is cleaned; `bare` is the same without marks and capitals, place by place."""

    original: str
    text: str
    bare: str
    _first: _Places
    _second: _Places

    def span(self, start: int, end: int) -> Span:
        """The place in the original of `text[start:end]`."""
        if end <= start:
            place = min(start, len(self.text))
            here = self._original(place)[0] if place < len(self.text) else len(self.original)
            return here, here
        return self._original(start)[0], max(self._original(start)[0], self._original(end - 1)[1])

    def _original(self, place: int) -> Span:
        first, last = self._second.old(place)
        return self._first.old(first)[0], min(len(self.original), self._first.old(last - 1)[1])

    def spans(self, stretches: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(self.span(*stretch) for stretch in stretches)


def source(original: str) -> Source:
    """Clean `original`: NFC, no markup, no invisible signs, no page numbers inside sentences, hyphenated syllables rejoined."""
    cleaned, first = _rewrite(original, _CLEANING, _cleaned)
    text, second = _rewrite(cleaned, _REJOINING, _rejoined)
    return Source(original, text, bare(text), first, second)


def flat(text: str) -> str:
    """One line: breaks and runs of spaces become one space; no space before closing marks."""
    joined = " ".join(text.replace(CELL_BREAK, " ").split())
    return re.sub(r"(?<=\w) (?=[,;:.)](?:\s|$))", "", joined)
