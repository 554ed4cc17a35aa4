"""Looking for many phrase patterns at once.

All phrases of all patterns are found first, each once; a pattern is then tried only where its two rarest places have been found, by
joining what was found for its places. A phrase counts at its first `_MOST` places in a text and a join keeps as many, so that no
text can make the search long.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lachan.engine.scams.knowledge.patterns import Gap, Pattern

Things = Mapping[int, Sequence[tuple[str, int]]]
"""The things that begin at a word: their kind and the place of the word after them."""
Places = list[tuple[int, int]]
"""Where something stands: its first word, and the word after it."""
_Key = int
"""The number of a phrase, or of a kind of thing."""
_MOST = 64


@dataclass(frozen=True, slots=True)
class _Step:
    """One place of a pattern: what may stand there, and how many words before it."""

    gap: int
    keys: frozenset[_Key]


@dataclass(slots=True)
class _Begun:
    """The phrases that begin with one word: that word alone, and those that go on, by their second word."""

    alone: _Key | None = None
    on: dict[str, list[tuple[tuple[str, ...], _Key]]] = field(default_factory=dict)


class Matcher:
    """Finds patterns, given as a sequence, in words."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._keys: dict[tuple[str, ...] | str, _Key] = {}
        self._patterns = [self._steps(pattern) for pattern in patterns]
        self._phrases = _begun(self._keys)
        uses = Counter(key for steps in self._patterns for step in steps for key in step.keys)
        self._by_key: dict[_Key, list[tuple[frozenset[_Key], int]]] = {}
        for number, steps in enumerate(self._patterns):
            rarest = sorted((step.keys for step in steps), key=lambda keys: sum(uses[key] for key in keys))
            for key in rarest[0]:
                self._by_key.setdefault(key, []).append((rarest[min(1, len(rarest) - 1)], number))

    def _steps(self, pattern: Pattern) -> tuple[_Step, ...]:
        steps: list[_Step] = []
        gap = 0
        for place in pattern:
            if isinstance(place, Gap):
                gap = place.most
                continue
            wanted: list[tuple[str, ...] | str] = [*place.words, *place.things]
            steps.append(_Step(gap, frozenset(self._keys.setdefault(each, len(self._keys)) for each in wanted)))
            gap = 0
        return tuple(steps)

    def words(self) -> frozenset[str]:
        """Every word that some pattern looks for."""
        return frozenset(word for phrase in self._keys if isinstance(phrase, tuple) for word in phrase)

    def find(self, words: tuple[str, ...], things: Things) -> dict[int, Places]:
        """Where each pattern is found, by its number; patterns that are not found are left out."""
        at = self._found(words, things)
        here = set(at)
        found: dict[int, Places] = {}
        for number in self._likely(here):
            if places := _joined(self._patterns[number], here, at):
                found[number] = places
        return found

    def _found(self, words: tuple[str, ...], things: Things) -> dict[_Key, Places]:
        """Where the phrases and the things are."""
        at: dict[_Key, Places] = {}
        phrases = self._phrases
        for place, (word, after) in enumerate(zip(words, (*words[1:], ""), strict=False)):
            begun = phrases.get(word)
            if begun is None:
                continue
            if begun.alone is not None:
                at.setdefault(begun.alone, []).append((place, place + 1))
            for rest, key in begun.on.get(after, ()):
                end = place + 2 + len(rest)
                if not rest or words[place + 2 : end] == rest:
                    at.setdefault(key, []).append((place, end))
        self._add_things(things, at)
        return at

    def _add_things(self, things: Things, at: dict[_Key, Places]) -> None:
        for place, kinds in things.items():
            for kind, end in kinds:
                if kind in self._keys:
                    at.setdefault(self._keys[kind], []).append((place, end))

    def _likely(self, here: set[_Key]) -> set[int]:
        """The patterns of whose two rarest places something has been found."""
        by_key = self._by_key
        return {number for key in here for second, number in by_key.get(key, ()) if not second.isdisjoint(here)}


def _begun(keys: Mapping[tuple[str, ...] | str, _Key]) -> dict[str, _Begun]:
    found: dict[str, _Begun] = {}
    for phrase, key in keys.items():
        if isinstance(phrase, str):
            continue
        begun = found.setdefault(phrase[0], _Begun())
        if len(phrase) == 1:
            begun.alone = key
        else:
            begun.on.setdefault(phrase[1], []).append((phrase[2:], key))
    return found


def _joined(steps: Sequence[_Step], here: set[_Key], at: Mapping[_Key, Places]) -> Places:
    """The places of one pattern."""
    for step in steps[1:]:
        if step.keys.isdisjoint(here):
            return []
    joined = [place for key in steps[0].keys & here for place in at[key][:_MOST]][:_MOST]
    for step in steps[1:]:
        gap = step.gap
        beyond = [place for key in step.keys & here for place in at[key][:_MOST]]
        joined = [(start, end) for start, before in joined for first, end in beyond if 0 <= first - before <= gap][
            :_MOST
        ]
        if not joined:
            break
    return joined
