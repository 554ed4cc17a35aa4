"""Reading a filled document, as Word, an old Word or LibreOffice saved it: by the tags of its controls, or else by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lachan.engine.layout.ooxml import MAIN
from lachan.engine.letters.files import archive as zips
from lachan.engine.letters.files.archive import Element
from lachan.engine.letters.files.unreadable import Reason as FileReason
from lachan.engine.letters.files.unreadable import Unreadable
from lachan.engine.offline_form.form import Ask, Block, OfflineForm, blocks
from lachan.engine.offline_form.found import Found, FoundCell
from lachan.engine.offline_form.marks import TAG
from lachan.engine.offline_form.refusals import NotTaken, Reason, Said

_W = f"{{{MAIN}}}"
_HINTS = frozenset(
    {
        "Click or tap here to enter text.", "Click here to enter text.", "Choose an item.",
        "Bấm hoặc gõ nhẹ vào đây để nhập văn bản.", "Bấm vào đây để nhập văn bản.", "Chọn một mục.",
    }
)  # fmt: skip
"""What Word itself puts where somebody has taken an answer out."""
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}


def _(sentence: str) -> str:
    return sentence  # marked for the catalogue; who shows it translates it


Rows = Sequence[Sequence[Element]]


@dataclass(frozen=True)
class Document:
    """A filled document: its tables as rows of cells, from the top down."""

    body: Element
    tables: Sequence[Rows]

    @classmethod
    def opened(cls, data: bytes) -> Document:
        """Raises Unreadable."""
        archive = zips.open_archive(data)
        if any(part.endswith("vbaProject.bin") for part in archive.namelist()):
            raise Unreadable(FileReason.MACROS)
        body = zips.xml(archive, "word/document.xml")
        if body is None:
            raise Unreadable(FileReason.DAMAGED)
        outer = [table for table in body.iter(f"{_W}tbl") if not any(True for _one in table.iterancestors(f"{_W}tbl"))]
        return cls(body, [list(_rows(table)) for table in outer])

    def hidden_words(self) -> str:
        """What stands outside its tables."""
        return "".join(text.text or "" for text in self.body.iter(f"{_W}t"))

    def found(self, form: OfflineForm, _places: Sequence[str]) -> Found:
        """The cells of the answers. Raises NotTaken where a table has other rows or columns, and the tags are lost as well."""
        laid = [block for section in form.sections for block in blocks(section)]
        tagged = self._tagged(form)
        found, lists = dict[str, FoundCell](tagged), dict[str, list[dict[str, FoundCell]]]()
        if len(self.tables) < len(laid):
            raise NotTaken(Reason.RESHAPED, table=form.title)
        for number, (block, rows) in enumerate(zip(laid, self.tables, strict=False)):
            if block.kind == "list":
                lists[block.asks[0].key] = list(self._list(block.asks[0], number))
            elif not tagged:
                found |= self._by_place(block, number, rows)
        return Found(found, lists)

    def _tagged(self, form: OfflineForm) -> dict[str, FoundCell]:
        """The answers by the tags of their controls; none when one tag is missing or stands twice."""
        controls = [
            (tag.get(f"{_W}val", ""), sdt) for sdt in self.body.iter(f"{_W}sdt") for tag in sdt.iter(f"{_W}tag")
        ]
        count = Counter(tag for tag, _sdt in controls)
        wanted = {f"{TAG}{ask.key}" for ask in form.asks() if ask.kind != "rows"}
        if any(count[tag] != 1 for tag in wanted):
            return {}
        places = self._places()
        return {
            tag.removeprefix(TAG): FoundCell(
                places.get(next(sdt.iterancestors(f"{_W}tc"), sdt), _anywhere()), words_of(sdt)
            )
            for tag, sdt in controls
            if tag in wanted
        }

    def _places(self) -> dict[Element, Said]:
        return {
            cell: _place(number, row, column)
            for number, rows in enumerate(self.tables)
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
        }

    def _by_place(self, block: Block, number: int, rows: Rows) -> dict[str, FoundCell]:
        asks, first, wide, heads = _shape(block)
        data = [(row, cells) for row, cells in enumerate(rows) if row >= heads and len(cells) == wide]
        if len(data) != len(asks):
            raise NotTaken(Reason.RESHAPED, table=block.title)
        return {
            ask.key: FoundCell(_place(number, row, column), words_of(cells[column]))
            for (row, cells), line in zip(data, asks, strict=True)
            for column, ask in enumerate(line, start=first)
            if ask
        }

    def _list(self, ask: Ask, number: int) -> Iterator[dict[str, FoundCell]]:
        for row, cells in enumerate(self.tables[number][1:], start=1):
            if len(cells) != len(ask.columns) + 1:
                raise NotTaken(Reason.RESHAPED, table=ask.text)
            yield {
                one.key: FoundCell(_place(number, row, column), words_of(cells[column]))
                for column, one in enumerate(ask.columns, start=1)
            }


def _shape(block: Block) -> tuple[Sequence[Sequence[Ask | None]], int, int, int]:
    """What is asked in each row of a block's table, in which column that begins, how wide such a row is, and rows of heads."""
    if block.grid:
        return [row.cells for row in block.grid.rows], 2, 2 + len(block.grid.heads), 2 if block.grid.groups else 1
    if block.kind == "words":
        return [block.asks], 0, 1, 0
    return [(ask,) for ask in block.asks], 2, 4, 1


def _rows(table: Element) -> Iterator[list[Element]]:
    """The rows of a table as their own cells, also those that stand in controls."""
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is table:
            yield [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]


def words_of(part: Element) -> str:
    """The words in a cell or a control; none where only a hint stands."""
    lines = [_line(one) for one in part.iter(f"{_W}p")] or [_line(part)]
    words = "\n".join(lines).strip()
    return "" if words in _HINTS else words


def _line(paragraph: Element) -> str:
    return "".join(_BREAKS.get(str(one.tag), one.text or "") for one in paragraph.iter(f"{_W}t", *_BREAKS))


def _place(table: int, row: int, column: int) -> Said:
    words: Mapping[str, str] = {"table": str(table + 1), "row": str(row + 1), "column": str(column + 1)}
    return Said(_("Bảng %(table)s, dòng %(row)s, cột %(column)s"), words)


def _anywhere() -> Said:
    return Said(_("Trong tệp"))
