"""How the sheets of the workbook look, on the screen and on paper."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lachan.engine.answers import Kind
from lachan.engine.layout.rules import decree30
from lachan.engine.offline_form.cells import Cell
from lachan.engine.offline_form.form import OfflineForm

INK, SOFT, LINE, FILL, SHADE, ACCENT = "#14202B", "#44525E", "#8A97A1", "#FFF8E1", "#EEF1F3", "#0B5F6B"


class Looks:
    """The formats of the workbook, made when first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **wish: object) -> Format:
        key = tuple(sorted(wish.items()))
        if key not in self._made:
            common = {"font_name": decree30().font, "font_size": 12, "valign": "vcenter", "font_color": INK}
            self._made[key] = self._book.add_format(common | wish)
        return self._made[key]

    def head(self) -> Format:
        """Of the heads of columns."""
        return self(bold=True, align="center", text_wrap=True, border=1, border_color=LINE, bg_color=SHADE)

    def told(self, **more: object) -> Format:
        """Of what is asked, and of sums: nobody types there."""
        return self(**{"text_wrap": True, "border": 1, "border_color": LINE} | more)

    def open(self, kind: str, **more: object) -> Format:
        """Of a cell to type into."""
        number = {"num_format": "#,##0" if kind == Kind.WHOLE else "#,##0.####", "align": "right"}
        words = {"text_wrap": True, "align": "left", "num_format": "@"}
        own: dict[str, object] = {**(words if kind == Kind.TEXT else number), "bg_color": FILL, "locked": False}
        return self(**{**own, "border": 1, "border_color": LINE, **more})


def on_paper(page: Worksheet, form: OfflineForm, *, landscape: bool) -> None:
    """A4 with the margins of official documents; unit and page number at the foot."""
    page.set_paper(9)
    if landscape:
        page.set_landscape()
    margins = {side: decree30().margins[side].use / 25.4 for side in ("left", "right", "top", "bottom")}
    page.set_margins(**margins)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.hide_gridlines(2)
    unit = form.unit.replace("&", "&&")[:200]
    page.set_footer(f'&L&"{decree30().font}"&10{unit}&R&"{decree30().font}"&10Trang &P/&N')


def put(page: Worksheet, place: tuple[int, int], cell: Cell, look: Format) -> None:
    """An answer as a number where it is one, else as it is typed."""
    number = cell.number
    if number is not None:
        page.write_number(*place, float(number), look)
    elif cell.text:
        page.write_string(*place, cell.text, look)
    else:
        page.write_blank(*place, None, look)


def lines_in(text: str, room: int) -> int:
    """Lines that a text takes in a column of so many characters."""
    return sum(-(-len(line) // max(room, 1)) or 1 for line in text.split("\n"))
