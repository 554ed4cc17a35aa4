"""Looking for many phrase patterns at once.

All phrases of all patterns are found first, each once. Which patterns have something for each of their places is then one "or" of
whole numbers whose bits are places of patterns; and where such a pattern stands is worked out on whole numbers whose bits are words
of the text. The cost is in proportion to the text, whatever it repeats.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import itemgetter, or_
from typing import NamedTuple

from lachan.engine.scams.knowledge.patterns import Gap, OneOf, Pattern
from lachan.engine.scams.spelling import marks_of
from lachan.engine.vietnamese import fold

Things = Mapping[int, Sequence[tuple[str, int]]]
"""The things that begin at a word: their kind and the place of the word after them."""
Bits = int
"""A set of small numbers: each is a bit."""
_Key = int
"""The number of a phrase, or of a kind of thing that has so many words."""
_Phrase = tuple[tuple[str, ...], tuple[str, ...]]
"""Folded words, and the marks of each."""
_Choice = frozenset[_Key]
"""What may stand at a place of a pattern."""
_Ending = tuple[tuple[str, ...], tuple[str, ...], _Key]
"""What is left of a phrase after its second word, the marks of all its words, and its key."""
_Endings = tuple[list[tuple[str, str, _Key]], list[_Ending]]
"""The phrases of two words, each with its marks, and those of more that begin with them."""


class Begun(NamedTuple):
    """The phrases of one word that a word is, and the longer ones that it begins, by their second word."""

    alone: tuple[_Key, ...]
    longer: Mapping[str, _Endings]


NOTHING = Begun((), {})
_Step = tuple[tuple[int, ...], _Choice]
"""One place of a pattern: how a set of words is shifted for the gap before it (`_shifts`), and what may stand there."""
_LONGER = itemgetter(1)
_MOST_ASKED = 3  # places of a pattern: few patterns fail by the others
_WORD_IS_MET = 10  # times as often as a phrase of two words, about
LONGEST_THING = 12  # words: a telephone number in groups of one digit


class Matcher:
    """Finds patterns, given as a sequence, in words."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._phrases: dict[_Phrase, _Key] = {}
        self._things: dict[tuple[str, int], _Key] = {}
        self.lengths: list[int] = []  # of each key: its words
        choices: dict[OneOf, _Choice] = {}
        self.steps = [self._steps(pattern, choices) for pattern in patterns]
        self.backwards = [steps[::-1] for steps in self.steps]
        self._single, self._longer = self._by_first_word()
        self._asked = min(_MOST_ASKED, max(map(len, self.steps), default=0))
        self._needs, self._free = self._places()

    def _key(self, held: dict, what: object, length: int) -> _Key:  # type: ignore[type-arg]
        key: _Key = held.setdefault(what, len(self.lengths))
        if key == len(self.lengths):
            self.lengths.append(length)
        return key

    def _steps(self, pattern: Pattern, choices: dict[OneOf, _Choice]) -> tuple[_Step, ...]:
        steps: list[_Step] = []
        gap = 0
        for place in pattern:
            if isinstance(place, Gap):
                gap = place.most
                continue
            if place not in choices:
                choices[place] = self._choice(place)
            steps.append((_shifts(gap), choices[place]))
            gap = 0
        return tuple(steps)

    def _choice(self, place: OneOf) -> _Choice:
        phrases = [(tuple(map(fold, words)), tuple(map(marks_of, words))) for words in place.words]
        things = [(kind, length) for kind in place.things for length in range(1, LONGEST_THING + 1)]
        return frozenset(
            (
                *(self._key(self._phrases, one, len(one[0])) for one in phrases),
                *(self._key(self._things, one, one[1]) for one in things),
            )
        )

    def _by_first_word(self) -> tuple[dict[str, list[tuple[str, _Key]]], dict[str, dict[str, _Endings]]]:
        """The phrases of one word, each with its marks, and the longer ones, by their first words."""
        single: dict[str, list[tuple[str, _Key]]] = {}
        longer: dict[str, dict[str, _Endings]] = {}
        for (words, marks), key in self._phrases.items():
            if len(words) == 1:
                single.setdefault(words[0], []).append((marks[0], key))
                continue
            two, more = longer.setdefault(words[0], {}).setdefault(words[1], ([], []))
            if len(words) == 2:
                two.append((marks[0], marks[1], key))
            else:
                more.append((words[2:], marks, key))
        return single, longer

    def begun(self, word: str, mark: str) -> Begun:
        """The phrases that a word with these marks is or begins."""
        alone = tuple(key for own, key in self._single.get(word, ()) if not own or not mark or own == mark)
        return Begun(alone, self._longer.get(word, NOTHING.longer))

    def _places(self) -> tuple[list[Bits], Bits]:
        """For each key the places of patterns that it may stand at, and the places that shorter patterns do not have.

        Of each pattern those places are asked at which something stands least often. The first of these of all patterns come first:
        most keys have small numbers.
        """
        free, needs = 0, [0] * len(self.lengths)
        for number, steps in enumerate(self.steps):
            choices = sorted((choice for _shifts, choice in steps), key=self._often)
            for at in range(self._asked):
                bit = 1 << (at * len(self.steps) + number)
                if at >= len(steps):
                    free |= bit
                    continue
                for key in choices[at]:
                    needs[key] |= bit
        return needs, free

    def _often(self, choice: _Choice) -> int:
        """How often what may stand at a place is met."""
        return sum(1 if self.lengths[key] > 1 else _WORD_IS_MET for key in choice)

    def words(self) -> frozenset[str]:
        """Every word that some pattern looks for."""
        return frozenset(word for words, _marks in self._phrases for word in words)

    def marked_words(self) -> frozenset[str]:
        """Every word that some pattern looks for with its marks, and those."""
        return frozenset(word + mark for phrase in self._phrases for word, mark in zip(*phrase, strict=True) if mark)

    def find(self, words: tuple[str, ...], marks: Sequence[str], begun: Sequence[Begun], things: Things) -> "Matches":
        """What of the patterns is in a text: its words, the marks of each, what each begins (`begun`), and its things."""
        known = self._things
        found = [*_of_more_words(words, marks, begun)]
        found += [
            (known[kind, end - place], place)
            for place, kinds in things.items()
            for kind, end in kinds
            if (kind, end - place) in known
        ]
        return self._matches(begun, found)

    def _matches(self, begun: Sequence[Begun], found: Sequence[tuple[_Key, int]]) -> "Matches":
        """What patterns may be in a text whose words begin so, and where `found` begin besides, in order for each key."""
        at = _masks(begun, found) if len(begun) <= _SHORT else _long_masks(begun, found)
        filled = reduce(or_, map(self._needs.__getitem__, at), self._free)
        count = len(self.steps)
        likely = filled & (1 << count) - 1
        for _ in range(1, self._asked):
            filled >>= count
            likely &= filled
        return Matches(self, likely, at)


