"""Writing a table as CSV."""

import csv
import io

from lachan.engine.layout.document import Cell, Row, Table
from lachan.engine.layout.tables import written

_FORMULA_BEGINS = ("=", "+", "-", "@", "\t")


def to_csv(table: Table) -> bytes:
    """A table as CSV that Excel opens rightly: UTF-8 with its mark; whole numbers bare, missing ones empty.

    Words that a spreadsheet would take for a formula get an apostrophe before them.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_plain(column.label) for column in table.columns])
    for row in table.rows:
        if isinstance(row, Row):
            writer.writerow([_plain(cell) for cell in row.cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    return written(cell).replace(".", "")


def harmless(text: str) -> str:
    """Words that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_BEGINS) else text
