"""What a file that is sent along is, by its content."""

import io

from PIL import Image, UnidentifiedImageError

from lachan.engine.letters.files.archive import open_archive
from lachan.engine.letters.files.pdf import count_pages
from lachan.engine.letters.files.unreadable import Reason, Unreadable

_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def scan_kind(data: bytes) -> str:
    """Say "pdf", "png" or "jpg". Raises Unreadable for another kind, and for one that is damaged or locked."""
    if data.startswith(b"%PDF-"):
        count_pages(data)
        return "pdf"
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as picture:
            picture.verify()
            return "png" if picture.format == "PNG" else "jpg"
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Unreadable(Reason.DAMAGED) from None


def attached_kind(data: bytes) -> str:
    """Say "pdf", "docx" or "xlsx". Raises Unreadable for another kind, and for one that is damaged, locked or has macros."""
    if data.startswith(b"%PDF-"):
        count_pages(data)
        return "pdf"
    if not data.startswith(b"PK"):
        raise Unreadable(Reason.UNKNOWN)
    with open_archive(data) as archive:
        names = set(archive.namelist())
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Unreadable(Reason.MACROS)
        found = next((kind for part, kind in _OFFICE.items() if part in names), "")
        if not found or "[Content_Types].xml" not in names:
            raise Unreadable(Reason.UNKNOWN)
        if archive.testzip() is not None:
            raise Unreadable(Reason.DAMAGED)
    return found
