"""A form laid out for a page or for paper: sections, questions one after another, tables with fixed rows as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from lachan.reporting.models import Question, Table


@dataclass(frozen=True)
class Line:
    """A row of a table. `cells` are as its columns; None where nothing is asked."""

    label: str
    group: str  # the heading it stands under, given on the first row of each group
    cells: Sequence[Question | None]


@dataclass(frozen=True)
class Grid:
    """A table with fixed rows: those rows and columns in which something is asked."""

    table: Table
    columns: Sequence[dict[str, Any]]
    lines: Sequence[Line]
    applies_to: str = ""

    @property
    def questions(self) -> list[Question]:
        """Its cells, row by row."""
        return [cell for line in self.lines for cell in line.cells if cell]

    @property
    def by_column(self) -> list[list[Question | None]]:
        """Its cells column by column."""
        return [[line.cells[at] for line in self.lines] for at in range(len(self.columns))]


@dataclass(frozen=True)
class Section:
    """A heading (none before the first) and what stands under it."""

    title: str
    parts: list[Question | Grid] = field(default_factory=list)


def laid_out(questions: Iterable[Question]) -> list[Section]:
    """The questions, which must be in the form's order, as sections. Queries nothing when their tables were selected."""
    sections: list[Section] = []
    for title, under in groupby(questions, key=lambda question: question.section):
        section = Section(title)
        for table, cells in groupby(under, key=lambda question: question.table):
            of_table = list(cells)
            section.parts.extend([_grid(table, of_table)] if table else of_table)
        sections.append(section)
    return sections


def _grid(table: Table, cells: Sequence[Question]) -> Grid:
    by_place = {(cell.row, cell.column): cell for cell in cells}
    columns = [one for one in table.columns if any(one["key"] == column for _row, column in by_place)]
    lines, group = [], ""
    for row in table.rows:
        asked = [by_place.get((row["key"], one["key"])) for one in columns]
        if any(asked):
            lines.append(Line(row["label"], row["group"] if row["group"] != group else "", asked))
            group = row["group"]
    return Grid(table, columns, lines, cells[0].applies_to)
