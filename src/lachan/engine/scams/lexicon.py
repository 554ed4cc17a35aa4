"""All that is known of a word, in one place: it is looked up once for each word of a text."""

import re
from typing import NamedTuple

from lachan.engine.scams.characters import plain
from lachan.engine.scams.matching import NOTHING, Begun, Matcher
from lachan.engine.scams.memo import Memo
from lachan.engine.scams.openings import Opening, opening
from lachan.engine.scams.spelling import Part, form_of


class Word(NamedTuple):
    """A folded word with its marks ("" for none, run together, or in a disguise that may have changed them)."""

    word: str
    marks: str
    marked: str  # the word and its marks in one
    opening: Opening | None
    begun: Begun


class Odd(NamedTuple):
    """A word that was written otherwise than it is meant: its place among others, how long it is as written, whether it hid."""

    place: int
    size: int
    hides: bool


class Stretch(NamedTuple):
    """What stands between two spaces."""

    words: tuple[Word, ...]
    starts: tuple[int, ...]  # where each word begins
    odd: tuple[Odd, ...]
    length: int  # with the space behind it


_WORD = re.compile(
    r"(?:\d[0-9o]{0,2}(?:[.,][0-9o]{3})+(?:[.,]\d{1,2})?[a-z]{0,6}"  # an amount with its marks of thousands
    r"|[a-z0-9\0]+(?:[!@$|][a-z0-9\0]+)*)"
)
_LEET_MARKS = frozenset("!@$|")
_AROUND = ".,:;?()\"'-"
_SHORT = 40  # characters: what is longer hardly comes again, and would fill the memory


def _is_beside_mark(flat: str, start: int, end: int) -> bool:
    return not _LEET_MARKS.isdisjoint((flat[start - 1 : start], flat[end : end + 1]))


def is_short(written: str) -> bool:
    """Whether what was written is likely to come again."""
    return len(written) <= _SHORT


class Lexicon:
    """The words that were met, a bounded number of them. What is alike is kept once: the less memory, the quicker it is read.

    `known`: words beside Vietnamese syllables that a disguise may hide. `matcher`: whose phrases the words may begin.
    """

    def __init__(self, known: frozenset[str] = frozenset(), matcher: Matcher | None = None) -> None:
        self.known = known
        self.marked = matcher.marked_words() if matcher else frozenset[str]()
        self._matcher = matcher
        self.words = Memo(self._word)
        self.stretches = Memo(self._stretch, keeps=is_short)
        self._forms = Memo(self._form, keeps=is_short)
        self._same_starts = Memo[tuple[int, ...], tuple[int, ...]](tuple)

    def _word(self, told: tuple[str, str]) -> Word:
        word, marks = told
        begun = self._matcher.begun(word, marks) if self._matcher else NOTHING
        return Word(word, marks, word + marks, opening(word), begun if any(begun) else NOTHING)

    def _form(self, written: str) -> tuple[Word | None, tuple[Part, ...] | None]:
        """What a way to write a word means: a word, or parts (`spelling.Form`)."""
        form = form_of(written, self.known)
        return self.words[form.word, form.marks] if form.word else None, form.parts

    def _stretch(self, written: str) -> Stretch:
        flat = plain(written)
        bare = flat.strip(_AROUND)
        if bare.isalnum() and bare.isascii():  # most are one word
            start = flat.index(bare)
            places = [(start, start + len(bare))]
        else:
            places = [found.span() for found in _WORD.finditer(flat)]
        words: list[Word] = []
        starts: list[int] = []
        odd: list[Odd] = []
        for start, end in places:
            word, parts = self._forms[written[start:end]]
            if word and (parts is None or _is_beside_mark(flat, start, end)):
                if end - start != len(word.word):
                    odd.append(Odd(len(words), end - start, hides=False))
                words.append(word)
                starts.append(start)
                continue
            for part in parts or ():
                size = part.end - part.start
                if part.hides or size != len(part.word):
                    odd.append(Odd(len(words), size, part.hides))
                words.append(self.words[part.word, part.marks])
                starts.append(start + part.start)
        return Stretch(tuple(words), self._same_starts[tuple(starts)], tuple(odd), len(written) + 1)
