"""Writing a form as a protected workbook: one page to fill in and print, and a sheet of its own for each list."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from lachan.engine.answers import Kind
from lachan.engine.layout.xlsx import MADE
from lachan.engine.offline_form.cells import Cell, Choices, rule_of
from lachan.engine.offline_form.form import Ask, Block, Grid, GridRow, OfflineForm, blocks
from lachan.engine.offline_form.lists import list_sheet
from lachan.engine.offline_form.looks import ACCENT, SHADE, SOFT, Looks, on_paper, put
from lachan.engine.offline_form.marks import ANSWER, INDEX, LABEL, LIST, MARKS, WORDS
from lachan.engine.offline_form.page import ANSWER_WIDTH, WIDTHS, Rows
from lachan.engine.offline_form.stamp import sealed, stamp_of

_PER_CELL = 30_000  # characters; a cell holds 32,767


def to_xlsx(form: OfflineForm, secret: bytes) -> bytes:
    """The form as a workbook that `read_filled` reads back. Only answers can be typed into; the same form gives the same bytes."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": form.title, "subject": form.unit, "created": MADE})
    lists = [ask for ask in form.asks() if ask.kind is Kind.ROWS]
    first = book.add_worksheet("Biểu mẫu")
    sheets = [book.add_worksheet(f"Danh sách {at}") for at in range(1, len(lists) + 1)]
    hidden = book.add_worksheet("Khóa")
    looks, choices = Looks(book), Choices(hidden)
    page = Page(first, looks, form, choices)
    page.write()
    for sheet, ask in zip(sheets, lists, strict=True):
        list_sheet(sheet, looks, choices, form, ask)
    words = sealed(stamp_of(form, [*page.marks, *(f"{LIST}{ask.key}" for ask in lists)]), secret)
    for at in range(0, len(words), _PER_CELL):
        hidden.write_string(at // _PER_CELL, 0, words[at : at + _PER_CELL])
    hidden.protect()
    hidden.very_hidden()
    book.close()
    return out.getvalue()


class Page(Rows):
    """The page: head, sections, room to sign."""

    def write(self) -> None:
        """Head, sections, room to sign; then the page itself."""
        self._head()
        for section in self.form.sections:
            if section.title:
                self.at += 1
                self.across(section.title, size=13, bold=True)
            for block in blocks(section):
                self._block(block)
        self._signing()
        self._set_up()

    def _head(self) -> None:
        self.across(self.form.title.upper(), size=14, bold=True, align="center")
        for name, value in (("Đơn vị báo cáo", self.form.unit), *self.form.facts):
            self.named(name, value)
        told = (
            "Chỉ điền vào các ô nền vàng. Chưa có số liệu thì để trống; không phát sinh thì ghi 0. "
            "Điền xong, lưu tệp (giữ định dạng XLSX) rồi đưa lên trang báo cáo của đơn vị."
        )
        self.across(told, italic=True, font_color=SOFT)

    def _block(self, block: Block) -> None:
        if block.grid:
            self._grid(block.grid)
        elif block.kind == "numbers":
            self._numbers(block.asks)
        elif block.kind == "words":
            self._words(block.asks[0])
        else:
            self._list(block.asks[0])

    def _grouped_heads(self, grid: Grid, sums: Sequence[str]) -> None:
        """Two rows of heads: the headings merged over their columns, and what has no heading merged down."""
        form, below = self.looks.head(), self.at + 1
        over = [("", 1), ("", 1), *grid.over, *(("", 1) for _sum in sums)]
        heads = ("STT", "Nội dung", *grid.heads, *sums)
        column = INDEX
        for group, across in over:
            names = heads[column - INDEX : column - INDEX + across]
            if not group:
                self.page.merge_range(self.at, column, below, column, names[0], form)
            elif across > 1:
                self.page.merge_range(self.at, column, self.at, column + across - 1, group, form)
            else:
                self.page.write_string(self.at, column, group, form)
            for at, name in enumerate(names if group else (), start=column):
                self.page.write_string(below, at, name, form)
            column += across
        self.tall(max((group for group, _across in over), key=len), 2 * ANSWER_WIDTH)
        self.tall(max(heads, key=len), ANSWER_WIDTH - 2)

    def _numbers(self, asks: Sequence[Ask]) -> None:
        self.heads(("STT", "Nội dung", "Số liệu", "Đơn vị tính"))
        for number, ask in enumerate(asks, start=1):
            self.mark(ask.key)
            self.page.write_number(self.at, INDEX, number, self.looks.told(align="center"))
            self.told(ask)
            self.answer(ANSWER, ask)
            self.page.write_string(self.at, ANSWER + 1, ask.counted_in, self.looks.told(align="center"))
            self.tall(_lines(ask), WIDTHS[LABEL])
        self.at += 1

    def _grid(self, grid: Grid) -> None:
        self.across(grid.title, bold=True)
        if grid.help_text:
            self.across(grid.help_text, italic=True, size=10, font_color=SOFT)
        sums = ("Cộng",) if grid.sum_column else ()
        if grid.groups:
            self._grouped_heads(grid, sums)
        else:
            self.heads(("STT", "Nội dung", *grid.heads, *sums))
        first, end = self.at, ANSWER + len(grid.heads) - 1
        for number, row in enumerate(grid.rows, start=1):
            if row.group:
                form = self.looks.told(bold=True, bg_color=SHADE)
                self.page.merge_range(self.at, INDEX, self.at, end + grid.sum_column, row.group, form)
                self.tall(row.group, self.room())
            self._grid_row(number, row, summed=grid.sum_column)
        if grid.sum_row:
            self._sum_row(grid, first)
        self.at += 1

    def _grid_row(self, number: int, row: GridRow, *, summed: bool) -> None:
        self.mark("|".join(cell.key if cell else "" for cell in row.cells))
        self.page.write_number(self.at, INDEX, number, self.looks.told(align="center"))
        self.page.write_string(self.at, LABEL, row.label, self.looks.told())
        for column, cell in enumerate(row.cells, start=ANSWER):
            if cell:
                self.answer(column, cell)
            else:
                self.page.write_blank(self.at, column, None, self.looks.told(bg_color=SHADE))
        if summed:
            end = ANSWER + len(row.cells)
            self.sum(end, xl_range(self.at, ANSWER, self.at, end - 1), row.cells)
        self.tall(row.label, WIDTHS[LABEL])

    def _sum_row(self, grid: Grid, first: int) -> None:
        self.page.merge_range(self.at, INDEX, self.at, LABEL, "Tổng cộng", self.looks.told(bold=True, align="center"))
        columns = [[row.cells[at] for row in grid.rows] for at in range(len(grid.heads))]
        for column, cells in enumerate(columns, start=ANSWER):
            self.sum(column, xl_range(first, column, self.at - 1, column), cells)
        if grid.sum_column:
            every = [cell for cells in columns for cell in cells]
            end = ANSWER + len(grid.heads)
            self.sum(end, xl_range(first, ANSWER, self.at - 1, end - 1), every)
        self.tall("Tổng cộng", WIDTHS[LABEL])

    def _words(self, ask: Ask) -> None:
        self.across(ask.text, bold=True)
        if ask.help_text:
            self.across(ask.help_text, italic=True, size=10, font_color=SOFT)
        self.mark(f"{WORDS}{ask.key}")
        look, answer = self.looks.open(Kind.TEXT, valign="top"), self.form.answer(ask)
        self.page.merge_range(self.at, INDEX, self.at, self.last, "", look)
        put(self.page, (self.at, INDEX), Cell(Kind.TEXT, answer), look)
        if rule := rule_of(ask, self.choices):
            self.page.data_validation(self.at, INDEX, self.at, INDEX, rule)
        self.tall(answer, self.room(), least=20 if ask.choices else 86)

    def _list(self, ask: Ask) -> None:
        lists = [one for one in self.form.asks() if one.kind is Kind.ROWS]
        name = f"Danh sách {lists.index(ask) + 1}"
        self.across(ask.text, bold=True)
        look = self.looks(font_color=ACCENT, underline=1)
        self.page.merge_range(self.at, INDEX, self.at, self.last, "", look)
        where = xl_rowcol_to_cell(0, INDEX)
        self.page.write_url(self.at, INDEX, f"internal:'{name}'!{where}", look, f"Điền ở trang “{name}” của tệp này")
        self.at += 1

    def _signing(self) -> None:
        self.at += 1
        form = self.looks(bold=True, align="center")
        self.page.merge_range(self.at, INDEX, self.at, LABEL, "NGƯỜI LẬP BIỂU", form)
        self.page.merge_range(self.at, ANSWER, self.at, self.last, "THỦ TRƯỞNG ĐƠN VỊ", form)
        self.at += 1
        form = self.looks(italic=True, align="center")
        self.page.merge_range(self.at, INDEX, self.at, LABEL, "(Ký, ghi rõ họ tên)", form)
        self.page.merge_range(self.at, ANSWER, self.at, self.last, "(Ký tên, đóng dấu)", form)
        self.at += 5

    def _set_up(self) -> None:
        self.page.set_column(MARKS, MARKS, WIDTHS[MARKS], None, {"hidden": True})
        self.page.set_column(INDEX, INDEX, WIDTHS[INDEX])
        self.page.set_column(LABEL, LABEL, WIDTHS[LABEL])
        self.page.set_column(ANSWER, self.last, ANSWER_WIDTH)
        on_paper(self.page, self.form, landscape=self.last - LABEL > 4)
        self.page.print_area(0, INDEX, self.at, self.last)
        self.page.protect("", {"format_rows": True, "format_columns": True})


def _lines(ask: Ask) -> str:
    return f"{ask.text}\n{ask.help_text}" if ask.help_text else ask.text
