"""Text as people and swindlers type it, folded to plain words, each with its place in the original.

What is undone, beside what is undone of characters and words (`characters`, `spelling`): words cut by dots, dashes or spaces
("t.a.i k-h-o-a-n", "kh.oan", "t*iền").
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from lachan.engine.scams.characters import only_looks, plain
from lachan.engine.scams.memo import Memo
from lachan.engine.scams.spelling import Form, form_of, hides, joined, marks_of, paired, pieced


@dataclass(frozen=True)
class Folded:
    """The words of a text. `words`, `marks`, `starts` and `ends` are as long as one another."""

    text: str
    plain: str
    words: tuple[str, ...]
    marks: tuple[str, ...]  # those of each word: "" for words without any, in disguise or run together
    starts: Sequence[int]  # where each word stands in `text`
    ends: Sequence[int]
    disguised: Sequence[int] = ()  # places in `words` of those that were written so as to escape filters

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` up to `last`, both included, stand in the text."""
        return self.starts[first], self.ends[last]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in `text`."""
        return [*zip(self.starts, self.ends, strict=True)]

    @cached_property
    def numbers(self) -> list[int]:
        """The places of the words that begin with a digit."""
        return [place for place, word in enumerate(self.words) if word < ":"]

    @cached_property
    def _sentences(self) -> list[int]:
        """Where sentences end."""
        return [found.start() for found in _ENDS.finditer(self.plain)]

    def sentence(self, place: int) -> int:
        """The number of the sentence that the word at `place` is in."""
        return bisect(self._sentences, self.starts[place])


LINK = "<link>"
_WORD = re.compile(
    r"(\d[0-9o]{0,2}(?:[.,][0-9o]{3})+(?:[.,]\d{1,2})?[a-z]{0,6}"  # an amount with its marks of thousands
    r"|[a-z0-9\0]+(?:[!@$|][a-z0-9\0]+)*)"
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
_ENDS = re.compile(r"\n|[.!?;](?=[^a-z0-9]|$|[a-z]{2})")  # not the dots of "k.h.o.a", "1.000"
_LEET_MARKS = frozenset("!@$|")


def fold(
    text: str, links: Sequence[tuple[int, int]] = (), known: frozenset[str] = frozenset(), flat: str | None = None
) -> Folded:
    """The words of `text`. Each of `links` (spans, in order) becomes one word, `LINK`.

    `known`: words beside Vietnamese syllables that a disguise may hide. `flat`: `plain(text)`, where that is at hand. Takes time in
    proportion to the text.
    """
    flat = plain(text) if flat is None else flat
    taken = _Words(text, flat, known)
    at = 0
    for start, end, words in _marked(flat, links, known):
        if start >= at:
            taken.between(at, start)
            taken.marked(start, end, words)
            at = end
    taken.between(at, len(flat))
    return Folded(text, flat, tuple(taken.words), tuple(taken.marks), taken.starts, taken.ends, taken.disguised)


@lru_cache(maxsize=4)
def _forms(known: frozenset[str]) -> Memo[str, Form]:
    return Memo(lambda written: form_of(written, known))


def _marked(
    flat: str, links: Sequence[tuple[int, int]], known: frozenset[str]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """The links, and the words that were cut into letters, joined again; in order."""
    marked: list[tuple[int, int, tuple[str, ...]]] = [(start, end, (LINK,)) for start, end in links]
    ends = [end for _, end in links]
    for some, all_of_them, read in (
        (_SOME_CUT, _CUT, joined),
        (_SOME_SPACED, _SPACED, joined),
        (_SOME_PIECES, _PAIR, paired),
        (_SOME_PIECES, _PIECES, pieced),
    ):
        for found in all_of_them.finditer(flat) if some.search(flat) else ():
            link = bisect(ends, found.start())  # the first that is not over yet
            if link < len(links) and links[link][0] < found.end():
                continue
            if words := read(found[0], known):
                marked.append((*found.span(), words))
    return sorted(marked, key=lambda one: (one[0], -one[1]))


class _Words:
    """The words of a text as they are taken from it, part by part."""

    def __init__(self, text: str, flat: str, known: frozenset[str]) -> None:
        self._text, self._flat, self._known = text, flat, known
        self._forms = _forms(known)
        self.words: list[str] = []
        self.marks: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.disguised: list[int] = []

    def between(self, start: int, end: int) -> None:
        """Take the words between what is marked."""
        pieces = _WORD.split(self._flat[start:end])  # what stands between words, and words, in turn
        if len(pieces) == 1:
            return
        bounds = [*accumulate(map(len, pieces), initial=start)]
        starts, ends = bounds[1:-1:2], bounds[2::2]
        written = pieces[1::2] if self._text.isascii() else map(self._text.__getitem__, map(slice, starts, ends))
        forms = [*map(self._forms.__getitem__, written)]
        words, marks, parts = zip(*forms, strict=True)
        if parts.count(None) < len(parts):
            self._by_parts(forms, starts, ends)
            return
        self.words += words
        self.marks += marks
        self.starts += starts
        self.ends += ends

    def _by_parts(self, forms: Sequence[Form], starts: Sequence[int], ends: Sequence[int]) -> None:
        for form, start, end in zip(forms, starts, ends, strict=True):
            if form.parts is None or (form.word and self._is_beside_mark(start, end)):
                self._add(form.word, form.marks, start, end)
                continue
            for part in form.parts:
                self._add(part.word, part.marks, start + part.start, start + part.end, hides=part.hides)

    def _is_beside_mark(self, start: int, end: int) -> bool:
        return not _LEET_MARKS.isdisjoint((self._flat[start - 1 : start], self._flat[end : end + 1]))

    def marked(self, start: int, end: int, words: tuple[str, ...]) -> None:
        """Take what is marked: a link, or letters that make `words`."""
        written = self._text[start:end]
        looks = only_looks(written)
        for word in words:
            hid = looks or (word != LINK and hides(word, written, self._known))
            self._add(word, "" if hid or len(words) > 1 else marks_of(written), start, end, hides=hid)

    def _add(self, word: str, marks: str, start: int, end: int, *, hides: bool = False) -> None:
        if hides:
            self.disguised.append(len(self.words))
        self.words.append(word)
        self.marks.append(marks)
        self.starts.append(start)
        self.ends.append(end)
