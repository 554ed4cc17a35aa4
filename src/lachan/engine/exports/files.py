"""XLSX and Parquet, which are written to a file: neither can be read before its end is there."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import xlsxwriter

from lachan.engine.answers import Kind
from lachan.engine.exports.rows import About, Asked, UnitRow, Value
from lachan.engine.layout.rules import decree30

MOST_ROWS = 1_048_575  # of a sheet, without its head
_LONGEST = 32_767  # characters in a cell
_MEMORY = "256MB"
_TYPES = {Kind.WHOLE: "BIGINT", Kind.DECIMAL: "DOUBLE"}
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Value]]]


def write_xlsx(path: Path, about: About, rows: Iterable[UnitRow], *, name: str, before: Sequence[Sheet] = ()) -> None:
    """A workbook with the units on a sheet of that name, after other sheets: the name, heads and rows of each.

    A row is forgotten once it is written. What is beyond the end of a sheet goes on another.
    """
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        for title, heads, cells in before:
            _sheet(book, title, heads, cells, 0)
        heads = (*about.heads, *(one.label for one in about.asked))
        left: Iterator[Sequence[Value]] = (
            (*row.facts(number), *row.values(about.asked)) for number, row in enumerate(rows, start=1)
        )
        number = 1
        while _sheet(book, f"{name} {number}" if number > 1 else name, heads, left, MOST_ROWS) == MOST_ROWS:
            number += 1


def _sheet(
    book: xlsxwriter.Workbook, title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]], most: int
) -> int:
    """Write a sheet, of at most so many rows (0: all of them); how many there were."""
    face = {"font_name": decree30().font, "font_size": 12}
    head = book.add_format(
        face | {"bold": True, "text_wrap": True, "align": "center", "border": 1, "bg_color": "#EEF1F3"}
    )
    words, number = book.add_format(face), book.add_format(face | {"num_format": "#,##0.####"})
    page = book.add_worksheet(title)
    page.set_column(0, 0, 8)
    page.set_column(1, len(heads) - 1, 22)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, label in enumerate(heads):
        page.write_string(0, column, label[:_LONGEST], head)
    at = 0
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(at, column, value[:_LONGEST], words)
            elif value is not None:
                page.write_number(at, column, float(value) if isinstance(value, Decimal) else value, number)
        if at == most:
            break
    return at


def write_parquet(path: Path, about: About, rows: Iterable[UnitRow]) -> None:
    """A Parquet file (zstd): facts under short names, answers by the code of their question ("q_1"), each in its own type."""
    facts = {"number": "BIGINT", "code": "VARCHAR", "name": "VARCHAR", "under": "VARCHAR", "state": "VARCHAR"}
    columns = facts | {f"q_{one.code}": _type(one) for one in about.asked}
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, duckdb.connect() as engine:
        between = Path(folder) / "rows.csv"
        with between.open("w", encoding="utf-8", newline="") as out:
            written = csv.writer(out, lineterminator="\n")
            for number, row in enumerate(rows, start=1):
                written.writerow("" if one is None else one for one in (*row.facts(number), *row.values(about.asked)))
        engine.execute(f"SET memory_limit = '{_MEMORY}'; SET threads = 1; SET temp_directory = '{folder}'")
        read = engine.read_csv(str(between), header=False, columns=columns, parallel=False, auto_detect=False)
        read.write_parquet(str(path), compression="zstd")


def _type(one: Asked) -> str:
    return _TYPES.get(one.kind, "VARCHAR")
