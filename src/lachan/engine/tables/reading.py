"""A file in, its sheets out: judged by what is in it, never by its name."""

import csv
import io

from lachan.engine.tables.sheet import Cell, Line, Sheet
from lachan.engine.tables.unreadable import MOST_LINES, MOST_OCTETS, Reason, Unreadable
from lachan.engine.tables.workbook import read_workbook

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"MZ", b"\x7fELF", b"GIF8", b"{\\rtf", b"<!DOCTYPE", b"<html")
_DELIMITERS = ",;\t"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 20


def read_sheets(data: bytes) -> list[Sheet]:
    """The visible sheets of a workbook, or the one table of a CSV file (comma, semicolon or tab; UTF-8 with or without mark).

    Lines without anything in them are left out. Raises `Unreadable`.
    """
    if len(data) > MOST_OCTETS:
        raise Unreadable(Reason.TOO_LARGE)
    if data.startswith(_OLE):
        raise Unreadable(Reason.OLD_OR_LOCKED)
    sheets = read_workbook(data) if data.startswith(_ZIP) else [_separated(data)]
    if not any(sheet.lines for sheet in sheets):
        raise Unreadable(Reason.EMPTY)
    if any(len(sheet.lines) > MOST_LINES + _LOOKED_AT for sheet in sheets):
        raise Unreadable(Reason.TOO_LONG)
    return sheets


def _separated(data: bytes) -> Sheet:
    text = _decoded(data)
    delimiter = max(_DELIMITERS, key=lambda mark: _columns(text, mark))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = []
    try:
        for row in reader:
            cells = tuple(Cell(" ".join(part.split())) for part in row)
            if any(cell.text for cell in cells):
                lines.append(Line(reader.line_num, cells))
    except csv.Error:
        raise Unreadable(Reason.DAMAGED) from None
    return Sheet("CSV", tuple(lines))


def _decoded(data: bytes) -> str:
    if data.startswith(_OTHERS):
        raise Unreadable(Reason.UNKNOWN)
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(Reason.UNKNOWN if b"\0" in data else Reason.ENCODING) from None
    if "\0" in text:
        raise Unreadable(Reason.UNKNOWN)
    return text


def _columns(text: str, delimiter: str) -> int:
    """How many cells the first lines have when cut at `delimiter`."""
    first = text.splitlines()[:_LOOKED_AT]
    try:
        return sum(len(row) for row in csv.reader(first, delimiter=delimiter))
    except csv.Error:
        return 0
