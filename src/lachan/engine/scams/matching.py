"""Looking for many phrase patterns at once, at a cost in proportion to the text.

The patterns are laid into one tree of words. From each word of the text the tree is walked once; a gap fans out over at most
`knowledge.patterns.WIDEST_GAP` words, and no place of the tree is taken twice at one place of the text, so that no text can make
the walk long.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lachan.engine.scams.knowledge.patterns import Gap, OneOf, Pattern


@dataclass(slots=True)
class _Node:
    words: dict[str, list["_Node"]] = field(default_factory=dict)
    things: dict[str, list["_Node"]] = field(default_factory=dict)
    gaps: dict[int, "_Node"] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)
    after: dict[OneOf, "_Node"] = field(default_factory=dict)


Things = Mapping[int, Sequence[tuple[str, int]]]
"""The things that begin at a word: their kind and the place of the word after them."""
_MOST_FOUND = 50  # of one pattern in one text


class Matcher:
    """Finds patterns, given as a sequence, in words."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._root = _Node()
        for number, pattern in enumerate(patterns):
            self._grow(pattern).ends.append(number)

    def _grow(self, pattern: Pattern) -> _Node:
        node = self._root
        for place in pattern:
            node = node.gaps.setdefault(place.most, _Node()) if isinstance(place, Gap) else _step(node, place)
        return node

    def words(self) -> frozenset[str]:
        """Every word that some pattern looks for."""
        found: set[str] = set()
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            found.update(node.words)
            for nodes in (*node.words.values(), *node.things.values(), node.gaps.values()):
                waiting += nodes
        return frozenset(found)

    def find(self, words: Sequence[str], things: Things) -> dict[int, list[tuple[int, int]]]:
        """Where each pattern is found: its number, and the first and last word of each place. At most `_MOST_FOUND` of each."""
        found: dict[int, list[tuple[int, int]]] = {}
        starts = self._root.words
        for place, word in enumerate(words):
            if word in starts or place in things:
                self._walk(words, things, place, found)
        return found

    def _walk(self, words: Sequence[str], things: Things, start: int, found: dict[int, list[tuple[int, int]]]) -> None:
        waiting = [(self._root, start)]
        seen: set[tuple[int, int]] = set()
        while waiting:
            node, at = waiting.pop()
            for number in node.ends:
                places = found.setdefault(number, [])
                if len(places) < _MOST_FOUND:
                    places.append((start, at - 1))
            _onward(node, at, words, things, waiting)
            for most, beyond in node.gaps.items():
                for place in range(at, min(at + most, len(words) - 1) + 1):
                    if (id(beyond), place) not in seen:
                        seen.add((id(beyond), place))
                        _onward(beyond, place, words, things, waiting)


def _onward(node: _Node, at: int, words: Sequence[str], things: Things, waiting: list[tuple[_Node, int]]) -> None:
    """Put down the nodes that the word or the things at `at` lead to."""
    if at >= len(words):
        return
    for beyond in node.words.get(words[at], ()):
        waiting.append((beyond, at + 1))
    if node.things and at in things:
        for kind, after in things[at]:
            for beyond in node.things.get(kind, ()):
                waiting.append((beyond, after))


def _step(node: _Node, place: OneOf) -> _Node:
    """The node beyond `place`, which patterns that begin alike share."""
    beyond = node.after.get(place)
    if beyond is None:
        beyond = node.after[place] = _Node()
        for thing in place.things:
            node.things.setdefault(thing, []).append(beyond)
        for run in place.words:
            here = node
            for word in run[:-1]:
                middle = _Node()
                here.words.setdefault(word, []).append(middle)
                here = middle
            here.words.setdefault(run[-1], []).append(beyond)
    return beyond
