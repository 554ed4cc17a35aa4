"""What may begin with a word: the name of a brand, or a thing that is known by its words."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from lachan.engine.scams import knowledge, phones
from lachan.engine.vietnamese import fold

LINK = "<link>"
Spelling = tuple[tuple[str, ...], knowledge.Brand]
_SUM = re.compile(r"\d[\d.,]*(?:d|dong|vnd|k|kk|tr|trieu|ty|ti|cu|lit|usd|usdt)|\$\d+")
_NUMBER = re.compile(r"\d[\d.,]*")
_NAMED = {LINK: "link", "otp": "otp", "ma": "ma"}


class Opening(NamedTuple):
    """The kind of a thing that may begin with a word, "" for none, and the brands, longer spellings first."""

    kind: str  # "dear" of a number that is
    spellings: Sequence[Spelling]


def opening(word: str) -> Opening | None:
    """What may begin with `word`; None for most words."""
    kind = _NAMED.get(word, "")
    if word[0].isdigit():
        kind = "money" if _SUM.fullmatch(word) else _kind_of_number(word)
    spellings = _spellings().get(word, ())
    return Opening(kind, spellings) if kind or spellings else None


def _kind_of_number(word: str) -> str:
    if phones.is_dear(word):
        return "dear"
    return "number" if _NUMBER.fullmatch(word) else ""


def brand_words() -> frozenset[str]:
    """The words that brands are spelled with."""
    return frozenset(word for listed in _spellings().values() for words, _ in listed for word in words)


@cache
def _spellings() -> dict[str, list[Spelling]]:
    """The brands by their first word, longer spellings first."""
    found: dict[str, list[Spelling]] = {}
    for brand in knowledge.brands():
        for name in dict.fromkeys((brand.brand, *brand.spellings)):
            words = tuple(re.findall(r"[a-z0-9]+", fold(name)))
            if words:
                found.setdefault(words[0], []).append((words, brand))
    for listed in found.values():
        listed.sort(key=lambda one: -len(one[0]))
    return found
