"""All that is known of a word, in one place: it is looked up once for each word of a text."""

from typing import NamedTuple

from lachan.engine.scams.matching import NOTHING, Begun, Matcher
from lachan.engine.scams.memo import Memo
from lachan.engine.scams.openings import Opening, opening
from lachan.engine.scams.spelling import Part, form_of


class Word(NamedTuple):
    """A folded word with its marks ("" for none, in disguise or run together)."""

    word: str
    marks: str
    marked: str  # the word and its marks in one
    opening: Opening | None
    begun: Begun


class Lexicon:
    """The words that were met, a bounded number of them.

    `known`: words beside Vietnamese syllables that a disguise may hide. `matcher`: whose phrases the words may begin.
    """

    def __init__(self, known: frozenset[str] = frozenset(), matcher: Matcher | None = None) -> None:
        self.known = known
        self._matcher = matcher
        self.words = Memo(self._word)
        self.forms = Memo(self._form)

    def _word(self, told: tuple[str, str]) -> Word:
        word, marks = told
        begun = self._matcher.begun(word, marks) if self._matcher else NOTHING
        return Word(word, marks, word + marks, opening(word), begun)

    def _form(self, written: str) -> tuple[Word | None, tuple[Part, ...] | None]:
        """What a way to write a word means: a word, or parts (`spelling.Form`)."""
        form = form_of(written, self.known)
        return self.words[form.word, form.marks] if form.word else None, form.parts
