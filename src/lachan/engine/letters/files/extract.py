"""Bytes to text, by what they are and not by what they are called."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from lachan.engine.letters.files.ocr import picture, text_of
from lachan.engine.letters.files.pdf import Progress, read_pdf
from lachan.engine.letters.files.plain import read_plain
from lachan.engine.letters.files.unreadable import Reason, Unreadable
from lachan.engine.letters.files.word import read_word

MAX_BYTES = 25 * 10**6
MAX_LENGTH = 1_000_000  # characters; some 400 pages, which take a few seconds to read
_SECONDS = 600.0
_SCAN = "Văn bản là bản quét, chữ được máy nhận dạng; hãy đối chiếu với bản gốc."


@dataclass(frozen=True)
class Extracted:
    """The text of a file. `kind` is "docx", "pdf", "scan" (a picture, or a PDF with scanned pages) or "text".

    `pages` is None where unknown; `warnings` are Vietnamese sentences for the person who sent the file.
    """

    text: str
    kind: str
    pages: int | None
    warnings: tuple[str, ...] = ()


def extract(
    data: bytes,
    filename: str = "",
    *,
    progress: Progress = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
    seconds: float = _SECONDS,
) -> Extracted:
    """Read the file `data`. `progress(done, total)` is called after each page; reading ends early when `stop()` is true.

    Raises Unreadable, with a Vietnamese sentence, for anything that cannot or must not be read.
    `filename` only tells an unknown file apart.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable(Reason.EMPTY)
    found = _read(data, filename, progress=progress, stop=stop, seconds=seconds)
    if len(found.text) > MAX_LENGTH:
        raise Unreadable(Reason.TOO_LONG)
    if sum(map(str.isalpha, found.text)) < 3:
        raise Unreadable(Reason.NO_TEXT)
    return found


def _read(data: bytes, filename: str, *, progress: Progress, stop: Callable[[], bool], seconds: float) -> Extracted:
    if b"%PDF-" in data[:1024]:
        pages = read_pdf(data, progress=progress, stop=stop, seconds=seconds)
        return Extracted(pages.text, "scan" if pages.scanned else "pdf", pages.pages, (_SCAN,) if pages.scanned else ())
    if data.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")):
        text = text_of(picture(data), until=time.monotonic() + seconds, stop=stop)
        progress(1, 1)
        return Extracted(text, "scan", 1, (_SCAN,))
    if data.startswith(b"PK"):
        return Extracted(_zipped(data), "docx", None)
    _refuse_known(data, filename)
    text, warnings = read_plain(data)
    return Extracted(text, "text", None, warnings)


def _zipped(data: bytes) -> str:
    if b"word/" not in data and any(mark in data for mark in (b"xl/", b"ppt/", b"content.xml", b"AndroidManifest")):
        raise Unreadable(Reason.UNKNOWN)
    return read_word(data)


def _refuse_known(data: bytes, filename: str) -> None:
    """Kinds that are known and not read: old Word, encrypted Office files, pictures of other kinds, programs."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(Reason.ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in data else Reason.OLD_WORD)
    if data.startswith(b"{\\rtf"):
        raise Unreadable(Reason.OLD_WORD)
    if data.startswith(
        (b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"BM", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc", b"\x1f\x8b")
    ):
        raise Unreadable(Reason.UNKNOWN)
    if filename.lower().endswith((".docx", ".pdf", ".png", ".jpg", ".jpeg")):
        raise Unreadable(Reason.DAMAGED)
