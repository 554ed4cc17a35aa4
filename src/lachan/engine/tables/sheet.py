"""What a table is, whatever file it came in."""

from dataclasses import dataclass
from enum import StrEnum


class Remark(StrEnum):
    """What a person should be told of a cell."""

    MERGED = "merged"  # the value stands in a merged cell above and counts here too
    FORMULA = "formula"  # a formula; the value is the one the file keeps
    NO_RESULT = "no_result"  # a formula whose result the file does not keep
    FAULT = "fault"  # the spreadsheet itself shows a fault, such as #REF!


@dataclass(frozen=True, slots=True)
class Cell:
    """What is written in one cell, as text."""

    text: str = ""
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row with something in it; `number` is its number in the file."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def at(self, column: int) -> Cell:
        """The cell of a column; an empty one beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else Cell()


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or a CSV file."""

    name: str
    lines: tuple[Line, ...]