def _masks(begun: Sequence[Begun], found: Iterable[tuple[_Key, int]]) -> dict[_Key, Bits]:
    """The places of each key."""
    at: dict[_Key, Bits] = {}
    here = 1
    for keys, _ in begun:
        for key in keys:
            if key in at:
                at[key] |= here
            else:
                at[key] = here
        here <<= 1
    for key, place in found:
        at[key] = at.get(key, 0) | 1 << place
    return at


# words of a text from which sets of places are not made by adding one to one, which is quicker in short texts
_SHORT = 500


def _long_masks(begun: Sequence[Begun], found: Iterable[tuple[_Key, int]]) -> dict[_Key, Bits]:
    at: dict[_Key, list[int]] = {}
    alone = ((key, place) for place, (keys, _) in enumerate(begun) for key in keys)
    for key, place in chain(alone, found):
        at.setdefault(key, []).append(place)
    return {key: bits(places) for key, places in at.items()}


def _of_more_words(words: tuple[str, ...], marks: Sequence[str], begun: Sequence[Begun]) -> Iterator[tuple[_Key, int]]:
    """The phrases of two words and more."""
    for place, phrases in enumerate(map(dict.get, map(_LONGER, begun), words[1:])):
        if not phrases:
            continue
        two, more = phrases
        first, second = marks[place], marks[place + 1]
        for one, other, key in two:
            if (not one or not first or one == first) and (not other or not second or other == second):
                yield key, place
        if more and place + 2 < len(words):
            yield from _longer(more, place, words, marks)


def _longer(
    phrases: list[_Ending], place: int, words: tuple[str, ...], marks: Sequence[str]
) -> Iterator[tuple[_Key, int]]:
    """Those of `phrases`, of three words and more, that begin at `place`."""
    third = words[place + 2]
    for rest, own, key in phrases:
        if rest[0] == third:
            end = place + 2 + len(rest)
            if words[place + 2 : end] == rest and _agree(own, marks[place:end]):
                yield key, place


def _agree(marks: Sequence[str], written: Sequence[str]) -> bool:
    """Whether the marks of a phrase are those of a text, where both write any."""
    return all(one == other or not (one and other) for one, other in zip(marks, written, strict=True))


class Matches:
    """Where patterns stand in one text. Words are told by their places, sets of them by bits."""

    def __init__(self, matcher: Matcher, likely: Bits, at: Mapping[_Key, Bits]) -> None:
        self.likely = likely  # the patterns that have something for each of their places, in whatever order
        self._steps, self._backwards, self._lengths = matcher.steps, matcher.backwards, matcher.lengths
        self._at, self._found = at, frozenset(at)

    def starts(self, pattern: int) -> Bits:
        """The first words of a pattern, wherever it stands."""
        at, found, lengths = self._at, self._found, self._lengths
        near: Bits = -1
        here: Bits = 0
        for shifts, choice in self._backwards[pattern]:
            here = 0
            for key in found & choice:
                here |= at[key] & near >> lengths[key]
            if not here:
                return 0
            near = here
            for far in shifts:
                near |= near >> far
        return here

    def ends(self, pattern: int, starts: Bits) -> Bits:
        """The places after a pattern that begins at one of `starts`."""
        at, found, lengths = self._at, self._found, self._lengths
        here: Bits = starts
        for shifts, choice in self._steps[pattern]:
            near = here
            for far in shifts:
                near |= near << far
            here = 0
            for key in found & choice:
                here |= (at[key] & near) << lengths[key]
        return here


def _shifts(gap: int) -> tuple[int, ...]:
    """By how many words a set is shifted, one after the other, and put together with itself, to hold all within a gap too."""
    shifts: list[int] = []
    while (left := gap - sum(shifts)) > 0:
        shifts.append(min(left, sum(shifts) + 1))
    return tuple(shifts)


_FEW = 32
_NARROW = 2_000  # bits of a set from which numbers are taken one by one: quicker where few are in it


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


def first(mask: Bits) -> int:
    """The least number in a set that is not empty."""
    return (mask & -mask).bit_length() - 1


def ones(mask: Bits) -> Iterator[int]:
    """The numbers in a set, the least first."""
    if mask.bit_length() <= _NARROW:
        while mask:
            least = mask & -mask
            yield least.bit_length() - 1
            mask ^= least
        return
    row = bin(mask)[:1:-1]
    place = row.find("1")
    while place >= 0:
        yield place
        place = row.find("1", place + 1)
