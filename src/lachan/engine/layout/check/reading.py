"""Reading a DOCX as lines with the looks they have in the end, styles and defaults applied."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from lachan.engine.layout.check.looks import Looks, RunLook, W, element, mm, value
from lachan.engine.layout.words import clean

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LARGEST = 60 * 1024 * 1024  # bytes of one part once unpacked


class NotADocument(ValueError):
    """The bytes are not a DOCX that can be read."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: number of the table in the document, row and column in it, and the cell's width (mm)."""

    table: int
    row: int
    column: int
    width: float
    ruled: bool


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One line: a paragraph, or a part of it up to a forced break. Lengths in mm, sizes and spaces in points."""

    text: str
    runs: tuple[RunLook, ...]
    paragraph: int
    section: int
    place: Place | None
    align: str
    left: float
    right: float
    first: float
    before: float
    after: float
    line: float  # multiple of single; 0 when an exact height is set
    outline: bool
    stroke: float | None  # length of a rule drawn by this paragraph; 0 when there is one of unknown length

    @property
    def sizes(self) -> frozenset[float]:
        """Sizes of the runs that show something."""
        return frozenset(run.size for run in self.runs if run.text.strip())

    @property
    def bold(self) -> bool:
        """Whether everything that shows is bold."""
        return bool(self.text) and all(run.bold for run in self.runs if run.text.strip())

    @property
    def italic(self) -> bool:
        """Whether everything that shows is italic."""
        return bool(self.text) and all(run.italic for run in self.runs if run.text.strip())

    @property
    def upper(self) -> bool:
        """Whether every letter shows as a capital."""
        return all(run.caps or run.text == run.text.upper() for run in self.runs)


@dataclass(frozen=True, slots=True)
class Section:
    """A section's page (mm), numbering and headers. `number` is the line with the page field, where there is one."""

    width: float
    height: float
    margins: dict[str, float]
    hides_first: bool
    starts_at: int | None
    number: Read | None
    number_in_footer: bool
    contact: tuple[Read, ...]


@dataclass(slots=True)
class Document:
    """A whole document as it reads."""

    lines: list[Read] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    pages: int | None = None


