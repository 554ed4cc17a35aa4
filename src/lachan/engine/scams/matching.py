"""Looking for many phrase patterns at once.

All phrases of all patterns are found first, each once. Which patterns have something for each of their places is then one "or" of
whole numbers whose bits are places of patterns; and where such a pattern stands is worked out on whole numbers whose bits are words
of the text. The cost is in proportion to the text, whatever it repeats.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import repeat
from operator import or_

from lachan.engine.scams.folding import marks_of
from lachan.engine.scams.knowledge.patterns import Gap, OneOf, Pattern
from lachan.engine.vietnamese import fold

Things = Mapping[int, Sequence[tuple[str, int]]]
"""The things that begin at a word: their kind and the place of the word after them."""
Bits = int
"""A set of small numbers: each is a bit."""
_Key = int
"""The number of a phrase, or of a kind of thing that has so many words."""
_Phrase = tuple[tuple[str, ...], tuple[str, ...]]
"""Folded words, and the marks of each."""
_Choice = tuple[tuple[int, frozenset[_Key]], ...]
"""What may stand at a place of a pattern, by how many words it has."""
_Ending = tuple[tuple[str, ...], tuple[str, ...], _Key]
"""What is left of a phrase after its second word, the marks of all its words, and its key."""
_Step = tuple[int, int]
"""One place of a pattern: how many words may stand before it, and the number of the choice of what may stand there."""
LONGEST_THING = 12  # words: a telephone number in groups of one digit


class Matcher:
    """Finds patterns, given as a sequence, in words."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._phrases: dict[_Phrase, _Key] = {}
        self._things: dict[tuple[str, int], _Key] = {}
        numbers: dict[_Choice, int] = {}
        self.patterns = [self._steps(pattern, numbers) for pattern in patterns]
        self.choices = tuple(numbers)
        self._alone, self._on = self._begun()
        self._longest = max(map(len, self.patterns), default=0)
        self._needs, self._free = self._places()

    def _key(self, held: dict, what: object) -> _Key:  # type: ignore[type-arg]
        key: _Key = held.setdefault(what, len(self._phrases) + len(self._things))
        return key

    def _steps(self, pattern: Pattern, numbers: dict[_Choice, int]) -> tuple[_Step, ...]:
        steps: list[_Step] = []
        gap = 0
        for place in pattern:
            if isinstance(place, Gap):
                gap = place.most
                continue
            steps.append((gap, numbers.setdefault(self._choice(place), len(numbers))))
            gap = 0
        return tuple(steps)

    def _choice(self, place: OneOf) -> _Choice:
        by_length: dict[int, set[_Key]] = {}
        for words in place.words:
            phrase = tuple(map(fold, words)), tuple(map(marks_of, words))
            by_length.setdefault(len(words), set()).add(self._key(self._phrases, phrase))
        for kind in place.things:
            for length in range(1, LONGEST_THING + 1):
                by_length.setdefault(length, set()).add(self._key(self._things, (kind, length)))
        return tuple((length, frozenset(keys)) for length, keys in sorted(by_length.items()))

    def _begun(self) -> tuple[dict[str, list[_Ending]], dict[str, dict[str, list[_Ending]]]]:
        """The phrases of one word, and the longer ones by their first and second words."""
        alone: dict[str, list[_Ending]] = {}
        on: dict[str, dict[str, list[_Ending]]] = {}
        for (words, marks), key in self._phrases.items():
            ending = (words[2:], marks, key)
            if len(words) == 1:
                alone.setdefault(words[0], []).append(ending)
            else:
                on.setdefault(words[0], {}).setdefault(words[1], []).append(ending)
        return alone, on

    def _places(self) -> tuple[list[Bits], Bits]:
        """For each key the places of patterns that it may stand at, and the places that shorter patterns do not have.

        The places are numbered so that the first places of all patterns come first, then the second ones.
        """
        free, needs = 0, [0] * (len(self._phrases) + len(self._things))
        for number, steps in enumerate(self.patterns):
            for at in range(self._longest):
                bit = 1 << (at * len(self.patterns) + number)
                if at >= len(steps):
                    free |= bit
                    continue
                for _length, keys in self.choices[steps[at][1]]:
                    for key in keys:
                        needs[key] |= bit
        return needs, free

    def words(self) -> frozenset[str]:
        """Every word that some pattern looks for."""
        return frozenset(word for words, _marks in self._phrases for word in words)

    def find(self, words: tuple[str, ...], things: Things, marks: Sequence[str] = ()) -> "Matches":
        """What of the patterns is in a text. `marks`: those of its words (`folding.marks_of`), where it has any."""
        at = self._found(words, things, marks)
        filled = reduce(or_, map(self._needs.__getitem__, at), self._free)
        count = len(self.patterns)
        every = whole = (1 << count) - 1
        for _ in range(self._longest):
            whole &= filled
            filled >>= count
        return Matches(self, whole & every, at)

    def _found(self, words: tuple[str, ...], things: Things, written: Sequence[str]) -> dict[_Key, list[int]]:
        """Where the phrases and the things begin."""
        at: defaultdict[_Key, list[int]] = defaultdict(list)
        for place, (endings, mark) in enumerate(zip(map(self._alone.get, words), written or repeat(""), strict=False)):
            if endings:
                for _rest, (own, *_), key in endings:
                    if own == mark or not (own and mark):
                        at[key].append(place)
        self._add_longer(words, written, at)
        for place, kinds in things.items():
            for kind, end in kinds:
                thing = self._things.get((kind, end - place))
                if thing is not None:
                    at[thing].append(place)
        return at

    def _add_longer(self, words: tuple[str, ...], written: Sequence[str], at: defaultdict[_Key, list[int]]) -> None:
        """Put the phrases of two words and more in their places."""
        for place, (on, after) in enumerate(zip(map(self._on.get, words), words[1:], strict=False), 2):
            if on and after in on:
                for rest, marks, key in on[after]:
                    end = place + len(rest)
                    if (not rest or words[place:end] == rest) and (
                        not written or _agree(marks, written[place - 2 : end])
                    ):
                        at[key].append(place - 2)


