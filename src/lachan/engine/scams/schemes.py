"""Schemes: ideas that meet in one text, in any order and any words, as they do in a scam of one type.

An idea is one thing that can be said in many ways ("the police", "pay a fee first"), each a phrase pattern; it weighs nothing by
itself. A scheme says which ideas must meet, within `NEAR` words of one another.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from lachan.engine.scams import knowledge
from lachan.engine.scams.knowledge import Meeting
from lachan.engine.scams.matching import Bits, bits, ones

NEAR = 45  # words; a short message, or what one breath of a told story holds
_AROUND = (1 << (2 * NEAR + 1)) - 1


@cache
def _by_first() -> Mapping[str, list[tuple[str, Meeting]]]:
    """The meetings of all schemes by an idea that may stand first in them, each with the code of its sign."""
    found: dict[str, list[tuple[str, Meeting]]] = {}
    for sign in knowledge.signs().values():
        for meeting in sign.meets:
            for idea in meeting.wanted[0]:
                found.setdefault(idea, []).append((sign.code, meeting))
    return found


class Hopes(NamedTuple):
    """What makes it worth while to look for the ideas of meetings, told by patterns that may stand in a text."""

    first: Bits  # those that may say the first idea of a meeting
    # By each of these: those of the second idea, those of each other, and all of them.
    meetings: Mapping[int, Sequence[tuple[Bits, Sequence[Bits], Bits]]]


def hopes(saying: Mapping[str, Bits]) -> Hopes:
    """The meetings of all schemes, made ready; `saying`: which patterns say each idea."""
    found: dict[int, list[tuple[Bits, Sequence[Bits], Bits]]] = {}
    for meeting in dict.fromkeys(meeting for sign in knowledge.signs().values() for meeting in sign.meets):
        first, second, *others = [reduce(or_, map(saying.__getitem__, choice)) for choice in meeting.wanted]
        barring = reduce(or_, map(saying.__getitem__, meeting.barred), 0)
        for number in ones(first):
            found.setdefault(number, []).append((second, others, reduce(or_, others, first | second | barring)))
    return Hopes(bits(sorted(found)), found)


def needed(hopes: Hopes, likely: Bits) -> Bits:
    """The patterns to look for in a text that has no others than `likely`: those of meetings that may come about."""
    found = 0
    for number in ones(hopes.first & likely):
        for second, others, whole in hopes.meetings[number]:
            if likely & second and all(map(likely.__and__, others)):
                found |= whole
    return found & likely


def met(said: Mapping[str, Bits], anywhere: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """The schemes of a text: the code of the sign, its first idea and the word where that begins.

    `said`: at which words ideas begin that count. `anywhere`: every idea of the text, those of sentences that warn as well.
    """
    by_first = _by_first()
    done: set[str] = set()
    for idea in said:
        for code, meeting in by_first.get(idea, ()):
            if code not in done and meeting.barred.isdisjoint(anywhere):
                place = _near(said[idea], meeting.wanted[1:], said)
                if place is not None:
                    done.add(code)
                    yield code, idea, place


def _near(first: Bits, others: tuple[frozenset[str], ...], said: Mapping[str, Bits]) -> int | None:
    """The first of the places `first` near which one of each of `others` is said."""
    if any(said.keys().isdisjoint(choice) for choice in others):
        return None
    each = [reduce(or_, (said[idea] for idea in choice if idea in said)) << NEAR for choice in others]
    return next((place for place in ones(first) if all(mask >> place & _AROUND for mask in each)), None)
