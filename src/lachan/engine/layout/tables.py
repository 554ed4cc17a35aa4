"""From a table of values to a grid of cells: merged heads, widths by content, numbers written the Vietnamese way."""

from decimal import Decimal

from lachan.engine.layout.document import Cell, Column, GroupRow, Row, Table
from lachan.engine.layout.measure import width
from lachan.engine.layout.plan import Grid, GridCell
from lachan.engine.layout.rules import Align
from lachan.engine.layout.words import clean

PADDING = 3.0  # mm, both sides of a cell together with the border
_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0)
_WIDEST_WISH = 75.0
_TO_FILL_IN = 17.0  # mm for a figure to be written by hand
_TEXT_FIRST = 2.5  # times the fair share
_ALIGN: dict[str, Align] = {"text": "left", "number": "right", "index": "center"}


def written(value: Cell, *, missing: str = "") -> str:
    """Write a value: 1250 → "1.250", Decimal("12.5") → "12,5", None → `missing`, text cleaned."""
    if value is None:
        return missing
    if isinstance(value, str):
        return clean(value)
    text = f"{value:,}" if isinstance(value, int) else f"{value:,f}"
    return text.translate(str.maketrans(",.", ".,"))


def grid(table: Table, room: float) -> Grid:
    """Lay a table out in `room` mm, in the largest size, from 12 pt down to 8, at which no word need be cut."""
    rows = tuple(_cells(table, row) for row in table.rows)
    if table.total:
        rows = (*rows, _cells(table, Row(table.total.cells, bold=True)))
    size, widths = _fitted(table.columns, rows, room)
    return Grid(widths, head(table.columns), rows, size)


def _cells(table: Table, row: Row | GroupRow) -> tuple[GridCell, ...]:
    if isinstance(row, GroupRow):
        return (GridCell(clean(row.text), "left", across=len(table.columns), bold=True),)
    return tuple(
        _cell(table, column, value, bold=row.bold) for column, value in zip(table.columns, row.cells, strict=True)
    )


def _cell(table: Table, column: Column, value: Cell, *, bold: bool) -> GridCell:
    missing = table.missing if column.kind == "number" else ""
    align = _ALIGN[column.kind]
    if column.kind == "text" and isinstance(value, (int, Decimal)):
        align = "right"
    return GridCell(written(value, missing=missing), align, bold=bold)


def head(columns: tuple[Column, ...]) -> tuple[tuple[GridCell, ...], ...]:
    """Lay out the head: one row for each depth of groups and one for the labels, like neighbours merged."""
    depth = max(len(column.groups) for column in columns) + 1
    rows: list[list[GridCell]] = [[] for _ in range(depth)]
    for level in range(depth):
        at = 0
        while at < len(columns):
            across, cell = _head_cell(columns, at, level, depth)
            rows[level].append(cell)
            at += across
    return tuple(tuple(row) for row in rows)


def _head_cell(columns: tuple[Column, ...], at: int, level: int, depth: int) -> tuple[int, GridCell]:
    column = columns[at]
    own = len(column.groups)
    if level < own:
        path = column.groups[: level + 1]
        across = 1
        while at + across < len(columns) and columns[at + across].groups[: level + 1] == path:
            across += 1
        return across, GridCell(clean(column.groups[level]), "center", across=across, bold=True)
    down = depth - own if level == own else 0
    return 1, GridCell(clean(column.label) if down else "", "center", down=down, bold=True)


def _fitted(
    columns: tuple[Column, ...], rows: tuple[tuple[GridCell, ...], ...], room: float
) -> tuple[float, tuple[float, ...]]:
    for size in _SIZES:
        least, wish = _demands(columns, rows, size)
        if sum(least) <= room:
            return size, _shared(columns, least, wish, room)
    scale = room / sum(least)
    return size, tuple(part * scale for part in least)


def _demands(
    columns: tuple[Column, ...], rows: tuple[tuple[GridCell, ...], ...], size: float
) -> tuple[list[float], list[float]]:
    """For each column: the width of its longest word, and the width it would like."""
    least = [_longest_word(column.label, size) for column in columns]
    wish = [min(width(column.label, size, bold=True), 26.0) for column in columns]
    for row in rows:
        if len(row) != len(columns):
            continue
        for at, cell in enumerate(row):
            full = width(cell.text, size, bold=cell.bold)
            wish[at] = max(wish[at], min(full, _WIDEST_WISH))
            if full > least[at]:
                least[at] = max(least[at], full if cell.align == "right" else _longest_word(cell.text, size))
    for at, column in enumerate(columns):
        if column.kind == "number" and not any(len(row) == len(columns) and row[at].text for row in rows):
            least[at] = max(least[at], _TO_FILL_IN)
    return [part + PADDING for part in least], [max(a, b) + PADDING for a, b in zip(least, wish, strict=True)]


def _longest_word(text: str, size: float) -> float:
    return max((width(word, size, bold=True) for word in text.split()), default=5.0)


def _shared(columns: tuple[Column, ...], least: list[float], wish: list[float], room: float) -> tuple[float, ...]:
    shares = [column.share for column in columns]
    if all(shares):
        asked = [room * share / sum(shares) for share in shares]
        if all(a >= b for a, b in zip(asked, least, strict=True)):
            return tuple(asked)
    want = [b - a for a, b in zip(least, wish, strict=True)]
    if sum(want) > room - sum(least):
        return _granted(columns, least, want, room - sum(least))
    growing = [0.0 if column.kind == "index" else part for column, part in zip(columns, wish, strict=True)]
    if not any(growing):
        growing = wish
    rest = room - sum(wish)
    return tuple(part + rest * grow / sum(growing) for part, grow in zip(wish, growing, strict=True))


def _granted(columns: tuple[Column, ...], least: list[float], want: list[float], spare: float) -> tuple[float, ...]:
    """Share out what is spare: names are better on one line than heads, so columns of text come first."""
    widths = list(least)
    for at, column in sorted(enumerate(columns), key=lambda pair: pair[1].kind != "text"):
        rest = sum(want[other] for other, _ in enumerate(columns) if widths[other] == least[other])
        share = want[at] / rest * spare if rest else 0
        grant = min(want[at], share * (_TEXT_FIRST if column.kind == "text" else 1), spare)
        widths[at] += grant
        spare -= grant
    return tuple(widths)
