"""Wordings kept so that those which may be copies of a new one are found at a cost that does not grow with how many are kept."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import islice
from typing import Any

from lachan.engine.similar.saving import packed, unpacked
from lachan.engine.similar.sketch import BANDS, bands, whole

_NONE = 0xFFFFFFFF
DEEPEST = 16
"""So many wordings, the latest, are looked at for each number that is shared."""
_STEPS = range(2 * DEEPEST)
MOST_COMPARED = 8
"""So many wordings, those that share most, are offered for comparison."""


class Table:
    """Entries, numbered from 0 on in order, each found by `each` numbers of 32 bits."""

    def __init__(self, each: int) -> None:
        self._each = each
        self._heads = array("I", [_NONE]) * 64
        self.marks = array("I")  # of all entries, one behind the other
        self._nexts = array("I")

    def put(self, marks: list[int]) -> list[int]:
        """Put the next entry under its marks; the entries before it with one of them, of each mark the latest `DEEPEST`."""
        self.marks.fromlist(marks)
        if len(self.marks) > len(self._heads):
            self._grow(len(self._heads) * 2)
        heads, nexts, last = self._heads, self._nexts, len(self._heads) - 1
        found: list[int] = []
        for at, mark in enumerate(marks, len(nexts)):
            slot = mark & last
            first = heads[slot]
            if first != _NONE:
                found += self._along(first, mark)
            nexts.append(first)
            heads[slot] = at
        return found

    def find(self, mark: int) -> list[int]:
        """The entries under `mark`, the latest `DEEPEST` of them."""
        return self._along(self._heads[mark & (len(self._heads) - 1)], mark)

    def _along(self, at: int, mark: int) -> list[int]:
        found = []
        marks, nexts, each = self.marks, self._nexts, self._each
        for _step in _STEPS:
            if at == _NONE:
                break
            if marks[at] == mark:
                found.append(at // each)
            at = nexts[at]
        return found[:DEEPEST]

    @classmethod
    def load(cls, each: int, text: str) -> Table:
        """With the entries whose marks, packed, are `text`."""
        table = cls(each)
        table.marks = unpacked("I", text)
        table._nexts = array("I", table.marks)
        table._grow(1 << max(6, (len(table.marks) - 1).bit_length()))
        return table

    def _grow(self, size: int) -> None:
        heads, nexts = array("I", [_NONE]) * size, self._nexts
        for at, mark in enumerate(islice(self.marks, len(nexts))):
            slot = mark & (size - 1)
            nexts[at] = heads[slot]
            heads[slot] = at
        self._heads = heads


class Nearby:
    """Wordings, numbered from 0 on."""

    def __init__(self) -> None:
        self._words = array("I")  # all wordings, one behind the other
        self._ends = array("Q", [0])
        self._table = Table(1 + BANDS)

    def __getitem__(self, number: int) -> array[int]:
        return self._words[self._ends[number] : self._ends[number + 1]]

    def same(self, wording: array[int]) -> int | None:
        """The number of the very same wording, where it is kept."""
        return next((one for one in self._table.find(whole(wording)) if self[one] == wording), None)

    def add(self, wording: array[int]) -> list[int]:
        """Keep a wording that is not kept yet. Gives those that may be its copies, likelier ones first."""
        found = self._table.put([whole(wording), *bands(wording)])
        self._words.extend(wording)
        self._ends.append(len(self._words))
        times = Counter(found)
        return sorted(times, key=times.__getitem__, reverse=True)[:MOST_COMPARED]

    def state(self) -> dict[str, Any]:
        """Everything, as plain values, for `load`."""
        return {"words": packed(self._words), "ends": packed(self._ends), "marks": packed(self._table.marks)}

    @classmethod
    def load(cls, state: dict[str, Any]) -> Nearby:
        """As they were when `state` was taken."""
        nearby = cls()
        nearby._words, nearby._ends = unpacked("I", state["words"]), unpacked("Q", state["ends"])
        nearby._table = Table.load(1 + BANDS, state["marks"])
        return nearby
