"""Writing tables as an Excel workbook: real numbers, frozen heads, ready to print on A4. No text ever becomes a formula."""

import io
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import accumulate

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lachan.engine.layout.document import Cell, Column, GroupRow, Row, Table
from lachan.engine.layout.plan import GridCell
from lachan.engine.layout.rules import decree30
from lachan.engine.layout.tables import head
from lachan.engine.layout.words import clean

_NAME_LIMIT = 31
_CELL_LIMIT = 32_767
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
# Files carry no clock: the day the decree took effect stands for every workbook's making.
MADE = datetime(2020, 3, 5)  # noqa: DTZ001  Excel knows no time zone
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table on its own sheet: the sheet's name, lines above the table (the first bold), whether it prints wide."""

    name: str
    table: Table
    title: tuple[str, ...] = ()
    landscape: bool = False


def to_xlsx(sheets: tuple[SheetTable, ...]) -> bytes:
    """Write each table on a sheet of its own. The same tables give the same bytes.

    Figures are numbers with the thousands mark of the reader's own Excel (1.250 in Vietnamese); a missing figure is an
    empty cell. Text is always text, whatever it begins with. Raises ValueError when there is no table.
    """
    if not sheets:
        raise ValueError("A workbook needs at least one table")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": MADE})
    looks = _Looks(book)
    taken: set[str] = set()
    for sheet in sheets:
        _Writer(book.add_worksheet(_sheet_name(sheet.name, taken)), looks, sheet).write()
    book.close()
    return out.getvalue()


def _sheet_name(wish: str, taken: set[str]) -> str:
    """Give a name Excel takes: at most 31 letters, none of []:*?/\\', unlike the others whatever the case."""
    base = clean(wish.translate(_FORBIDDEN))[:_NAME_LIMIT].strip() or "Bảng"
    name, at = base, 2
    while name.casefold() in taken:
        tail = f" ({at})"
        name, at = base[: _NAME_LIMIT - len(tail)] + tail, at + 1
    taken.add(name.casefold())
    return name


class _Looks:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **wish: object) -> Format:
        key = tuple(sorted(wish.items()))
        if key not in self._made:
            common = {"font_name": decree30().font, "font_size": 12, "valign": "vcenter"}
            self._made[key] = self._book.add_format(common | wish)
        return self._made[key]


class _Writer:
    """Writes one sheet from the top down."""

    def __init__(self, page: Worksheet, looks: _Looks, sheet: SheetTable) -> None:
        self.page = page
        self.looks = looks
        self.sheet = sheet
        self.columns = sheet.table.columns
        self.at = 0

    def write(self) -> None:
        """Write title, head, rows and total, then set up the page."""
        last = len(self.columns) - 1
        for at, line in enumerate((*self.sheet.title, *filter(None, [self.sheet.table.caption]))):
            self._across(clean(line), last, bold=at == 0, align="center", text_wrap=True)
        if self.sheet.table.unit_note:
            self._across(clean(self.sheet.table.unit_note), last, italic=True, align="right")
        first = self.at
        self._head()
        under_head = self.at
        for row in self.sheet.table.rows:
            self._row(row)
        if self.sheet.table.total:
            self._row(Row(self.sheet.table.total.cells, bold=True))
        self._page(first, under_head, last)

    def _across(self, text: str, last: int, **look: object) -> None:
        form = self.looks(**look)
        if last > 0:
            self.page.merge_range(self.at, 0, self.at, last, "", form)
        self.page.write_string(self.at, 0, text[:_CELL_LIMIT], form)
        self.at += 1

    def _head(self) -> None:
        form = self.looks(bold=True, align="center", text_wrap=True, border=1)
        rows = head(self.columns)
        for level, cells in enumerate(rows):
            starts = accumulate((cell.across for cell in cells), initial=0)
            for cell, column in zip(cells, starts, strict=False):
                self._head_cell(cell, self.at + level, column, form)
        self.at += len(rows)

    def _head_cell(self, cell: GridCell, row: int, column: int, form: Format) -> None:
        if not cell.down:
            return
        if cell.down > 1 or cell.across > 1:
            self.page.merge_range(row, column, row + cell.down - 1, column + cell.across - 1, "", form)
        self.page.write_string(row, column, cell.text, form)

    def _row(self, row: Row | GroupRow) -> None:
        if isinstance(row, GroupRow):
            self._across(clean(row.text), len(self.columns) - 1, bold=True, border=1)
            return
        for at, (column, value) in enumerate(zip(self.columns, row.cells, strict=True)):
            self._value(at, column, value, bold=row.bold)
        self.at += 1

    def _value(self, at: int, column: Column, value: Cell, *, bold: bool) -> None:
        if value is None:
            self.page.write_blank(self.at, at, None, self.looks(border=1))
        elif isinstance(value, str):
            align = {"index": "center", "number": "right"}.get(column.kind, "left")
            form = self.looks(border=1, align=align, text_wrap=True, bold=bold)
            self.page.write_string(self.at, at, clean(value)[:_CELL_LIMIT], form)
        else:
            form = self.looks(border=1, align="right", bold=bold, num_format=_pattern(value))
            self.page.write_number(self.at, at, float(value) if isinstance(value, Decimal) else value, form)

    def _page(self, first: int, under_head: int, last: int) -> None:
        page, rules = self.page, decree30()
        for at, width in enumerate(self._widths()):
            page.set_column(at, at, width)
        page.freeze_panes(under_head, 2 if self.columns[0].kind == "index" and last > 1 else 1)
        page.repeat_rows(first, under_head - 1)
        page.set_paper(9)  # A4
        if self.sheet.landscape:
            page.set_landscape()
        left, right, top, bottom = (rules.margins[side].use / 25.4 for side in ("left", "right", "top", "bottom"))
        page.set_margins(left=left, right=right, top=top, bottom=bottom)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.set_header('&C&"Times New Roman"&13&P', {"margin": rules.page["header_distance"] / 25.4})
        page.print_area(0, 0, max(self.at - 1, 0), last)

    def _widths(self) -> list[float]:
        widths = [max(6.0, min(len(column.label) * 1.1, 14.0)) for column in self.columns]
        for row in self.sheet.table.rows:
            if isinstance(row, Row):
                for at, value in enumerate(row.cells):
                    widths[at] = max(widths[at], min(len(str(value if value is not None else "")) * 1.15 + 2, _WIDEST))
        return widths


def _pattern(value: int | Decimal) -> str:
    """Give the number format that shows a value with the decimals it has."""
    if isinstance(value, int):
        return "#,##0"
    places = max(-int(value.as_tuple().exponent), 0) if value.is_finite() else 0
    return "#,##0." + "0" * places if places else "#,##0"
