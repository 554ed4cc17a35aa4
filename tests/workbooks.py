"""Workbooks made for tests, as officers make them."""

import io
from collections.abc import Callable, Sequence

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ("Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Đơn vị cấp trên")


def workbook(
    rows: Sequence[Sequence[object]],
    headings: Sequence[str] = HEADINGS,
    touch: Callable[[Worksheet], object] | None = None,
) -> bytes:
    """One sheet with headings and rows; `touch` merges, hides or writes formulas before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (headings, *rows):
        sheet.append(list(row))
    if touch:
        touch(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_a_formula(result: str, kind: str = "thpt") -> bytes:
    """A workbook whose one name is a formula, with the result that a spreadsheet keeps beside it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, ["", "", kind, ""])
    sheet.write_formula(1, 1, '="x"', None, result)
    book.close()
    return out.getvalue()
