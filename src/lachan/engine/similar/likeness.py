"""Whether two wordings are copies of one text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

ALIKE = 0.62
"""From here on two wordings are one: mean of the Dice coefficients of their words and of their pairs of words."""
ALIKE_WITH_MORE = 0.7
"""From here on where more than `MOST_CHANGED` in a row was put in or left out."""
FEWEST = 4
"""With fewer words only the same words are alike."""
MOST_CHANGED = 5
"""Pairs of words in a row that may have changed in both: beyond, something else is said in the same frame."""
MOST_ADDED = 9
"""Pairs of words in a row that may have been put in or left out: beyond, it is another text that holds this one, such as advice."""


class Shape:
    """A wording, ready to be compared with many."""

    __slots__ = ("pairs", "sequence", "words")

    def __init__(self, wording: Sequence[int]) -> None:
        self.sequence = wording
        self.words = frozenset(wording)
        self.pairs = frozenset(pairwise(wording))

    def likeness(self, wording: Sequence[int]) -> float:
        """How alike the other wording is, 0 to 1; 0 where the two are not copies of one text. Symmetric."""
        if len(self.sequence) < FEWEST or len(wording) < FEWEST:
            return float(self.sequence == wording)
        words = set(wording)
        shared = len(self.words & words)
        near = shared / (len(self.words) + len(words))
        most = shared + len(wording) - len(words) - 1  # pairs that so many shared words, some of them twice, can make
        if near + most / (len(self.pairs) + len(words) - 1) < ALIKE:  # whatever their pairs: those of most take long
            return 0.0
        pairs = set(pairwise(wording))
        near += len(self.pairs & pairs) / (len(self.pairs) + len(pairs))
        if near < ALIKE:
            return 0.0
        here, there = _longest_run(self.sequence, pairs), _longest_run(wording, self.pairs)
        if max(here, there) <= MOST_CHANGED:
            return near
        put_in = min(here, there) <= MOST_CHANGED and max(here, there) <= MOST_ADDED
        return near if put_in and near >= ALIKE_WITH_MORE else 0.0


def _longest_run(wording: Sequence[int], others: frozenset[tuple[int, int]] | set[tuple[int, int]]) -> int:
    """The most pairs in a row that the other wording does not have."""
    longest = run = 0
    for pair in pairwise(wording):
        run = 0 if pair in others else run + 1
        longest = max(longest, run)
    return longest
