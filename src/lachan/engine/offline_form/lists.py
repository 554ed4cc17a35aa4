"""The sheet of a list in the workbook: its head, and rows to fill in, to paste into, to add and to take away."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from lachan.engine.answers import MOST_ROWS, Kind, rows_typed
from lachan.engine.offline_form.cells import Cell, Choices, rule_of
from lachan.engine.offline_form.form import Ask, OfflineForm
from lachan.engine.offline_form.looks import LINE, SOFT, Looks, on_paper, put
from lachan.engine.offline_form.marks import INDEX, LABEL, LIST, MARKS
from lachan.engine.report_form.lines import column_head

_SPARE_ROWS = 25
_MAY = dict.fromkeys(("insert_rows", "delete_rows", "format_rows", "format_columns", "sort"), True)


def list_sheet(page: Worksheet, looks: Looks, choices: Choices, form: OfflineForm, ask: Ask) -> None:
    """Write the sheet of a list."""
    last = LABEL + len(ask.columns) - 1
    for at, (text, look) in enumerate(
        (
            (ask.text, looks(bold=True, font_size=13, text_wrap=True)),
            (form.unit, looks(text_wrap=True)),
            (ask.help_text or "Mỗi dòng một mục. Có thể dán từ bảng tính khác.", looks(italic=True, font_color=SOFT)),
        )
    ):
        page.merge_range(at, INDEX, at, last, "", look)
        page.write_string(at, INDEX, text, look)
    page.set_row(0, 36)
    page.write_string(3, MARKS, f"{LIST}{ask.key}")
    for column, head in enumerate(("STT", *(column_head(one) for one in ask.columns)), start=INDEX):
        page.write_string(3, column, head, looks.head())
    page.set_row(3, 36)
    _rows(page, looks, choices, form, ask)
    page.set_column(MARKS, MARKS, 3, None, {"hidden": True})
    page.set_column(INDEX, INDEX, 6)
    for column, one in enumerate(ask.columns, start=LABEL):
        page.set_column(column, column, 34 if one.kind == Kind.TEXT else 14)
    page.freeze_panes(4, LABEL)
    page.repeat_rows(3)
    on_paper(page, form, landscape=last > LABEL + 3)
    page.protect("", _MAY)


def _rows(page: Worksheet, looks: Looks, choices: Choices, form: OfflineForm, ask: Ask) -> None:
    filled = rows_typed(ask.columns, form.answer(ask))
    shown = len(filled) + _SPARE_ROWS
    for at in range(max(MOST_ROWS, len(filled))):
        if at < shown:
            page.write_number(4 + at, INDEX, at + 1, looks.told(align="center"))
        for column, one in enumerate(ask.columns, start=LABEL):
            look = looks.open(one.kind) if at < shown else looks.open(one.kind, border=0, pattern=0)
            put(page, (4 + at, column), Cell(one.kind, filled[at][one.key] if at < len(filled) else ""), look)
    end, last = 3 + MOST_ROWS, LABEL + len(ask.columns) - 1
    for column, one in enumerate(ask.columns, start=LABEL):
        if rule := rule_of(one, choices):
            page.data_validation(4, column, end, column, rule)
    border = looks(border=1, border_color=LINE)
    page.conditional_format(4 + shown, LABEL, end, last, {"type": "no_blanks", "format": border})
