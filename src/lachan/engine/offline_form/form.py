"""A report form as it is filled in without a network: what it asks, of whom, and what stands in it already."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lachan.engine.answers import Asked, Column, Kind, rows_as_text, rows_typed, tidy, unmistakable
from lachan.engine.vietnamese import read_number

_TO_WRITE_ON = re.compile(r"[.…_\s]*")


@dataclass(frozen=True, slots=True)
class Ask:
    """One answer to give; a list (kind "rows") has columns. Past its limits it cannot be sent, or (not `strict`) is asked about."""

    key: str
    text: str
    kind: Kind = Kind.WHOLE
    counted_in: str = ""
    help_text: str = ""
    required: bool = True
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    strict: bool = True
    columns: tuple[Column, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def asked(self) -> Asked:
        """What is needed to check its answer. A blank one is nothing wrong with a file: it may be filled in later."""
        return Asked(self.key, self.kind, required=False, columns=self.columns, choices=self.choices)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table; `group` is the heading that stands above it, on the first row of each group."""

    label: str
    cells: tuple[Ask | None, ...]  # as the heads; None where nothing is asked
    group: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with fixed rows. With `sum_row` (`sum_column`) sums are worked out below (beside) them.

    `groups`: the heading over each column, merged over neighbours that have the same; none where no column has any.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]
    help_text: str = ""
    sum_row: bool = False
    sum_column: bool = False
    groups: tuple[str, ...] = ()

    @property
    def over(self) -> list[tuple[str, int]]:
        """The headings over the columns, each with over how many it stands; "" over a column without one."""
        found: list[tuple[str, int]] = []
        for group in self.groups:
            if found and group and found[-1][0] == group:
                found[-1] = (group, found[-1][1] + 1)
            else:
                found.append((group, 1))
        return found

    def only(self, keys: Collection[str]) -> Grid:
        """The rows and columns in which one of `keys` is asked."""
        kept = [at for at in range(len(self.heads)) if any(_among(row.cells[at], keys) for row in self.rows)]
        rows, group = [], ""
        for row in self.rows:
            group = row.group or group
            cells = tuple(one if _among(one := row.cells[at], keys) else None for at in kept)
            if any(cells):
                rows.append(GridRow(row.label, cells, group))
                group = ""
        groups = tuple(self.groups[at] for at in kept) if self.groups else ()
        return replace(self, heads=tuple(self.heads[at] for at in kept), rows=tuple(rows), groups=groups)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (none before the first) and what stands under it."""

    title: str
    parts: tuple[Ask | Grid, ...]


@dataclass(frozen=True, slots=True)
class OfflineForm:
    """A form for one unit. `reference`, `unit_code` and `version` say which file is its own; `facts` stand at its head."""

    title: str
    unit: str
    reference: str
    unit_code: str
    version: int
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...] = ()  # name and value: campaign, period, due time
    answers: Mapping[str, str] = field(default_factory=dict)  # by key, as typed
    revision: int = 0  # of the answers

    def asks(self) -> Iterator[Ask]:
        """Everything asked, cells of tables among them, in order."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Grid):
                    yield from (cell for row in part.rows for cell in row.cells if cell)
                else:
                    yield part

    def answer(self, ask: Ask) -> str:
        """What stands in an answer, in its plain form."""
        return plain(ask, self.answers.get(ask.key, ""))

    def only(self, keys: Collection[str]) -> OfflineForm:
        """The form as far as `keys` are asked."""
        sections = [(one.title, [_kept(part, keys) for part in one.parts]) for one in self.sections]
        left = tuple(Section(title, tuple(filter(None, parts))) for title, parts in sections if any(parts))
        return replace(self, sections=left)


@dataclass(frozen=True, slots=True)
class Block:
    """What a file lays out together: the numbers asked one after another, or one table, list or box for words."""

    asks: tuple[Ask, ...]
    grid: Grid | None = None

    @property
    def kind(self) -> str:
        """ "numbers", "table", "list" or "words"."""
        return "table" if self.grid else _KINDS.get(self.asks[0].kind, "numbers")

    @property
    def title(self) -> str:
        return self.grid.title if self.grid else self.asks[0].text


_KINDS = {Kind.TEXT: "words", Kind.ROWS: "list"}


def blocks(section: Section) -> list[Block]:
    """What stands in a section, from the top down."""
    found: list[Block] = []
    for part in section.parts:
        block = Block((), part) if isinstance(part, Grid) else Block((part,))
        if found and block.kind == found[-1].kind == "numbers":
            found[-1] = Block((*found[-1].asks, *block.asks))
        else:
            found.append(block)
    return found


def _among(ask: Ask | None, keys: Collection[str]) -> bool:
    return ask is not None and ask.key in keys


def _kept(part: Ask | Grid, keys: Collection[str]) -> Ask | Grid | None:
    if isinstance(part, Ask):
        return part if part.key in keys else None
    grid = part.only(keys)
    return grid if grid.rows else None


def plain(ask: Ask, text: str) -> str:
    """An answer in the one form that comes out of a file as it went in: bare numbers, no doubled spaces or blank lines, no dots."""
    if ask.kind is Kind.ROWS:
        rows = rows_typed(ask.columns, text)
        tidied = [{one.key: plain_cell(one.kind, row[one.key]) for one in ask.columns} for row in rows]
        return rows_as_text(ask.columns, [row for row in tidied if any(row.values())])
    return plain_cell(ask.kind, text)


def plain_cell(kind: str, text: str) -> str:
    """The same for one number or some words."""
    lines = (" ".join(line.split()) for line in tidy(text).split("\n"))
    words = "\n".join(line for line in lines if line)
    if _TO_WRITE_ON.fullmatch(words):
        return ""
    if kind == Kind.TEXT:
        return words
    number = read_number(words, whole=kind == Kind.WHOLE).value
    return words if number is None else unmistakable(number)
