"""What stands in the cells of a filled file, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lachan.engine.offline_form.refusals import Said


class Trouble(StrEnum):
    """Why a cell says nothing that could be an answer."""

    DAY = "day"  # the spreadsheet made a day of what was typed
    NO_RESULT = "no_result"  # a formula whose result the file does not keep
    BROKEN = "broken"  # a formula that fails, such as #REF!


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell: where it stands, and its text."""

    place: Said
    text: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True)
class Found:
    """The cells of a file: by key, and of each list by row and column. What is absent from both has no cell in the file."""

    cells: Mapping[str, FoundCell] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Mapping[str, FoundCell]]] = field(default_factory=dict)
