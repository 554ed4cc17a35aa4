"""Marks that scanning misread, put right: "lửa đảo" is "lừa đảo" where the word is known, or the document mostly writes it so."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import pairwise

from lachan.engine.letters.found import Found
from lachan.engine.letters.knowledge import words
from lachan.engine.letters.source import Source, bare
from lachan.engine.vietnamese import normalise

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 60_000  # characters; the vote of a document needs no more
_STOPPED = re.compile(r"(?<!\w)[^\W\d_]{0,3}?[âăêôơư](?:c|ch|p|t)(?!\w)", re.IGNORECASE)
_TONED = re.compile("[âăêôơư]")
_SAC = dict(zip("âăêôơư", "ấắếốớứ", strict=True))
_NANG = dict(zip("âăêôơư", "ậặệộợự", strict=True))
_QD = re.compile(r"(?<=/)QD(?=-)")
_PROVINCE = re.compile(
    r"(?:(?<=^)|(?<=UBND )|(?<=NHÂN DÂN )|(?<=CÔNG AN )|(?<=ĐOÀN ))T[IÍÌĨỊ]NH(?= [^\W\d_])|(?<=\bUBND )t[iíìĩị]nh(?!\w)"
)  # the province in the name of a body
_LONGEST = 2_000  # characters of a value that are looked at
_ENOUGH = 50  # votes
_MENDED = 0.7  # certainty of a value in which something was put right


class Restorer:
    """Mends the values read from one document, by known words and by how the document itself mostly writes them."""

    def __init__(self, src: Source) -> None:
        self._text = src.text[:_LOOKED_AT]
        self._bare = src.bare[:_LOOKED_AT]
        self._known: dict[str, Counter[str]] = {}

    def mend(self, found: Found[str] | None, *, lead: int = 3) -> Found[str] | None:
        """`found` put right; `lead` is how many times as often the document must write a pair of syllables otherwise."""
        if found is None:
            return None
        value = self._mended(found.value, lead)
        return found if value == found.value else replace(found, value=value, certainty=min(found.certainty, _MENDED))

    def mend_all(self, found: Iterable[Found[str]]) -> tuple[Found[str], ...]:
        return tuple(self.mend(one) or one for one in found)

    def _mended(self, value: str, lead: int) -> str:
        letters = list(value)
        syllables = list(_WORD.finditer(value[:_LONGEST]))
        for first, second in pairwise(syllables):
            if value[first.end() : second.start()] != " ":
                continue
            pair = f"{''.join(letters[slice(*first.span())])} {''.join(letters[slice(*second.span())])}"
            better = self._better(pair, lead)
            if better:
                letters[first.start() : second.end()] = [
                    right.upper() if shown.isupper() else right for shown, right in zip(pair, better, strict=True)
                ]
        marked = _PROVINCE.sub(lambda slip: "TỈNH" if slip[0].isupper() else "tỉnh", "".join(letters))
        return _QD.sub("QĐ", _STOPPED.sub(self._toned, marked))

    def _toned(self, match: re.Match[str]) -> str:
        """A syllable that ends in c, ch, p or t must carry sắc or nặng; where it was lost, the document's own words tell which."""
        small = match[0].lower()
        if len(small) != len(match[0]):
            return match[0]
        low = _TONED.sub(lambda vowel: _SAC[vowel[0]], small, count=1)
        heavy = _TONED.sub(lambda vowel: _NANG[vowel[0]], small, count=1)
        forms = self._forms(bare(match[0]))
        word = heavy if forms[heavy] > forms[low] else low
        return "".join(right.upper() if shown.isupper() else right for shown, right in zip(match[0], word, strict=True))

    def _better(self, pair: str, lead: int) -> str | None:
        shown = normalise(pair.lower())
        key = bare(shown)
        known = _compounds().get(key)
        if known == shown or (known is not None and len(known) != len(pair)):
            return None
        if known is not None and _near(known, shown):
            return known
        votes = self._forms(key) if known is None else None
        if not votes:
            return None
        other, times = votes.most_common(1)[0]
        own = votes[shown]
        return (
            other
            if other != shown
            and own <= 2
            and times >= lead * max(own, 1)
            and len(other) == len(pair)
            and _one_apart(other, shown)
            else None
        )

    def _forms(self, key: str) -> Counter[str]:
        """How the document writes the two syllables whose letters without marks are `key`."""
        if key in self._known:
            return self._known[key]
        forms = self._known[key] = Counter()
        place = self._bare.find(key)
        while place >= 0 and forms.total() < _ENOUGH:
            end = place + len(key)
            if not (self._bare[place - 1 : place].isalpha() or self._bare[end : end + 1].isalpha()):
                forms[normalise(self._text[place:end].lower())] += 1
            place = self._bare.find(key, end)
        return forms


@cache
def _compounds() -> dict[str, str]:
    return {bare(word): word for word in words("compounds", ";")}


def _near(known: str, shown: str) -> bool:
    """One syllable apart, or written without any marks."""
    return _one_apart(known, shown) or shown == bare(shown)


def _one_apart(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one.split(), other.split(), strict=True)) == 1
