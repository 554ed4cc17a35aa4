"""Text as people and swindlers type it, folded to plain words, each with its place in the original.

What is undone, beside what is undone of characters and words (`characters`, `spelling`): words cut by dots, dashes or spaces
("t.a.i k-h-o-a-n", "kh.oan", "t*iền").
"""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

from lachan.engine.scams.characters import only_looks, plain
from lachan.engine.scams.lexicon import Lexicon, Word, is_short
from lachan.engine.scams.links import covered
from lachan.engine.scams.matching import Begun
from lachan.engine.scams.memo import Memo
from lachan.engine.scams.openings import LINK, Opening
from lachan.engine.scams.spelling import MOST_MARKS, hides, joined, marks_of, paired, pieced


@dataclass(frozen=True)
class Folded:
    """The words of a text, in columns that are as long as one another: what is known of each (`Word`), and where it stands."""

    text: str
    plain: str
    starts: Sequence[int]  # where each word stands in `text`
    sizes: Sequence[int]  # how long each is there
    disguised: Sequence[int]  # places in `words` of those that were written so as to escape filters
    words: tuple[str, ...]
    marks: tuple[str, ...]
    marked: tuple[str, ...]
    openings: tuple[Opening | None, ...]
    begun: tuple[Begun, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` up to `last`, both included, stand in the text."""
        return self.starts[first], self.starts[last] + self.sizes[last]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in `text`."""
        return [(start, start + size) for start, size in zip(self.starts, self.sizes, strict=True)]

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


_CUT = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[.\-_*·•,'\"~^`:=] ?[a-z0-9](?![a-z0-9])){2,}")
_SPACED = re.compile(r"(?<![a-z0-9.\-_*])[a-z0-9](?: [a-z0-9](?![a-z0-9])){2,}")
# What is in each of these, and quickly found where it is not.
_SOME_CUT = re.compile(r"[.\-_*·•,'\"~^`:=] ?[a-z0-9][.\-_*·•,'\"~^`:=] ?[a-z0-9](?![a-z0-9])")
_SOME_SPACED = re.compile(r" [a-z0-9] [a-z0-9](?![a-z0-9])")
# Two letters, and pieces of a word: of these only what makes a word counts.
_PAIR = re.compile(r"(?<![a-z0-9])(?<![a-z0-9][.\-_*])[a-z][.\-_*][a-z](?![a-z0-9])(?![.\-_*] ?[a-z0-9](?![a-z0-9]))")
_SOME_PIECES = re.compile(r"[.\-_*·•~^](?<=[a-z].)[a-z]")
_PIECES = re.compile(r"(?<![a-z0-9])[a-z]{1,7}(?:[.\-_*·•~^][a-z]{1,7}){1,4}(?![a-z0-9]|[.\-_*·•~^][a-z])")
_ENDS = re.compile(r"\n|[.!?;](?=[^a-z0-9]|$|[a-z]{2})")  # not the dots of "k.h.o.a", "1.000"


_PLAIN = Lexicon()


def fold(
    text: str,
    links: Sequence[tuple[int, int]] = (),
    lexicon: Lexicon = _PLAIN,
    flat: str | None = None,
    unseen: Sequence[int] = (),
) -> Folded:
    """The words of `text`. Each of `links` (spans, in order) becomes one word, `LINK`.

    `flat`: `plain(text)`, where that is at hand. `unseen`: the places of characters behind which something unseen stood; a word
    with much of it hides. Takes time in proportion to the text.
    """
    flat = plain(text) if flat is None else flat
    taken = _Words(text, flat, lexicon)
    at = 0
    for start, end, words in _marked(flat, links, lexicon.known):
        taken.between(at, start)
        taken.marked(start, end, words)
        at = end
    taken.between(at, len(flat))
    if unseen:
        taken.veil(unseen)
    columns = zip(*taken.words, strict=True) if taken.words else ((),) * len(Word._fields)
    return Folded(text, flat, taken.starts, taken.sizes, taken.disguised, *columns)


