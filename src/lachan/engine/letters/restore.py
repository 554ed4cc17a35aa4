"""Marks that scanning misread, put right: "lửa đảo" is "lừa đảo" where the word is known, or the document itself mostly writes it so."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from lachan.engine.letters.found import Found
from lachan.engine.letters.knowledge import words
from lachan.engine.letters.source import Source, bare
from lachan.engine.vietnamese import normalise

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 60_000  # characters; the vote of a document needs no more
_MENDED = 0.7  # certainty of a value in which something was put right


class Restorer:
    """Mends the values read from one document; `votes` are the pairs of syllables of its text, by their letters without marks."""

    def __init__(self, src: Source) -> None:
        self._text = src.text[:_LOOKED_AT]
        self._votes: dict[str, Counter[str]] | None = None

    def mend(self, found: Found[str] | None) -> Found[str] | None:
        if found is None:
            return None
        value = self._mended(found.value)
        return found if value == found.value else replace(found, value=value, certainty=min(found.certainty, _MENDED))

    def mend_all(self, found: Iterable[Found[str]]) -> tuple[Found[str], ...]:
        return tuple(self.mend(one) or one for one in found)

    def _mended(self, value: str) -> str:
        letters = list(value)
        syllables = list(_WORD.finditer(value))
        for first, second in zip(syllables, syllables[1:], strict=False):
            if value[first.end() : second.start()] != " ":
                continue
            pair = f"{''.join(letters[slice(*first.span())])} {''.join(letters[slice(*second.span())])}"
            better = self._better(pair)
            if better:
                letters[first.start() : second.end()] = [right.upper() if shown.isupper() else right for shown, right in zip(pair, better, strict=True)]
        return "".join(letters)

    def _better(self, pair: str) -> str | None:
        shown = normalise(pair.lower())
        key = bare(shown)
        known = _compounds().get(key)
        if known == shown or (known is not None and len(known) != len(pair)):
            return None
        if known is not None and _near(known, shown):
            return known
        votes = self._counted().get(key)
        if not votes or known is not None:
            return None
        other, times = votes.most_common(1)[0]
        own = votes[shown]
        return other if other != shown and own <= 2 and times >= 3 * max(own, 1) and len(other) == len(pair) and _one_apart(other, shown) else None

    def _counted(self) -> dict[str, Counter[str]]:
        if self._votes is None:
            self._votes = {}
            syllables = [match[0] for match in _WORD.finditer(normalise(self._text.lower()))]
            for first, second in zip(syllables, syllables[1:], strict=False):
                self._votes.setdefault(bare(f"{first} {second}"), Counter())[f"{first} {second}"] += 1
        return self._votes


@cache
def _compounds() -> dict[str, str]:
    return {bare(word): word for word in words("compounds", ";")}


def _near(known: str, shown: str) -> bool:
    """One syllable apart, or written without any marks."""
    return _one_apart(known, shown) or shown == bare(shown)


def _one_apart(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one.split(), other.split(), strict=True)) == 1
