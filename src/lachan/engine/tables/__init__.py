"""Tables that people bring, from a workbook or a CSV file, cell by cell with what must be said of each."""

from lachan.engine.tables.reading import read_sheets
from lachan.engine.tables.sheet import Cell, Line, Remark, Sheet
from lachan.engine.tables.unreadable import MOST_LINES, MOST_OCTETS, Reason, Unreadable

__all__ = ["MOST_LINES", "MOST_OCTETS", "Cell", "Line", "Reason", "Remark", "Sheet", "Unreadable", "read_sheets"]