def words_of(flat: str, links: Sequence[tuple[int, int]] = ()) -> list[str]:
    """The words that `fold` finds in a text that is plain, without their places: for a third of what `fold` takes."""
    found: list[str] = []
    at = 0
    for start, end, words in _marked(flat, links, _PLAIN.known):
        found += _between(flat, at, start)
        found += words
        at = end
    found += _between(flat, at, len(flat))
    return found


def _between(flat: str, start: int, end: int) -> Iterator[str]:
    return chain.from_iterable(map(_IN_STRETCHES.__getitem__, flat[start:end].replace("\n", " ").split(" ")))


_IN_STRETCHES = Memo(
    lambda written: tuple(one.word for one in _PLAIN.stretches[written].words), most=50_000, keeps=is_short
)


def _marked(
    flat: str, links: Sequence[tuple[int, int]], known: frozenset[str]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The links, and the words that were cut into letters, joined again; in order and apart."""
    marked: list[tuple[int, int, tuple[str, ...]]] = [(start, end, (LINK,)) for start, end in links]
    ends = [end for _, end in links]
    pieces = any(not covered(links, found.start()) for found in _SOME_PIECES.finditer(flat))
    for some, all_of_them, read in (
        (_SOME_CUT.search(flat), _CUT, joined),
        (_SOME_SPACED.search(flat), _SPACED, joined),
        (pieces, _PAIR, paired),
        (pieces, _PIECES, pieced),
    ):
        for found in all_of_them.finditer(flat) if some else ():
            link = bisect(ends, found.start())  # the first that is not over yet
            if link < len(links) and links[link][0] < found.end():
                continue
            if words := read(found[0], known):
                marked.append((*found.span(), words))
    at = 0
    for one in sorted(marked, key=lambda one: (one[0], -one[1])):
        if one[0] >= at:
            yield one
            at = one[1]


class _Words:
    """The words of a text as they are taken from it, part by part."""

    def __init__(self, text: str, flat: str, lexicon: Lexicon) -> None:
        self._text, self._flat, self._lexicon = text, flat, lexicon
        self.words: list[Word] = []
        self.starts: list[int] = []
        self.sizes: list[int] = []
        self.disguised: list[int] = []

    def between(self, start: int, end: int) -> None:
        """Take the words between what is marked."""
        written = self._text[start:end].replace("\n", " ")
        if not written.strip():
            return
        stretches = map(self._lexicon.stretches.__getitem__, written.split(" "))
        words, places, sizes, hidden, lengths = zip(*stretches, strict=True)
        if any(hidden):
            counts = accumulate(map(len, words), initial=len(self.words))
            self.disguised += [count + place for count, here in zip(counts, hidden, strict=False) for place in here]
        begins = accumulate(lengths, initial=start)
        self.starts += [begin + place for begin, here in zip(begins, places, strict=False) for place in here]
        self.sizes += chain.from_iterable(sizes)
        self.words += chain.from_iterable(words)

    def marked(self, start: int, end: int, words: tuple[str, ...]) -> None:
        """Take what is marked: a link, or letters that make `words`."""
        written = self._text[start:end]
        looks = only_looks(written)
        for word in words:
            hid = looks or (word != LINK and hides(word, written, self._lexicon.known))
            self._add(word, "" if hid or len(words) > 1 else marks_of(written), start, end, hides=hid)

    def _add(self, word: str, marks: str, start: int, end: int, *, hides: bool = False) -> None:
        if hides:
            self.disguised.append(len(self.words))
        self.words.append(self._lexicon.words[word, marks])
        self.starts.append(start)
        self.sizes.append(end - start)

    def veil(self, unseen: Sequence[int]) -> None:
        """Take words with much unseen in them as disguised."""
        inside = [
            bisect_left(unseen, start + size - 1) - bisect_left(unseen, start)
            for start, size in zip(self.starts, self.sizes, strict=True)
        ]
        veiled = {place for place, many in enumerate(inside) if many > MOST_MARKS}
        for place in veiled:
            self.words[place] = self._lexicon.words[self.words[place].word, ""]
        self.disguised = sorted(veiled.union(self.disguised))
