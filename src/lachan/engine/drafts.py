"""Several people typing into one draft: each answer stands on its own, and no typed answer is ever lost.

A page says what it had shown when something was typed into it. Where nobody changed the answer in between, the new one replaces
it. Where somebody did, both are kept side by side until a person chooses. This is a three-way merge for each answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from lachan.engine.answers import unmistakable
from lachan.engine.vietnamese import read_number

REMEMBERED_PAGES = 40  # open pages whose last save is remembered; a late save of an older page merges like any other


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody typed as an answer. `page`: the open page it was typed in."""

    text: str
    by: int
    at: datetime
    page: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of the draft; more entries than one where people differ and nobody has chosen yet, the earliest first.

    `revision` is the draft's when the cell last changed.
    """

    revision: int = 0
    entries: tuple[Entry, ...] = ()

    @property
    def text(self) -> str:
        return self.entries[0].text if self.entries else ""

    @property
    def disputed(self) -> bool:
        return len(self.entries) > 1


def gathered(drafts: Sequence[Draft], sums: Mapping[str, bool]) -> Draft:
    """The drafts of units that became one, in one: nothing typed is lost.

    What one of them typed stands. Numbers that several typed are added up where they are answers to `sums` (key: whether it is a
    whole number); of other answers that differ all are kept side by side until a person chooses.
    """
    cells: dict[str, Cell] = {}
    for key in dict.fromkeys(key for draft in drafts for key in draft.cells):
        entries = [one for draft in drafts for one in draft.cells.get(key, Cell()).entries if one.text.strip()]
        numbers = [read_number(one.text, whole=sums.get(key, False)).value for one in entries]
        known = [number for number in numbers if number is not None]
        if key in sums and len(known) == len(entries) > 1:
            last = max(entries, key=lambda one: one.at)
            entries = [replace(last, text=unmistakable(sum(known, Decimal(0))))]
        kept = {one.text: one for one in reversed(entries)}
        if kept:
            cells[key] = Cell(1, tuple(sorted(kept.values(), key=lambda one: one.at)))
    return Draft(cells)


def mark_of(text: str) -> str:
    """A short mark by which a page remembers a text it has shown."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page had shown of an answer: as of which revision, and the mark of the text that stood in the control."""

    revision: int = 0
    mark: str = mark_of("")


@dataclass(frozen=True, slots=True)
class Page:
    """An open page that saves: its key, the how manieth save this is, and what it had shown.

    `seen` is None for one who types against the draft as it is now. `chosen`: answers settled on purpose, having been shown
    side by side.
    """

    key: str
    turn: int = 0
    seen: Mapping[str, Seen] | None = None
    chosen: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()  # names of checks not met whose answers the officer says are right


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers so far by key, and the last save of each page, the newest page last."""

    cells: Mapping[str, Cell] = field(default_factory=dict)
    turns: tuple[tuple[str, int], ...] = ()

    @property
    def revision(self) -> int:
        return max((cell.revision for cell in self.cells.values()), default=0)

    @property
    def texts(self) -> dict[str, str]:
        """What stands in each answer."""
        return {key: cell.text for key, cell in self.cells.items()}

    @property
    def disputed(self) -> list[str]:
        """Answers on which people differ."""
        return [key for key, cell in self.cells.items() if cell.disputed]


def merge(draft: Draft, texts: Mapping[str, str], page: Page, *, by: int, at: datetime) -> Draft:
    """The draft after a save of `page`. A save that a later one of the same page has overtaken changes nothing."""
    turns = dict(draft.turns)
    if page.turn < turns.pop(page.key, 0):
        return draft
    cells, revision = dict(draft.cells), draft.revision + 1
    for key, text in texts.items():
        before = cells.get(key, Cell())
        seen = Seen(before.revision, "") if page.seen is None else page.seen.get(key, Seen())
        entry = Entry(text, by, at, page.key)
        entries = _merged(before, entry, seen, chosen=key in page.chosen)
        if entries != before.entries:
            cells[key] = Cell(revision, entries)
    return Draft(cells, (*turns.items(), (page.key, page.turn))[-REMEMBERED_PAGES:])


def _merged(before: Cell, entry: Entry, seen: Seen, *, chosen: bool) -> tuple[Entry, ...]:
    knows_all = seen.revision == before.revision
    if chosen and knows_all:
        return (entry,)
    texts = [one.text for one in before.entries] or [""]
    mine = next((one for one in before.entries if one.page == entry.page), None)
    if mine and mine.text != entry.text:  # its author goes on typing, or comes round to what another wrote
        others = tuple(one for one in before.entries if one != mine)
        if entry.text in [one.text for one in others]:
            return others
        return tuple(entry if one == mine else one for one in before.entries)
    if entry.text in texts or (
        seen.mark and mark_of(entry.text) == seen.mark
    ):  # stands there already, or was only carried along
        return before.entries
    return (entry,) if knows_all else (*before.entries, entry) if before.entries else (entry,)


def as_json(draft: Draft) -> dict[str, Any]:
    """The draft as it is kept."""
    return {
        "cells": {
            key: [cell.revision, [[one.text, one.by, one.at.isoformat(), one.page] for one in cell.entries]]
            for key, cell in draft.cells.items()
        },
        "turns": draft.turns,
    }


def from_json(kept: Mapping[str, Any]) -> Draft:
    """The draft as it was kept."""
    cells = {
        key: Cell(revision, tuple(Entry(text, by, datetime.fromisoformat(at), page) for text, by, at, page in entries))
        for key, (revision, entries) in kept.get("cells", {}).items()
    }
    return Draft(cells, tuple((page, turn) for page, turn in kept.get("turns", ())))
