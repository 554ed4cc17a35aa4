"""Text as people and swindlers type it, folded to plain words, each with its place in the original.

What is undone, beside what is undone of characters and words (`characters`, `spelling`): words cut by dots, dashes or spaces
("t.a.i k-h-o-a-n", "kh.oan", "t*iền").
"""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

from lachan.engine.scams.characters import only_looks, plain
from lachan.engine.scams.lexicon import Lexicon, Word, is_short
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
    sizes: Mapping[int, int]  # how long those are there that are written longer or shorter than they are here, by place
    disguised: Sequence[int]  # places in `words` of those that were written so as to escape filters
    numbers: Sequence[int]  # places in `words` of those that begin with a digit
    words: tuple[str, ...]
    marks: tuple[str, ...]
    marked: tuple[str, ...]
    openings: tuple[Opening | None, ...]
    begun: tuple[Begun, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` up to `last`, both included, stand in the text."""
        size = self.sizes[last] if last in self.sizes else len(self.words[last])
        return self.starts[first], self.starts[last] + size

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in `text`."""
        return [self.span(place, place) for place in range(len(self.words))]

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
    columns = tuple(zip(*taken.words, strict=True)) if taken.words else ((),) * len(Word._fields)
    numbers = [place for place, word in enumerate(columns[0]) if word < ":"]
    return Folded(text, flat, taken.starts, taken.sizes, taken.disguised, numbers, *columns)


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


_Marked = tuple[int, int, tuple[str, ...]]
"""A link, or a word that was cut: where it begins and ends, and the words it makes."""


def _marked(flat: str, links: Sequence[tuple[int, int]], known: frozenset[str]) -> list[_Marked]:
    """The links, and the words that were cut into letters, joined again; in order and apart."""
    marked: list[_Marked] = [(start, end, (LINK,)) for start, end in links]
    outside = _outside(flat, links) if links else flat
    cut, spaced, in_pieces = _SOME_CUT.search(outside), _SOME_SPACED.search(outside), _SOME_PIECES.search(outside)
    if not (cut or spaced or in_pieces):
        return marked
    ends = [end for _, end in links]
    for some, all_of_them, read in (
        (cut, _CUT, joined),
        (spaced, _SPACED, joined),
        (in_pieces, _PAIR, paired),
        (in_pieces, _PIECES, pieced),
    ):
        for found in all_of_them.finditer(flat) if some else ():
            link = bisect(ends, found.start())  # the first that is not over yet
            if link < len(links) and links[link][0] < found.end():
                continue
            if words := read(found[0], known):
                marked.append((*found.span(), words))
    return [*_apart(sorted(marked, key=lambda one: (one[0], -one[1])))]


def _apart(marked: Iterable[_Marked]) -> Iterator[_Marked]:
    at = 0
    for one in marked:
        if one[0] >= at:
            yield one
            at = one[1]


def _outside(flat: str, links: Sequence[tuple[int, int]]) -> str:
    """What stands between links."""
    ends = (0, *(end for _, end in links))
    starts = (*(start for start, _ in links), len(flat))
    return "\n".join(flat[end:start] for end, start in zip(ends, starts, strict=True))


class _Words:
    """The words of a text as they are taken from it, part by part."""

    def __init__(self, text: str, flat: str, lexicon: Lexicon) -> None:
        self._text, self._flat, self._lexicon = text, flat, lexicon
        self.words: list[Word] = []
        self.starts: list[int] = []
        self.sizes: dict[int, int] = {}
        self.disguised: list[int] = []

    def between(self, start: int, end: int) -> None:
        """Take the words between what is marked."""
        written = self._text[start:end].replace("\n", " ")
        if not written.strip():
            return
        stretches = map(self._lexicon.stretches.__getitem__, written.split(" "))
        words, starts, odd, lengths = zip(*stretches, strict=True)
        if any(odd):
            for count, here in zip(accumulate(map(len, words), initial=len(self.words)), odd, strict=False):
                for place, size, hides in here:
                    self._odd(count + place, size, hides=hides)
        begins = accumulate(lengths, initial=start)
        self.starts += [begin + place for begin, here in zip(begins, starts, strict=False) for place in here]
        self.words += chain.from_iterable(words)

    def marked(self, start: int, end: int, words: tuple[str, ...]) -> None:
        """Take what is marked: a link, or letters that make `words`."""
        written = self._text[start:end]
        looks = only_looks(written)
        for word in words:
            hid = looks or (word != LINK and hides(word, written, self._lexicon.known))
            marks = "" if looks or len(words) > 1 else marks_of(written)
            if hid and word + marks not in self._lexicon.marked:
                marks = ""  # false ones disguise too: "k.h.ò.a"
            self._odd(len(self.words), end - start, hides=hid)
            self.words.append(self._lexicon.words[word, marks])
            self.starts.append(start)

    def _odd(self, place: int, size: int, *, hides: bool) -> None:
        self.sizes[place] = size
        if hides:
            self.disguised.append(place)

    def veil(self, unseen: Sequence[int]) -> None:
        """Take words with much unseen in them as disguised."""
        ends = (start + self.sizes.get(place, len(self.words[place].word)) for place, start in enumerate(self.starts))
        inside = [
            bisect_left(unseen, end - 1) - bisect_left(unseen, start)
            for start, end in zip(self.starts, ends, strict=True)
        ]
        veiled = {place for place, many in enumerate(inside) if many > MOST_MARKS}
        for place in veiled:
            self.words[place] = self._lexicon.words[self.words[place].word, ""]
        self.disguised = sorted(veiled.union(self.disguised))
