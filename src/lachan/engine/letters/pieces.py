"""The text cut into pieces: lines, or the cells of a line where columns were flattened into it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lachan.engine.letters.found import Span
from lachan.engine.letters.source import CELL_BREAK, Source

_LINE = re.compile(r"[^\n]+")
_GAP = re.compile(rf"[|\t{CELL_BREAK}]+|[ ]{{3,}}")
_WORDLESS = re.compile(r"[\W_]*")


@dataclass(frozen=True)
class Piece:
    """A stretch of one line, trimmed. `line` counts lines with text in them; `column` is its place among the line's pieces."""

    start: int
    end: int
    line: int
    column: int
    text: str
    bare: str
    gap_before: bool = False  # an empty line stands before

    @cached_property
    def upper(self) -> bool:
        """Written in capitals, up to a slip or two."""
        big = sum(c.isupper() for c in self.text)
        small = sum(c.islower() for c in self.text)
        return big >= 2 and small <= big // 8

    @property
    def span(self) -> Span:
        return self.start, self.end


def pieces(src: Source, cuts: Sequence[Span] = ()) -> list[Piece]:
    """The pieces in reading order, without what `cuts` took away, without rules and lone marks."""
    found: list[Piece] = []
    line, last_end, next_cut = -1, 0, 0
    ordered = sorted(cuts)
    for match in _LINE.finditer(src.text):
        while next_cut < len(ordered) and ordered[next_cut][1] <= match.start():
            next_cut += 1
        before = len(found)
        gap = src.text.count("\n", last_end, match.start()) > 1
        column, last = -1, match.start()
        line += 1
        for start, end in _stretches(src.text, match.span(), ordered, next_cut):
            if column >= 0 and "|" not in src.text[last:start] and CELL_BREAK in src.text[last:start]:
                line += 1
            else:
                column += 1
            found.append(Piece(start, end, line, column, src.text[start:end], src.bare[start:end], gap))
            last = end
        if len(found) > before or match[0].strip():
            last_end = match.end()
        else:
            line -= 1
    return found


def _stretches(text: str, line: Span, cuts: Sequence[Span], first: int) -> Iterator[Span]:
    at, end = line
    for cut_start, cut_end in _within(cuts, first, line):
        yield from _cells(text, at, max(at, cut_start))
        at = max(at, cut_end)
    yield from _cells(text, at, end)


def _within(cuts: Sequence[Span], first: int, line: Span) -> Iterator[Span]:
    for place in range(first, len(cuts)):
        if cuts[place][0] >= line[1]:
            return
        yield cuts[place]


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for gap in _GAP.finditer(text, start, end):
        yield from _trimmed(text, at, gap.start())
        at = gap.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start and not _WORDLESS.fullmatch(text, start, end):
        yield start, end
