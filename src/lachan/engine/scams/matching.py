"""Looking for many phrase patterns at once.

A pattern is only tried where the text has a word for its rarest place and one for its next rarest; what is left is tried word by
word. A gap spans at most `knowledge.patterns.WIDEST_GAP` words, and a pattern is tried at no more than `_MOST_STARTS` words of one
text, so that no text can make the search long.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lachan.engine.scams.knowledge.patterns import Gap, OneOf, Pattern

Things = Mapping[int, Sequence[tuple[str, int]]]
"""The things that begin at a word: their kind and the place of the word after them."""
Places = list[tuple[int, int]]
"""Where a pattern stands: its first and last word."""
_MOST_STARTS = 64


_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One place of a pattern. `keys`: what it may begin with, things as "<kind>"."""

    gap: int  # words that may stand before it
    keys: frozenset[str]
    runs: Mapping[str, tuple[_Phrase, ...]]  # by the first word, what must follow it
    things: frozenset[str]


class Matcher:
    """Finds patterns, given as a sequence, in words."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = [_steps(pattern) for pattern in patterns]
        uses = Counter(key for steps in self._patterns for step in steps for key in step.keys)
        self._alone: dict[str, list[tuple[_Phrase, int]]] = {}  # patterns of one place: what follows the first word
        self._by_key: dict[str, list[tuple[frozenset[str], int]]] = {}
        for number, steps in enumerate(self._patterns):
            if len(steps) == 1 and not steps[0].things:
                for first, rests in steps[0].runs.items():
                    self._alone.setdefault(first, []).extend((rest, number) for rest in rests)
                continue
            rarest = sorted((step.keys for step in steps), key=lambda keys: sum(uses[key] for key in keys))
            for key in rarest[0]:
                self._by_key.setdefault(key, []).append((rarest[min(1, len(rarest) - 1)], number))

    def words(self) -> frozenset[str]:
        """Every word that some pattern looks for."""
        return frozenset(
            word
            for steps in self._patterns
            for step in steps
            for first, rests in step.runs.items()
            for word in (first, *(word for rest in rests for word in rest))
        )

    def find(self, words: Sequence[str], things: Things) -> dict[int, Places]:
        """Where each pattern is found, by its number; patterns that are not found are left out."""
        at: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            if word in at:
                at[word].append(place)
            else:
                at[word] = [place]
        for place, begun in things.items():
            for kind, _ in begun:
                at.setdefault(f"<{kind}>", []).append(place)
        found: dict[int, Places] = {}
        self._phrases(words, at, found)
        for number in self._likely(at):
            if places := _tried(self._patterns[number], words, things, at):
                found[number] = places
        return found

    def _phrases(self, words: Sequence[str], at: Mapping[str, list[int]], found: dict[int, Places]) -> None:
        """The patterns of one place."""
        for first in at.keys() & self._alone.keys():
            for rest, number in self._alone[first]:
                size = len(rest)
                for place in at[first][:_MOST_STARTS]:
                    if not size or tuple(words[place + 1 : place + 1 + size]) == rest:
                        found.setdefault(number, []).append((place, place + size))

    def _likely(self, at: Mapping[str, list[int]]) -> set[int]:
        """The patterns of whose two rarest places the text has words."""
        by_key, here = self._by_key, at.keys()
        return {number for key in here & by_key.keys() for second, number in by_key[key] if not second.isdisjoint(here)}


def _steps(pattern: Pattern) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    gap = 0
    for place in pattern:
        if isinstance(place, Gap):
            gap = place.most
        else:
            steps.append(_step(place, gap))
            gap = 0
    return tuple(steps)


def _step(place: OneOf, gap: int) -> _Step:
    runs: dict[str, tuple[_Phrase, ...]] = {}
    for run in place.words:
        runs[run[0]] = (*runs.get(run[0], ()), run[1:])
    things = frozenset(place.things)
    return _Step(gap, frozenset((*runs, *(f"<{thing}>" for thing in things))), runs, things)


def _tried(steps: Sequence[_Step], words: Sequence[str], things: Things, at: Mapping[str, list[int]]) -> Places:
    """The places of one pattern, the shortest from each word it begins at."""
    here = at.keys()
    for step in steps:
        if step.keys.isdisjoint(here):
            return []
    first, rest = steps[0], steps[1:]
    starts = {place for key in first.keys & here for place in at[key][:_MOST_STARTS]}
    places: Places = []
    for start in sorted(starts)[:_MOST_STARTS]:
        ends = _after(first, start, words, things)
        for step in rest:
            ends = _onward(step, ends, words, things)
            if not ends:
                break
        if ends:
            places.append((start, min(ends) - 1))
    return places


def _onward(step: _Step, ends: Iterable[int], words: Sequence[str], things: Things) -> set[int]:
    """The places after `step`, when what is before it ends at one of `ends`."""
    beyond: set[int] = set()
    runs, wanted, gap = step.runs, step.things, step.gap + 1
    for before in ends:
        for place, word in enumerate(words[before : before + gap], before):
            if word in runs or (wanted and place in things):
                beyond |= _after(step, place, words, things)
    return beyond


def _after(step: _Step, place: int, words: Sequence[str], things: Things) -> set[int]:
    """The places after what stands at `place` and fits `step`."""
    ends: set[int] = set()
    for rest in step.runs.get(words[place], ()):
        size = place + 1 + len(rest)
        if not rest or tuple(words[place + 1 : size]) == rest:
            ends.add(size)
    if step.things and place in things:
        ends.update(after for kind, after in things[place] if kind in step.things)
    return ends
