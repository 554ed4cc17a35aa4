"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Was(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    LEFT_OUT = "left out"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what became of it."""

    text: str
    was: Was


def by_word(before: str, after: str) -> list[Piece]:
    """The pieces in order: those kept and left out make `before`, those kept and added make `after`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for _tag, from_, to, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[from_:to]), "".join(new[from_new:to_new])
        pieces += [Piece(gone, Was.KEPT)] if gone == come else [Piece(gone, Was.LEFT_OUT), Piece(come, Was.ADDED)]
    return [piece for piece in pieces if piece.text]
