"""Reading a filled workbook, as Excel or LibreOffice saved it: the rows are known by their hidden marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from lachan.engine.answers import MOST_ROWS, Kind, unmistakable
from lachan.engine.offline_form.form import Ask, OfflineForm
from lachan.engine.offline_form.found import Found, FoundCell, Trouble
from lachan.engine.offline_form.marks import ANSWER, INDEX, LABEL, LIST, MARKS, WORDS
from lachan.engine.offline_form.refusals import NotTaken, Reason, Said
from lachan.engine.tables.workbook import open_workbook

_DIGITS = 9  # after the point: what is beyond came of binary fractions
_MOST_LINES = 3 * MOST_ROWS


def _(sentence: str) -> str:
    return sentence  # marked for the catalogue; who shows it translates it


@dataclass(frozen=True)
class Book:
    """A filled workbook: its sheets with formulas, and with their results."""

    written: Workbook
    kept: Workbook

    @classmethod
    def opened(cls, data: bytes) -> Book:
        return cls(*open_workbook(data))

    def hidden_words(self) -> str:
        """What stands in the first column of the sheets that are not shown."""
        hidden = [sheet for sheet in self.kept.worksheets if sheet.sheet_state != "visible"]
        return "".join(str(row[0].value or "") for sheet in hidden for row in sheet.iter_rows(max_row=100, max_col=1))

    def found(self, form: OfflineForm, places: Sequence[str]) -> Found:
        """The cells of the answers. Raises NotTaken when the marks are not those of `places`, each once."""
        marks = list(self._marks())
        if sorted(words for words, _sheet, _row in marks) != sorted(places):
            raise NotTaken(Reason.TAMPERED)
        asks = {ask.key: ask for ask in form.asks()}
        found, lists = dict[str, FoundCell](), dict[str, list[dict[str, FoundCell]]]()
        for words, sheet, row in marks:
            if words.startswith(LIST):
                ask = asks[words.removeprefix(LIST)]
                lists[ask.key] = list(self._rows(sheet, ask, row + 1))
            else:
                found |= self._answers(sheet, asks, words, row)
        return Found(found, lists)

    def _marks(self) -> Iterator[tuple[str, str, int]]:
        for sheet in self.kept.worksheets:
            if sheet.sheet_state == "visible":
                for row in range(1, min(sheet.max_row, _MOST_LINES) + 1):
                    if value := sheet.cell(row, MARKS + 1).value:
                        yield str(value).strip(), sheet.title, row

    def _answers(self, sheet: str, asks: Mapping[str, Ask], mark: str, row: int) -> dict[str, FoundCell]:
        first = INDEX if mark.startswith(WORDS) else ANSWER
        keys = enumerate(mark.removeprefix(WORDS).split("|"), start=first)
        return {
            key: self._cell(sheet, row, column, asks[key].kind, asks[key].counted_in) for column, key in keys if key
        }

    def _rows(self, sheet: str, ask: Ask, first: int) -> Iterator[dict[str, FoundCell]]:
        end = min(self.kept[sheet].max_row, first + _MOST_LINES)
        for row in range(first, end + 1):
            cells = {
                one.key: self._cell(sheet, row, column, one.kind, one.counted_in)
                for column, one in enumerate(ask.columns, start=LABEL)
            }
            if any(cell.text or cell.trouble for cell in cells.values()):
                yield cells

    def _cell(self, sheet: str, row: int, column: int, kind: str, counted_in: str) -> FoundCell:
        written, value = self.written[sheet].cell(row, column + 1), self.kept[sheet].cell(row, column + 1).value
        place = self._place(sheet, f"{get_column_letter(column + 1)}{row}")
        if written.data_type == "f" and value is None:
            return FoundCell(place, str(written.value), Trouble.NO_RESULT)
        if isinstance(value, str) and self.kept[sheet].cell(row, column + 1).data_type == "e":
            return FoundCell(place, value, Trouble.BROKEN)
        if isinstance(value, date | time) and kind != Kind.TEXT:
            return FoundCell(place, _text(value), Trouble.DAY)
        if counted_in == "%" and "%" in str(written.number_format) and isinstance(value, int | float):
            value = value * 100
        return FoundCell(place, _text(value))

    def _place(self, sheet: str, cell: str) -> Said:
        if sheet == next(one.title for one in self.kept.worksheets if one.sheet_state == "visible"):
            return Said(_("Ô %(cell)s"), {"cell": cell})
        return Said(_("Trang “%(sheet)s”, ô %(cell)s"), {"sheet": sheet, "cell": cell})


def _text(value: Any) -> str:
    """A value as an officer would have typed it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return unmistakable(round(Decimal(repr(value)), _DIGITS))
    return str(value)