def read(data: bytes) -> Document:
    """Read a DOCX. Raises NotADocument with a sentence in Vietnamese when it is damaged, encrypted, or not a DOCX."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Reader(archive).document()
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError, NotImplementedError, EOFError) as error:
        raise NotADocument("Tệp không đọc được như văn bản Word (.docx); hãy mở tệp bằng Word và lưu lại.") from error


class _Reader:
    """Walks the body once, in reading order."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.names = frozenset(archive.namelist())
        self.archive = archive
        self.inherited: dict[str, dict[str, tuple[Read, ...]]] = {"header": {}, "footer": {}}
        theme = self._part("word/theme/theme1.xml") if "word/theme/theme1.xml" in self.names else None
        styles = self._part("word/styles.xml") if "word/styles.xml" in self.names else None
        self.looks = Looks(styles, theme)
        self.out = Document()
        self.paragraphs = 0
        self.tables = 0

    def _part(self, name: str) -> etree._Element:
        info = self.archive.getinfo(name)
        if info.file_size > _LARGEST:
            raise NotADocument("Tệp quá lớn khi giải nén; không kiểm tra được thể thức.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.archive.read(name), parser)

    def document(self) -> Document:
        body = self._part("word/document.xml").find(f"{W}body")
        if body is None:
            raise NotADocument("Tệp Word không có nội dung.")
        self._blocks(body, None)
        last = body.find(f"{W}sectPr")
        if last is not None:
            self._section(last)
        if "docProps/app.xml" in self.names:
            pages = self._part("docProps/app.xml").findtext("{*}Pages")
            self.out.pages = int(pages) if pages and pages.isdigit() else None
        return self.out

    def _blocks(self, parent: etree._Element, place: Place | None) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, place)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
                self._blocks(child, place)

    def _table(self, table: etree._Element) -> None:
        self.tables += 1
        number, ruled = self.tables, _ruled(table)
        pad = _cell_padding(table)
        for row_at, row in enumerate(table.iterchildren(f"{W}tr")):
            for column_at, cell in enumerate(row.iterchildren(f"{W}tc")):
                width = mm(value(element(cell, "tcPr/tcW"), "w", "0"))
                self._blocks(cell, Place(number, row_at, column_at, max(width - pad, 0), ruled))

    def _paragraph(self, paragraph: etree._Element, place: Place | None) -> None:
        self.paragraphs += 1
        self.out.lines.extend(self._lines(paragraph, place))
        section = element(paragraph, "pPr/sectPr")
        if section is not None:
            self._section(section)

    def _lines(self, paragraph: etree._Element, place: Place | None) -> Iterator[Read]:
        look = self.looks.paragraph(paragraph)
        area = place.width if place else 0.0
        lines = self.looks.lines(paragraph)
        stroke = self.looks.stroke(paragraph, look, lines[-1], area)
        for at, runs in enumerate(lines):
            final = at == len(lines) - 1
            yield Read(
                text=clean("".join(run.text for run in runs)),
                runs=tuple(runs),
                paragraph=self.paragraphs,
                section=len(self.out.sections),
                place=place,
                align=look.align,
                left=look.left,
                right=look.right,
                first=look.first,
                before=look.before if at == 0 else 0.0,
                after=look.after if final else 0.0,
                line=look.line,
                outline=look.outline,
                stroke=stroke if final else None,
            )

    def _section(self, node: etree._Element) -> None:
        size, margins = node.find(f"{W}pgSz"), node.find(f"{W}pgMar")
        headers, footers = self._kinds(node, "header"), self._kinds(node, "footer")
        number = next((line for line in headers.get("default", ()) if _has_field(line)), None)
        below = next((line for line in footers.get("default", ()) if _has_field(line)), None)
        start = value(node.find(f"{W}pgNumType"), "start", "")
        title = node.find(f"{W}titlePg")
        first_foot = footers.get("first" if title is not None else "default", ())
        self.out.sections.append(
            Section(
                width=mm(value(size, "w", "0")),
                height=mm(value(size, "h", "0")),
                margins={side: mm(value(margins, side, "0")) for side in ("top", "bottom", "left", "right")},
                hides_first=title is not None and value(title, "val", "1") not in ("0", "false"),
                starts_at=int(start) if start.isdigit() else None,
                number=number or below,
                number_in_footer=number is None and below is not None,
                contact=tuple(line for line in first_foot if line.text and not _has_field(line)),
            )
        )

    def _kinds(self, node: etree._Element, kind: str) -> dict[str, tuple[Read, ...]]:
        """Read the headers or footers a section has, those of the section before where it names none."""
        found = dict(self.inherited[kind])
        targets = self._targets()
        for reference in node.iterchildren(f"{W}{kind}Reference"):
            name = targets.get(reference.get(f"{_R}id", ""), "")
            if name in self.names:
                found[value(reference, "type", "default")] = self._apart(name)
        self.inherited[kind] = found
        return found

    def _apart(self, name: str) -> tuple[Read, ...]:
        kept, self.out = self.out, Document()
        self._blocks(self._part(name), None)
        lines, self.out = tuple(self.out.lines), kept
        return lines

    def _targets(self) -> dict[str, str]:
        name = "word/_rels/document.xml.rels"
        if name not in self.names:
            return {}
        return {
            cast("str", link.get("Id", "")): "word/" + cast("str", link.get("Target", "")).removeprefix("/word/")
            for link in self._part(name)
        }


def _has_field(line: Read) -> bool:
    return any(run.page_field for run in line.runs)


def _ruled(table: etree._Element) -> bool:
    """Whether a table draws lines between its cells: data, not an arrangement of the page."""
    style = value(element(table, "tblPr/tblStyle"), "val", "TableNormal")
    if element(table, "tblPr/tblBorders") is None and style != "TableNormal":
        return True
    inside = [element(table, f"tblPr/tblBorders/inside{way}") for way in "VH"]
    cell = element(table, "tr/tc/tcPr/tcBorders")  # some programs rule each cell
    sides = inside + ([] if cell is None else list(cell))
    return any(value(side, "val", "nil") not in ("nil", "none") for side in sides)


def _cell_padding(table: etree._Element) -> float:
    margins = element(table, "tblPr/tblCellMar")
    if margins is None:
        return mm("216")
    return mm(value(margins.find(f"{W}left"), "w", "108")) + mm(value(margins.find(f"{W}right"), "w", "108"))
