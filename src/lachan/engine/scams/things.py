"""Things in a text that are known by their form: links, telephone numbers, sums of money, brands, accounts, codes."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lachan.engine.scams import accounts, knowledge, links, phones
from lachan.engine.scams.accounts import Account
from lachan.engine.scams.characters import visible
from lachan.engine.scams.folding import LINK, Folded, fold
from lachan.engine.scams.links import Link
from lachan.engine.scams.memo import Memo
from lachan.engine.scams.phones import Phone
from lachan.engine.scams.spelling import MOST_MARKS
from lachan.engine.vietnamese import fold as letters

Thing = tuple[str, int]
"""The kind of a thing, and the place of the word after it."""
_Spelling = tuple[tuple[str, ...], knowledge.Brand]
_Opening = tuple[str, Sequence[_Spelling]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text taken apart, ready to be judged."""

    folded: Folded
    links: tuple[Link, ...]
    phones: tuple[Phone, ...]
    accounts: tuple[Account, ...]
    brands: tuple[tuple[int, knowledge.Brand], ...]  # each with the place of its first word
    things: Mapping[int, list[Thing]]  # by the place of the first word
    places: Sequence[int] | None = (
        None  # of each character, where it stood among unseen ones; None where there were none
    )


def take_apart(text: str, known: frozenset[str] = frozenset()) -> Text:
    """The words and things of `text`. `known`: words that a disguise may hide, beside Vietnamese syllables."""
    seen = visible(text)
    text, flat = seen.text, seen.plain
    linked = links.find(text, flat)
    spans = [link.span for link in linked]
    folded = fold(text, spans, known, flat)
    if seen.unseen:
        folded = _veiled(folded, seen.unseen)
    numbers = tuple(phone for phone in phones.find(text, flat) if not links.covered(spans, phone.span[0]))
    led = accounts.find(folded, [phone.span for phone in numbers])
    things, brands = _by_words(folded.words)
    for phone in numbers:
        first, after = bisect_left(folded.starts, phone.span[0]), bisect_left(folded.starts, phone.span[1])
        if first < after:
            things.setdefault(first, []).append(("phone", after))
    for place, _account in led:
        things.setdefault(place, []).append(("account", place + 1))
    return Text(folded, linked, numbers, tuple(one for _, one in led), tuple(brands), things, seen.places)


def _veiled(folded: Folded, unseen: Sequence[int]) -> Folded:
    """`folded` with the words too that have much unseen in them."""
    inside = (bisect_left(unseen, end - 1) - bisect_left(unseen, start) for start, end in folded.spans)
    veiled = {place for place, many in enumerate(inside) if many > MOST_MARKS}
    marks = tuple("" if place in veiled else mark for place, mark in enumerate(folded.marks))
    return replace(folded, marks=marks, disguised=sorted(veiled.union(folded.disguised))) if veiled else folded


_SUM = re.compile(r"\d[\d.,]*(?:d|dong|vnd|k|kk|tr|trieu|ty|ti|cu|lit|usd|usdt)|\$\d+")
_NUMBER = re.compile(r"\d[\d.,]*")
_UNITS = frozenset(
    ["d", "dong", "vnd", "k", "nghin", "ngan", "tr", "trieu", "ty", "ti", "cu", "usd", "usdt", "do", "trd", "vnđ"]
)
_PERCENTS = frozenset({"percent", "ptram"})


def _by_words(words: tuple[str, ...]) -> tuple[dict[int, list[Thing]], list[tuple[int, knowledge.Brand]]]:
    """The things that are known by their words, and the brands, each by the place of its first word."""
    things: dict[int, list[Thing]] = {}
    brands: list[tuple[int, knowledge.Brand]] = []
    free = 0  # the first place that is in no brand
    for place, opening in enumerate(map(_OPENINGS.__getitem__, words)):
        if not opening:
            continue
        kind, spellings = opening
        here = _of_kind(kind, place, words) if kind else []
        if place >= free:
            for spelling, brand in spellings:
                if words[place : place + len(spelling)] == spelling:
                    free = place + len(spelling)
                    brands.append((place, brand))
                    here.append(("brand", free))
                    break
        if here:
            things[place] = here
    return things, brands


def _of_kind(kind: str, place: int, words: tuple[str, ...]) -> list[Thing]:
    """The things that begin with a word that may be of `kind`."""
    if kind == "ma":
        return [("otp", min(place + 3, len(words)))] if words[place + 1 : place + 2] == ("xac",) else []
    here = [(kind, place + 1)]
    if kind == "number":
        if phones.is_dear(words[place]):
            here.append(("dear", place + 1))
        unit = words[place + 1] if place + 1 < len(words) else ""
        if unit in _UNITS:
            here.append(("money", place + 2))
        elif unit in _PERCENTS or (unit == "phan" and words[place + 2 : place + 3] == ("tram",)):
            here.append(("percent", place + 2))
    return here


def _opening(word: str) -> _Opening | None:
    """What may begin with a word: the kind of a thing, "" for none, and spellings of brands."""
    kind = _NAMED.get(word, "")
    if word[0].isdigit():
        kind = "money" if _SUM.fullmatch(word) else "number" if _NUMBER.fullmatch(word) else ""
    spellings = _spellings().get(word, ())
    return (kind, spellings) if kind or spellings else None


_NAMED = {LINK: "link", "otp": "otp", "ma": "ma"}
_OPENINGS = Memo(_opening)


def brand_words() -> frozenset[str]:
    """The words that brands are spelled with."""
    return frozenset(word for listed in _spellings().values() for words, _ in listed for word in words)


@cache
def _spellings() -> dict[str, list[_Spelling]]:
    """The brands by their first word, longer spellings first."""
    found: dict[str, list[_Spelling]] = {}
    for brand in knowledge.brands():
        for name in dict.fromkeys((brand.brand, *brand.spellings)):
            words = tuple(re.findall(r"[a-z0-9]+", letters(name)))
            if words:
                found.setdefault(words[0], []).append((words, brand))
    for listed in found.values():
        listed.sort(key=lambda one: -len(one[0]))
    return found
