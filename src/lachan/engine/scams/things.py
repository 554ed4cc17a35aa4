"""Things in a text that are known by their form: links, telephone numbers, sums of money, brands, accounts, codes."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lachan.engine.scams import accounts, knowledge, links, phones
from lachan.engine.scams.accounts import Account
from lachan.engine.scams.characters import visible
from lachan.engine.scams.folding import Folded, fold
from lachan.engine.scams.lexicon import Lexicon
from lachan.engine.scams.links import Link
from lachan.engine.scams.phones import Phone

Thing = tuple[str, int]
"""The kind of a thing, and the place of the word after it."""


class Text(NamedTuple):
    """A text taken apart, ready to be judged."""

    folded: Folded
    links: tuple[Link, ...]
    phones: tuple[Phone, ...]
    accounts: tuple[Account, ...]
    brands: tuple[tuple[int, knowledge.Brand], ...]  # each with the place of its first word
    things: Mapping[int, list[Thing]]  # by the place of the first word
    places: Sequence[int] | None  # of each character, where it stood among unseen ones; None where there were none


def take_apart(text: str, lexicon: Lexicon) -> Text:
    """The words and things of `text`."""
    seen = visible(text)
    text, flat = seen.text, seen.plain
    linked = links.find(text, flat)
    spans = [link.span for link in linked]
    folded = fold(text, spans, lexicon, flat, seen.unseen)
    numbers = tuple(phone for phone in phones.find(text, flat) if not links.covered(spans, phone.span[0]))
    led = accounts.find(folded, [phone.span for phone in numbers])
    things, brands = _by_words(folded)
    for phone in numbers:
        first, after = bisect_left(folded.starts, phone.span[0]), bisect_left(folded.starts, phone.span[1])
        if first < after:
            things.setdefault(first, []).append(("phone", after))
    for place, _account in led:
        things.setdefault(place, []).append(("account", place + 1))
    return Text(folded, linked, numbers, tuple(one for _, one in led), tuple(brands), things, seen.places)


_UNITS = frozenset(
    ["d", "dong", "vnd", "k", "nghin", "ngan", "tr", "trieu", "ty", "ti", "cu", "usd", "usdt", "do", "trd", "vnđ"]
)
_NUMBERS = frozenset({"number", "dear"})
_PERCENTS = frozenset({"percent", "ptram"})


def _by_words(folded: Folded) -> tuple[dict[int, list[Thing]], list[tuple[int, knowledge.Brand]]]:
    """The things that are known by their words, and the brands, each by the place of its first word."""
    things: dict[int, list[Thing]] = {}
    brands: list[tuple[int, knowledge.Brand]] = []
    free = 0  # the first place that is in no brand
    words = folded.words
    for place, opening in enumerate(folded.openings):
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
    if kind not in _NUMBERS:
        if kind != "ma":
            return [(kind, place + 1)]
        return [("otp", min(place + 3, len(words)))] if words[place + 1 : place + 2] == ("xac",) else []
    here = [("number", place + 1)]
    if kind == "dear":
        here.append(("dear", place + 1))
    unit = words[place + 1] if place + 1 < len(words) else ""
    if unit in _UNITS:
        here.append(("money", place + 2))
    elif unit in _PERCENTS or (unit == "phan" and words[place + 2 : place + 3] == ("tram",)):
        here.append(("percent", place + 2))
    return here
