"""Wordings kept so that those which may be copies of a new one are found at a cost that does not grow with how many are kept."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import Any

from lachan.engine.similar.likeness import FEWEST
from lachan.engine.similar.saving import packed, unpacked
from lachan.engine.similar.sketch import BANDS, bands, whole

_NONE = 0xFFFFFFFF
DEEPEST = 16
"""So many wordings, the latest, are looked at for each number that is shared."""
MOST_COMPARED = 24
"""So many wordings, those that share most, are offered for comparison."""


class Table:
    """By a number of 32 bits, the entries that were put under it, the latest first. Entries are numbered from 0 in order."""

    def __init__(self) -> None:
        self.heads = array("I", [_NONE]) * 64
        self.marks = array("I")
        self.nexts = array("I")

    def put(self, mark: int) -> list[int]:
        """Put the next entry under `mark`; the entries that were there before, the latest `DEEPEST` of them."""
        entry = len(self.nexts)
        if entry >= len(self.heads):
            self._grow(len(self.heads) * 2)
        slot = mark & (len(self.heads) - 1)
        first = self.heads[slot]
        self.nexts.append(first)
        self.heads[slot] = entry
        self.marks.append(mark)
        return [] if first == _NONE else self._along(first, mark)

    def find(self, mark: int) -> list[int]:
        """The entries under `mark`, the latest `DEEPEST` of them."""
        return self._along(self.heads[mark & (len(self.heads) - 1)], mark)

    def _along(self, at: int, mark: int) -> list[int]:
        found = []
        marks, nexts, steps = self.marks, self.nexts, 2 * DEEPEST
        while at != _NONE and steps:
            if marks[at] == mark:
                found.append(at)
            at = nexts[at]
            steps -= 1
        return found[:DEEPEST]

    @classmethod
    def load(cls, text: str) -> Table:
        """With the entries whose marks, packed, are `text`."""
        table = cls()
        table.marks = unpacked("I", text)
        table.nexts = array("I", table.marks)
        table._grow(1 << max(6, len(table.marks).bit_length()))
        return table

    def _grow(self, size: int) -> None:
        heads, nexts = array("I", [_NONE]) * size, self.nexts
        for entry, mark in enumerate(self.marks):
            slot = mark & (size - 1)
            nexts[entry] = heads[slot]
            heads[slot] = entry
        self.heads = heads


class Nearby:
    """Wordings, numbered from 0 on."""

    def __init__(self) -> None:
        self._words = array("I")  # all wordings, one behind the other
        self._ends = array("Q", [0])
        self._wholes = Table()
        self._bands = [Table() for _band in range(BANDS)]

    def __getitem__(self, number: int) -> array[int]:
        return self._words[self._ends[number] : self._ends[number + 1]]

    def same(self, wording: array[int]) -> int | None:
        """The number of the very same wording, where it is kept."""
        return next((one for one in self._wholes.find(whole(wording)) if self[one] == wording), None)

    def add(self, wording: array[int]) -> list[int]:
        """Keep a wording that is not kept yet. Gives those that may be its copies, likelier ones first."""
        mark = whole(wording)
        marks = bands(wording) if len(wording) >= FEWEST else [mark] * BANDS
        found: list[int] = []
        for table, band in zip(self._bands, marks, strict=True):
            found += table.put(band)
        self._wholes.put(mark)
        self._words.extend(wording)
        self._ends.append(len(self._words))
        return [number for number, _times in Counter(found).most_common(MOST_COMPARED)]

    def state(self) -> dict[str, Any]:
        """Everything, as plain values, for `load`."""
        tables = [packed(table.marks) for table in (self._wholes, *self._bands)]
        return {"words": packed(self._words), "ends": packed(self._ends), "tables": tables}

    @classmethod
    def load(cls, state: dict[str, Any]) -> Nearby:
        """As they were when `state` was taken."""
        nearby = cls()
        nearby._words, nearby._ends = unpacked("I", state["words"]), unpacked("Q", state["ends"])
        nearby._wholes, *nearby._bands = map(Table.load, state["tables"])
        return nearby
