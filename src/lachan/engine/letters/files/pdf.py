"""PDF to text: the text layer where a page has one, else the page drawn and read off."""

import io
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw

from lachan.engine.letters.files.ocr import text_of
from lachan.engine.letters.files.unreadable import Reason, Unreadable
from lachan.engine.tesseract import Stop

_MAX_PAGES = 400
_MAX_SCANNED = 80
_MAX_PIXELS = 40_000_000
_DPI = 300
_FEWEST = 25  # letters that make a text layer; less is a stamp over a scan
_LOCK = threading.Lock()  # PDFium works for one thread at a time

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Pages:
    text: str
    pages: int
    scanned: int


def read_pdf(data: bytes, *, progress: Progress, stop: Stop, seconds: float) -> Pages:
    """The text of every page. Raises Unreadable for damaged, encrypted or overlong files, and as `text_of` does for scans."""
    with _LOCK:
        document = _opened(data)
        try:
            return _read(document, progress=progress, stop=stop, until=time.monotonic() + seconds)
        finally:
            document.close()


def count_pages(data: bytes) -> int:
    """How many pages a PDF has. Raises Unreadable for one that is damaged or locked."""
    with _LOCK:
        document = _opened(data)
        try:
            return len(document)
        finally:
            document.close()


def pictures(data: bytes, *, dpi: int, most: int) -> list[bytes]:
    """The first `most` pages of a PDF as PNG. Raises Unreadable for one that is damaged or locked."""
    with _LOCK:
        document = _opened(data)
        try:
            document.init_forms()  # or the marks of signatures are left out
            return [_png(document, number, dpi) for number in range(min(len(document), most))]
        finally:
            document.close()


def joined(parts: Sequence[bytes]) -> bytes:
    """The pages of several PDFs as one, in order."""
    with _LOCK:
        whole = pdfium.PdfDocument.new()
        try:
            for part in parts:
                one = _opened(part)
                whole.import_pages(one)
                one.close()
            out = io.BytesIO()
            whole.save(out)
        finally:
            whole.close()
    return out.getvalue()


def _png(document: pdfium.PdfDocument, number: int, dpi: int) -> bytes:
    out = io.BytesIO()
    drawn = document[number].render(scale=dpi / 72, may_draw_forms=True).to_pil()
    drawn.convert("L" if _is_grey(drawn) else "RGB").save(
        out, "PNG"
    )  # at zlib's best it takes thrice as long for a 14th less
    return out.getvalue()


def _is_grey(drawn: Image.Image) -> bool:
    """Whether a page has no colour: most have none, and are then a third of the size."""
    red, green, blue = drawn.convert("RGB").split()
    return not any(ImageChops.difference(red, other).getbbox() for other in (green, blue))


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error)
        raise Unreadable(Reason.ENCRYPTED if locked else Reason.DAMAGED) from None


def _read(document: pdfium.PdfDocument, *, progress: Progress, stop: Stop, until: float) -> Pages:
    count = len(document)
    if count > _MAX_PAGES:
        raise Unreadable(Reason.TOO_LONG)
    texts, scanned = [], 0
    for number in range(count):
        if stop():
            raise Unreadable(Reason.STOPPED)
        page = _page(document, number)
        text = _layer(page)
        if sum(map(str.isalpha, text)) < _FEWEST and _has_picture(page):
            scanned += 1
            if scanned > _MAX_SCANNED:
                raise Unreadable(Reason.TOO_LONG)
            text = text_of(_drawn(page), until=until, stop=stop)
        texts.append(text)
        progress(number + 1, count)
    return Pages("\n".join(texts), count, scanned)


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    try:
        return document[number]
    except pdfium.PdfiumError:
        raise Unreadable(Reason.DAMAGED) from None


def _layer(page: pdfium.PdfPage) -> str:
    try:
        text: str = page.get_textpage().get_text_bounded()
    except pdfium.PdfiumError:
        return ""
    return text.replace("\r\n", "\n").replace("\ufffe", "-")


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(
        item.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_PATH)
        for item in page.get_objects(max_depth=2)
    )


def _drawn(page: pdfium.PdfPage):  # type: ignore[no-untyped-def]  # PIL.Image.Image, by way of an untyped library
    width, height = page.get_size()
    scale = _DPI / 72
    pixels = width * height * scale * scale
    if pixels > _MAX_PIXELS:
        scale *= (_MAX_PIXELS / pixels) ** 0.5
    return page.render(scale=scale, grayscale=True).to_pil()
