"""Rows as they are written, and what is wrong with their cells by themselves."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lachan.engine.tables import Cell, Line, Remark
from lachan.engine.unit_list.columns import Field
from lachan.engine.unit_list.verdicts import Fault, FaultCode

_LONGEST = {
    Field.CODE: 40,
    Field.PHONE: 40,
    Field.SYMBOL: 40,
    Field.EMAIL: 254,
    Field.PERSON_EMAIL: 254,
    Field.ADDRESS: 300,
}
_LONGEST_OTHER = 200
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_ONE_PHONE = r"\+?[\d\s.()/-]{6,}"
_PHONE = re.compile(rf"{_ONE_PHONE}(?:[;,]\s*{_ONE_PHONE})*")
_SHAPES = {
    Field.EMAIL: (_EMAIL, FaultCode.BAD_EMAIL),
    Field.PERSON_EMAIL: (_EMAIL, FaultCode.BAD_EMAIL),
    Field.PHONE: (_PHONE, FaultCode.BAD_PHONE),
}
_CANNOT_BE_USED = {Remark.NO_RESULT: FaultCode.NO_RESULT, Remark.FAULT: FaultCode.SHEET_FAULT}


@dataclass(frozen=True)
class Row:
    """A row as written. An empty cell says nothing: what is there stays."""

    line: Line
    cells: Mapping[Field, Cell]

    @property
    def number(self) -> int:
        return self.line.number

    def text(self, field: Field) -> str:
        """What a cell says; nothing when it cannot be used."""
        return "" if self.is_unusable(field) else self.cells[field].text if field in self.cells else ""

    def is_unusable(self, field: Field) -> bool:
        """A formula without its result, or a fault of the spreadsheet."""
        return field in self.cells and self.cells[field].remark in _CANNOT_BE_USED


def cell_faults(row: Row) -> Iterator[Fault]:
    """What is wrong with cells by themselves."""
    if not row.text(Field.NAME) and not row.is_unusable(Field.NAME):
        yield Fault(Field.NAME, FaultCode.NO_NAME)
    if row.text(Field.PERSON_EMAIL) and not row.text(Field.PERSON):
        yield Fault(Field.PERSON, FaultCode.PERSON_UNNAMED)
    for field, cell in row.cells.items():
        if cell.remark in _CANNOT_BE_USED:
            yield Fault(field, _CANNOT_BE_USED[cell.remark], cell.text)
        elif len(cell.text) > (limit := _LONGEST.get(field, _LONGEST_OTHER)):
            yield Fault(field, FaultCode.TOO_LONG, cell.text[:40], str(limit))
        elif cell.text and field in _SHAPES and not _SHAPES[field][0].fullmatch(cell.text):
            yield Fault(field, _SHAPES[field][1], cell.text)