def _agree(marks: Sequence[str], written: Sequence[str]) -> bool:
    """Whether the marks of a phrase are those of a text, where both write any."""
    return tuple(written) == marks or all(
        one == other or not (one and other) for one, other in zip(marks, written, strict=True)
    )


class Matches:
    """Where patterns stand in one text. Words are told by their places, sets of them by bits."""

    def __init__(self, matcher: Matcher, likely: Bits, at: Mapping[_Key, Sequence[int]]) -> None:
        self.likely = likely  # the patterns that have something for each of their places, in whatever order
        self._patterns, self._choices = matcher.patterns, matcher.choices
        self._at = at
        self._here = frozenset(at)
        self._known: dict[int, list[tuple[int, Bits]]] = {}

    def starts(self, pattern: int) -> Bits:
        """The first words of a pattern, wherever it stands."""
        near: Bits = -1
        here: Bits = 0
        for gap, choice in reversed(self._patterns[pattern]):
            here = 0
            for length, mask in self._standing(choice):
                here |= mask & (near >> length)
            if not here:
                return 0
            near = here
            for far in range(1, gap + 1):
                near |= here >> far
        return here

    def ends(self, pattern: int, starts: Bits) -> Bits:
        """The places after a pattern that begins at one of `starts`."""
        here: Bits = starts
        for gap, choice in self._patterns[pattern]:
            near = here
            for far in range(1, gap + 1):
                near |= here << far
            here = 0
            for length, mask in self._standing(choice):
                here |= (mask & near) << length
        return here

    def _standing(self, choice: int) -> list[tuple[int, Bits]]:
        """Where what may stand at a place stands, by how many words it has."""
        if choice in self._known:
            return self._known[choice]
        known = self._known[choice] = []
        for length, keys in self._choices[choice]:
            mask = 0
            for key in keys & self._here:
                mask |= bits(self._at[key])
            if mask:
                known.append((length, mask))
        return known


_FEW = 32


def bits(places: Sequence[int]) -> Bits:
    """The set of `places`, which are in order, made in time that is in proportion to them and the last."""
    if len(places) <= _FEW:
        mask = 0
        for place in places:
            mask |= 1 << place
        return mask
    row = bytearray(b"0") * (places[-1] + 1)
    for place in places:
        row[~place] = 49  # "1"
    return int(row, 2)


def ones(mask: Bits) -> Iterator[int]:
    """The numbers in a set, the least first."""
    row = bin(mask)[:1:-1]
    place = row.find("1")
    while place >= 0:
        yield place
        place = row.find("1", place + 1)
