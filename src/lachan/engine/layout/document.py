"""What an official document says, before anyone decides how it looks.

Everything here is frozen and takes plain text: no markup, no line breaks, no punctuation that the decree prescribes (the
writers put the ";" and the "./."). Text is cleaned by the writers: NFC, no control characters, white space folded.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class DocumentDate:
    """The date line. A missing day or month is left blank, to be filled by hand or at signing."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text inside a paragraph that is set bold or italic."""

    text: str
    bold: bool = False
    italic: bool = False


Text = str | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body: justified, first line indented."""

    text: Text


class Level(StrEnum):
    """The rungs of a body, highest first (Decree 30/2020, Appendix I, part I, II.6.đ)."""

    PART = "part"  # "Phần I", title on the next line, centred
    SECTION = "section"  # "I. KẾT QUẢ …"
    CLAUSE = "clause"  # "1. Công tác chỉ đạo"
    POINT = "point"  # "a) Cấp tỉnh"
    ARTICLE = "article"  # "Điều 1. Phạm vi"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `number` is as it is to appear, without dot or bracket: "I", "1", "1.2", "a"; for PART "Phần I"."""

    text: str
    number: str = ""
    level: Level = Level.SECTION


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list: a paragraph that begins with its mark ("-", "+", "1.", "a)")."""

    text: Text
    mark: str = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Neighbours with the same `groups` share a merged cell above them (outermost group first); a column without groups
    takes the whole height of the header. `share` is its part of the width, relative to the others; 0 in any column lets
    the writer choose by content.
    """

    label: str
    kind: Literal["text", "number", "index"] = "text"
    groups: tuple[str, ...] = ()
    share: float = 0


Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row. None is "no figure": shown as the table's `missing` mark in number columns, never as zero."""

    cells: tuple[Cell, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row that is one merged cell across the table: the name of a group of rows below it."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: head repeated on each page, no row split, numbers to the right, `total` bold at the end.

    Raises ValueError when a row does not have one cell for each column.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row | GroupRow, ...]
    caption: str = ""
    unit_note: str = ""  # "Đơn vị tính: lượt", in italics above the table at the right
    total: Row | None = None
    missing: str = "–"
    source_note: str = ""

    def __post_init__(self) -> None:
        """Hold the promise that every row fits the columns."""
        if not self.columns:
            raise ValueError("A table needs at least one column")
        for row in (*self.rows, *((self.total,) if self.total else ())):
            if isinstance(row, Row) and len(row.cells) != len(self.columns):
                raise ValueError(f"A row has {len(row.cells)} cells, the table {len(self.columns)} columns")


Block = Paragraph | Heading | ListItem | Table


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: `authority` lines ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), own `position`, `name` without titles.

    `agency`: in a joint document, the agency they sign for where it is not the one that issues it.
    """

    position: str
    name: str = ""
    authority: tuple[str, ...] = ()
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its own section, its own page numbers. "Phụ lục", and from two on "Phụ lục I", "Phụ lục II" …

    `landscape` is for wide tables. `reference` False leaves out the line "(Kèm theo …)".
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    reference: bool = True


class Urgency(StrEnum):
    """The marks of urgency (Decree 30/2020, Appendix I, part I, III.2.b)."""

    NONE = ""
    URGENT = "KHẨN"
    VERY_URGENT = "THƯỢNG KHẨN"
    IMMEDIATE = "HOẢ TỐC"


class Circulation(StrEnum):
    """How far a document may go (Decree 30/2020, Appendix I, part I, III.2.c)."""

    ANY = ""
    RETURN = "XEM XONG TRẢ LẠI"
    INTERNAL = "LƯU HÀNH NỘI BỘ"


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One administrative document in the sense of Decree 30/2020/NĐ-CP.

    agency, parent: issuing agency and the one directly above it, in any case; written in capitals.
    number: the number in the year's register; None leaves room for it. symbol: "UBND-VX", "BC-STTTT".
    doc_type: "Báo cáo", "Kế hoạch", …; empty for a công văn. abstract: without "V/v".
    addressees: the bodies of "Kính gửi". legal_bases: each without its ";".
    authority, enacting: for quyết định and nghị quyết, the centred lines before and after the bases ("Quyết định:").
    copies: "Nơi nhận" between "Như trên" (written whenever there are addressees) and "Lưu: VT, <filing>.".
    contact: lines at the foot of page 1.
    also: those who sign besides `signer`, who stands at the right; the agencies they sign for join the issuing one in the head.
    """

    agency: str
    symbol: str
    place: str
    date: DocumentDate
    abstract: str
    body: tuple[Block, ...]
    signer: Signer
    parent: str = ""
    number: int | None = None
    doc_type: str = ""
    urgency: Urgency = Urgency.NONE
    circulation: Circulation = Circulation.ANY
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    authority: str = ""
    enacting: str = ""
    copies: tuple[str, ...] = ()
    filing: str = ""
    annexes: tuple[Annex, ...] = ()
    contact: tuple[str, ...] = ()
    also: tuple[Signer, ...] = ()
