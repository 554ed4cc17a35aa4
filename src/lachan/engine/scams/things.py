"""Things in a text that are known by their form: links, telephone numbers, sums of money, brands, accounts, codes."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from lachan.engine.scams import accounts, knowledge, links, phones
from lachan.engine.scams.accounts import Account
from lachan.engine.scams.folding import LINK, MOST_MARKS, Folded, fold, visible
from lachan.engine.scams.links import Link
from lachan.engine.scams.phones import Phone
from lachan.engine.vietnamese import fold as letters


@dataclass(frozen=True, slots=True)
class Text:
    """A text taken apart, ready to be judged."""

    folded: Folded
    links: tuple[Link, ...]
    phones: tuple[Phone, ...]
    accounts: tuple[Account, ...]
    brands: tuple[tuple[int, knowledge.Brand], ...]  # each with the place of its first word
    things: Mapping[int, list[tuple[str, int]]]  # by the place of the first word: kinds, and the place after
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
    named = tuple(_brands(folded.words))
    things: dict[int, list[tuple[str, int]]] = {}
    starts = [start for start, _ in folded.spans]
    for phone in numbers:
        first, after = bisect_left(starts, phone.span[0]), bisect_left(starts, phone.span[1])
        if first < after:
            things.setdefault(first, []).append(("phone", after))
    for place, _account in led:
        things.setdefault(place, []).append(("account", place + 1))
    for place, _brand, after in named:
        things.setdefault(place, []).append(("brand", after))
    _by_words(folded.words, things)
    brands = tuple((at, brand) for at, brand, _ in named)
    return Text(folded, linked, numbers, tuple(one for _, one in led), brands, things, seen.places)


def _veiled(folded: Folded, unseen: Sequence[int]) -> Folded:
    """`folded` with the words too that have much unseen in them."""
    inside = (bisect_left(unseen, end - 1) - bisect_left(unseen, start) for start, end in folded.spans)
    veiled = {place for place, many in enumerate(inside) if many > MOST_MARKS}
    return replace(folded, disguised=tuple(sorted(veiled.union(folded.disguised)))) if veiled else folded


_SUM = re.compile(r"\d[\d.,]*(?:d|dong|vnd|k|kk|tr|trieu|ty|ti|cu|lit|usd|usdt)|\$\d+")
_NUMBER = re.compile(r"\d[\d.,]*")
_UNITS = frozenset(
    ["d", "dong", "vnd", "k", "nghin", "ngan", "tr", "trieu", "ty", "ti", "cu", "usd", "usdt", "do", "trd", "vnđ"]
)
_PERCENTS = frozenset({"percent", "ptram"})


_NAMED = frozenset({LINK, "otp", "ma"})


@lru_cache(maxsize=20_000)
def _kind(word: str) -> str:
    """What a single word may be: "link", "money", "number", "otp", or nothing."""
    if word == LINK:
        return "link"
    if word == "otp":
        return "otp"
    if word[0].isdigit():
        if _SUM.fullmatch(word):
            return "money"
        if _NUMBER.fullmatch(word):
            return "number"
    return ""


def _by_words(words: tuple[str, ...], things: dict[int, list[tuple[str, int]]]) -> None:
    for place, word in enumerate(words):
        if word not in _NAMED and word > ":":
            continue
        kind = _kind(word)
        if not kind:
            if word == "ma" and words[place + 1 : place + 2] == ("xac",):
                things.setdefault(place, []).append(("otp", min(place + 3, len(words))))
            continue
        here = things.setdefault(place, [])
        here.append((kind, place + 1))
        if kind == "number":
            here += _of_number(words, place)


def _of_number(words: tuple[str, ...], place: int) -> Iterator[tuple[str, int]]:
    """What a number is beside: a service number, or with the words after it a sum or a share."""
    if phones.is_dear(words[place]):
        yield "dear", place + 1
    unit = words[place + 1] if place + 1 < len(words) else ""
    if unit in _UNITS:
        yield "money", place + 2
    elif unit in _PERCENTS or (unit == "phan" and words[place + 2 : place + 3] == ("tram",)):
        yield "percent", place + 2


def _brands(words: tuple[str, ...]) -> Iterable[tuple[int, knowledge.Brand, int]]:
    names = _spellings()
    after = 0
    for place, word in enumerate(words):
        for spelling, brand in names.get(word, ()):
            if place >= after and words[place : place + len(spelling)] == spelling:
                after = place + len(spelling)
                yield place, brand, after
                break


def brand_words() -> frozenset[str]:
    """The words that brands are spelled with."""
    return frozenset(word for listed in _spellings().values() for words, _brand in listed for word in words)


@cache
def _spellings() -> dict[str, list[tuple[tuple[str, ...], knowledge.Brand]]]:
    """The brands by their first word, longer spellings first."""
    found: dict[str, list[tuple[tuple[str, ...], knowledge.Brand]]] = {}
    for brand in knowledge.brands():
        for name in dict.fromkeys((brand.brand, *brand.spellings)):
            words = tuple(re.findall(r"[a-z0-9]+", letters(name)))
            if words:
                found.setdefault(words[0], []).append((words, brand))
    for listed in found.values():
        listed.sort(key=lambda one: -len(one[0]))
    return found
