"""Schemes: ideas that meet in one text, in any order and any words, as they do in a scam of one type.

An idea is one thing that can be said in many ways ("the police", "pay a fee first"), each a phrase pattern; it weighs nothing by
itself. A scheme says which ideas must meet, within `NEAR` words of one another, outside sentences that warn.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from lachan.engine.scams import knowledge
from lachan.engine.scams.knowledge import Meeting
from lachan.engine.scams.knowledge.patterns import Pattern
from lachan.engine.scams.matching import Places

NEAR = 45  # words; a short message, or what one breath of a told story holds
_WARNED = ""  # stands for an idea: the patterns that bar


@cache
def _named() -> tuple[tuple[str, Pattern], ...]:
    """Every phrase pattern with the idea that it says."""
    ideas = [(name, pattern) for name, ways in knowledge.ideas().items() for pattern in ways]
    return (*((_WARNED, pattern) for pattern in knowledge.warned()), *ideas)


def patterns() -> list[Pattern]:
    """The patterns to be looked for; `met` takes what was found of them, by their number in this list."""
    return [pattern for _, pattern in _named()]


@cache
def _by_first() -> Mapping[str, list[tuple[str, Meeting]]]:
    """The meetings of all schemes by an idea that may stand first in them, each with the code of its sign."""
    found: dict[str, list[tuple[str, Meeting]]] = {}
    for sign in knowledge.signs().values():
        for meeting in sign.meets:
            for idea in meeting.wanted[0]:
                found.setdefault(idea, []).append((sign.code, meeting))
    return found


def met(found: Iterable[tuple[int, Places]], sentence: Callable[[int], int]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The schemes met, by the code of their sign, each with the place of its first idea."""
    at = _said(found, sentence)
    by_first = _by_first()
    for idea in at:
        for code, meeting in by_first.get(idea, ()):
            if at.keys().isdisjoint(meeting.barred) and (place := _near(idea, meeting.wanted[1:], at)):
                yield code, place


def _said(found: Iterable[tuple[int, Places]], sentence: Callable[[int], int]) -> dict[str, Places]:
    """Where each idea is said, in order, outside sentences that warn."""
    named = _named()
    said: dict[str, Places] = {}
    for number, places in found:
        said.setdefault(named[number][0], []).extend(places)
    barred = {n for a, b in said.pop(_WARNED, ()) for n in range(sentence(a), sentence(b - 1) + 1)}
    kept = {idea: sorted(place for place in places if sentence(place[0]) not in barred) for idea, places in said.items()}
    return {idea: places for idea, places in kept.items() if places}


def _near(idea: str, others: tuple[frozenset[str], ...], at: Mapping[str, Places]) -> tuple[int, int] | None:
    """The first place of `idea` near which each of `others` is said."""
    if any(at.keys().isdisjoint(choice) for choice in others):
        return None
    return next((place for place in at[idea] if all(_stands(place, choice, at) for choice in others)), None)


def _stands(place: tuple[int, int], choice: frozenset[str], at: Mapping[str, Places]) -> bool:
    least = (place[0] - NEAR, 0)
    for other in choice & at.keys():
        places = at[other]
        first = bisect_left(places, least)
        if first < len(places) and places[first][0] <= place[1] + NEAR:
            return True
    return False
