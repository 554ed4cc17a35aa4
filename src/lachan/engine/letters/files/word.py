"""DOCX to text: paragraphs with their list numbers, layout tables in reading order, other tables as rows with strokes."""

import re
import zipfile
from collections.abc import Iterator

from lachan.engine.letters.files.archive import Element, open_archive, xml
from lachan.engine.letters.files.numbering import Numbering, W, numbering
from lachan.engine.letters.files.plain import from_tcvn3, from_vni
from lachan.engine.letters.files.unreadable import Reason, Unreadable
from lachan.engine.letters.source import bare

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "pPr",
        "rPr",
        "fldData",
        "footnoteReference",
        "commentReference",
    )
} | {_FALLBACK}
_LAYOUT = re.compile(
    r"cong hoa xa hoi|doc lap\W+tu do|noi nhan|kinh gui|\b(?:tm|kt|tl|tuq)\.|dang cong san|(?:^|\n)\W*so\s?:"
)


def read_word(data: bytes) -> str:
    """The text of a DOCX. Raises Unreadable for damaged, encrypted, macro-bearing or swelling files."""
    archive = open_archive(data)
    names = archive.namelist()
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names) or _macro_type(archive):
        raise Unreadable(Reason.MACROS)
    document = xml(archive, "word/document.xml")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise Unreadable(Reason.DAMAGED)
    lists = numbering(xml(archive, "word/numbering.xml"), xml(archive, "word/styles.xml"))
    return "\n".join(_blocks(body, lists))


def _macro_type(archive: zipfile.ZipFile) -> bool:
    types = xml(archive, "[Content_Types].xml")
    return types is not None and any("macroEnabled" in part.get("ContentType", "") for part in types)


def _blocks(parent: Element, lists: Numbering) -> Iterator[str]:
    for block in parent:
        if block.tag == f"{W}p":
            yield from _paragraph(block, lists)
        elif block.tag == f"{W}tbl":
            yield from _table(block, lists)
        elif block.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}smartTag", f"{W}ins", f"{W}customXml"):
            yield from _blocks(block, lists)


def _paragraph(paragraph: Element, lists: Numbering) -> Iterator[str]:
    boxes: list[Element] = []
    words = "".join(_words(paragraph, boxes))
    yield (lists.label(paragraph) if words.strip() else "") + words
    for box in boxes:
        yield from _blocks(box, lists)


def _words(element: Element, boxes: list[Element]) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield _in_unicode(child)
        elif child.tag in (f"{W}tab", f"{W}ptab"):
            yield "\t"
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _words(child, boxes)


def _in_unicode(text: Element) -> str:
    """The run's words; those in the fonts of the old encodings (.VnTime, VNI-Times) are turned into Unicode."""
    words = text.text or ""
    run = text.getparent()
    fonts = run.find(f"{W}rPr/{W}rFonts") if run is not None and not words.isascii() else None
    name = fonts.get(f"{W}ascii", "") if fonts is not None else ""
    if name.startswith(".Vn"):
        plain = from_tcvn3(words)
        return plain.upper() if name.endswith("H") else plain
    return from_vni(words) if name.startswith("VNI-") else words


def _table(table: Element, lists: Numbering) -> Iterator[str]:
    rows = [
        [_cell(cell, lists) for cell in row.findall(f"{W}tc")] for row in table.iter(f"{W}tr") if _own_row(row, table)
    ]
    if _is_layout(rows):
        for row in rows:
            for cell in row:
                yield from cell
        return
    yield ""
    for row in rows:
        yield " | ".join(" ".join(part.strip() for part in "\n".join(cell).split("\n") if part.strip()) for cell in row)
    yield ""


def _own_row(row: Element, table: Element) -> bool:
    """Not a row of a table inside one of the cells."""
    parent = row.getparent()
    while parent is not None and parent.tag != f"{W}tbl":
        parent = parent.getparent()
    return parent is table


def _cell(cell: Element, lists: Numbering) -> list[str]:
    return list(_blocks(cell, lists))


def _is_layout(rows: list[list[list[str]]]) -> bool:
    """A table that only places the head or the signature side by side."""
    width = max((len(row) for row in rows), default=0)
    text = bare("\n".join(part for row in rows for cell in row for part in cell))
    return width <= 1 or (width <= 3 and len(rows) <= 6 and _LAYOUT.search(text) is not None)
