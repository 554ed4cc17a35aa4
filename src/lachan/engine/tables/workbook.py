"""Reading an Excel workbook: merged cells, formulas and hidden rows are told, never guessed."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.cell import Cell as Written
from openpyxl.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lachan.engine.letters.files import archive as zips
from lachan.engine.letters.files import unreadable as files
from lachan.engine.tables.sheet import Cell, Line, Remark, Sheet
from lachan.engine.tables.unreadable import MOST_LINES, Reason, Unreadable

_MOST_XML = 40 * 10**6  # of one sheet, inflated: ten thousand rows of a dozen columns take a tenth of it
_MOST_COLUMNS = 60
_REASONS = {files.Reason.BOMB: Reason.BOMB, files.Reason.ENCRYPTED: Reason.OLD_OR_LOCKED}
_BROKEN = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    OverflowError,
    SyntaxError,
    zipfile.BadZipFile,
    InvalidFileException,
)  # fmt: skip - what openpyxl raises for files that are no workbooks within


def read_workbook(data: bytes) -> list[Sheet]:
    """The visible sheets. Raises `Unreadable` for what is no workbook, is damaged, or was made to fill the memory."""
    written, kept = open_workbook(data)
    try:
        return [
            Sheet(sheet.title, tuple(_lines(sheet, kept[sheet.title])))
            for sheet in written.worksheets
            if sheet.sheet_state == "visible"
        ]
    except _BROKEN:
        raise Unreadable(Reason.DAMAGED) from None


def open_workbook(data: bytes) -> tuple[Workbook, Workbook]:
    """The workbook with its formulas, and with the results that the file keeps of them. Raises `Unreadable`, as above."""
    _judge(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features it leaves out, such as the drop-downs of newer Excels
            return openpyxl.load_workbook(io.BytesIO(data)), openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except _BROKEN:
        raise Unreadable(Reason.DAMAGED) from None


def _judge(data: bytes) -> None:
    try:
        archive = zips.open_archive(data)
        parts = archive.namelist()
        if "xl/workbook.xml" not in parts:
            raise Unreadable(Reason.UNKNOWN)
        if any(part.endswith("vbaProject.bin") for part in parts):
            raise Unreadable(Reason.MACROS)
        if any(file.file_size > _MOST_XML for file in archive.infolist()):
            raise Unreadable(Reason.BOMB)
        for part in parts:
            if part.endswith((".xml", ".rels")):
                zips.xml(archive, part)  # refuses entities and broken XML
    except files.Unreadable as no:
        raise Unreadable(_REASONS.get(no.reason_code, Reason.DAMAGED)) from None


def _lines(written: Worksheet, kept: Worksheet) -> Iterator[Line]:
    if written.max_row > 2 * MOST_LINES:
        raise Unreadable(Reason.TOO_LONG)
    covering = _covering(written)
    for number in range(1, written.max_row + 1):
        cells = tuple(
            _cell(written, kept, covering.get((number, column), (number, column)), number)
            for column in range(1, min(written.max_column, _MOST_COLUMNS) + 1)
        )
        if any(cell.text or cell.remark for cell in cells):
            yield Line(number, cells, hidden=bool(written.row_dimensions[number].hidden))


def _covering(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place under the first cell of a merged range, in its column, that first cell."""
    return {
        (row, one.min_col): (one.min_row, one.min_col)
        for one in sheet.merged_cells.ranges
        for row in range(one.min_row + 1, min(one.max_row, sheet.max_row) + 1)
    }


def _cell(written: Worksheet, kept: Worksheet, place: tuple[int, int], number: int) -> Cell:
    cell, value = written.cell(*place), kept.cell(*place).value
    text = _text(value, cell)
    if cell.data_type == "f":
        return Cell(text, Remark.FORMULA) if value is not None else Cell("", Remark.NO_RESULT)
    if cell.data_type == "e":
        return Cell(text, Remark.FAULT)
    return Cell(text, Remark.MERGED if text and place[0] != number else None)


def _text(value: Any, cell: Written | MergedCell) -> str:
    """A value as the sheet shows it: whole numbers bare, with the zeros their format puts before; days as 18/11/2024."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and set(str(cell.number_format)) == {"0"}:
        return str(value).zfill(len(cell.number_format))
    return " ".join(str(value).split())
