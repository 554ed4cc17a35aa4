"""The page of the workbook, written from the top down: what its rows are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from lachan.engine.answers import Kind
from lachan.engine.offline_form.cells import Cell, Choices, number_of, rule_of
from lachan.engine.offline_form.form import Ask, Grid, OfflineForm
from lachan.engine.offline_form.looks import SHADE, SOFT, Looks, lines_in, put
from lachan.engine.offline_form.marks import ANSWER, INDEX, LABEL, MARKS

WIDTHS = (3, 6, 44)  # of the columns before the answers, in characters
ANSWER_WIDTH = 15


@dataclass
class Rows:
    """A page being written; `at` is the row that comes next."""

    page: Worksheet
    looks: Looks
    form: OfflineForm
    choices: Choices
    at: int = 0
    marks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        grids = [part for section in self.form.sections for part in section.parts if isinstance(part, Grid)]
        widest = max((len(grid.heads) + grid.sum_column for grid in grids), default=0)
        self.last = ANSWER + max(widest, 2) - 1

    def named(self, name: str, value: str) -> None:
        """A name and its value across the page."""
        form = self.looks(text_wrap=True)
        self.page.merge_range(self.at, INDEX, self.at, self.last, "", form)
        self.page.write_rich_string(
            self.at, INDEX, self.looks(), f"{name}: ", self.looks(bold=True), value or "–", form
        )
        self.tall(f"{name}: {value}", self.room())

    def across(self, text: str, *, size: int = 12, **look: object) -> None:
        """Words across the page."""
        form = self.looks(text_wrap=True, font_size=size, **look)
        self.page.merge_range(self.at, INDEX, self.at, self.last, "", form)
        self.page.write_string(self.at, INDEX, text, form)
        self.tall(text, self.room() * (9 if text.isupper() else 12) // size)

    def room(self) -> int:
        """Characters from the running number to the last column."""
        return sum(WIDTHS[INDEX:]) + ANSWER_WIDTH * (self.last - LABEL)

    def tall(self, text: str, room: int, least: int = 18) -> None:
        """Make the row as tall as its words need, and go on to the next."""
        self.page.set_row(self.at, max(least, 17 * lines_in(text, room) + 3))
        self.at += 1

    def mark(self, words: str) -> None:
        """Say in the hidden column which answers stand in this row."""
        self.marks.append(words)
        self.page.write_string(self.at, MARKS, words, self.looks())

    def heads(self, heads: Iterable[str]) -> None:
        """The heads of columns, from the running number on."""
        for column, head in enumerate(heads, start=INDEX):
            self.page.write_string(self.at, column, head, self.looks.head())
        self.tall(max(heads, key=len), ANSWER_WIDTH - 2)

    def told(self, ask: Ask) -> None:
        """What is asked, with its help in small."""
        if not ask.help_text:
            self.page.write_string(self.at, LABEL, ask.text, self.looks.told())
            return
        small = self.looks(italic=True, font_size=10, font_color=SOFT)
        parts = (self.looks(), f"{ask.text}\n", small, ask.help_text)
        self.page.write_rich_string(self.at, LABEL, *parts, self.looks.told())

    def answer(self, column: int, ask: Ask) -> None:
        """A cell to type into, with what stands in it and the rule of what may be typed."""
        put(self.page, (self.at, column), Cell(ask.kind, self.form.answer(ask)), self.looks.open(ask.kind))
        if rule := rule_of(ask, self.choices):
            self.page.data_validation(self.at, column, self.at, column, rule)

    def sum(self, column: int, cells: str, asks: Iterable[Ask | None]) -> None:
        """A sum over cells; nothing while all are blank. Columns of words have none."""
        look = self.looks.told(bold=True, align="right", num_format="#,##0.####", bg_color=SHADE)
        counted = [ask for ask in asks if ask and ask.kind is not Kind.TEXT]
        if not counted:
            self.page.write_blank(self.at, column, None, look)
            return
        numbers = [one for ask in counted if (one := number_of(self.form.answer(ask))) is not None]
        kept = float(sum(numbers, Decimal(0))) if numbers else ""
        self.page.write_formula(self.at, column, f'=IF(COUNT({cells})=0,"",SUM({cells}))', look, kept)
