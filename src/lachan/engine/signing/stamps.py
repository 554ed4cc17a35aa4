"""What a signature looks like on the page: a picture that was given, or words drawn with the font of the documents."""

import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typst
from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader

from lachan.engine.layout.rules import FONTS
from lachan.engine.signing.boxes import OVERLAP, Box

BLUE = "0000C8"  # of a signature (II.7.d)
RED = "FF0000"  # of a seal (II.8)
_HERE = Path(__file__).parent
_WIDEST = 4000  # px of a picture


@dataclass(frozen=True, slots=True)
class Look:
    """Either the PNG of a signature or seal, or the lines that stand for it."""

    lines: tuple[str, ...]
    is_seal: bool = False
    png: bytes = b""


def signature_look(name: str, agency: str, at: datetime, png: bytes = b"") -> Look:
    """A person's signature: who, for whom and when, the time as ISO 8601 with its zone."""
    lines = [f"Ký bởi: {name}"]
    if agency:
        lines.append(f"Cơ quan: {agency}")
    return Look((*lines, f"Thời gian ký: {_time(at)}"), png=png)


def seal_look(at: datetime, png: bytes = b"") -> Look:
    """The agency's seal; without its picture a ring that says it was signed."""
    return Look(("ĐÃ KÝ SỐ", at.strftime("%d.%m.%Y"), at.strftime("%H:%M")), is_seal=True, png=png)


def _time(at: datetime) -> str:
    return f"{at:%d.%m.%Y %H:%M:%S} {at.strftime('%z')[:3]}:{at.strftime('%z')[3:]}"


def drawn(look: Look, box: Box) -> PdfContent:
    """The look as content of a PDF. Raises ValueError when the picture is no PNG."""
    if look.png:
        return _picture(look.png)
    data = {
        "width": box.width,
        "height": box.height,
        "room": box.width * (1 - OVERLAP),
        "colour": RED if look.is_seal else BLUE,
        "ring": look.is_seal,
        "lines": look.lines,
    }
    return _Page(
        typst.compile(
            _HERE / "stamp.typ",
            root=_HERE,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    )


def _picture(png: bytes) -> PdfImage:
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as found:
            if max(found.size) > _WIDEST:
                raise ValueError("too large")
            return PdfImage(found.convert("RGBA"))
    except (UnidentifiedImageError, OSError, SyntaxError) as problem:
        raise ValueError("not a PNG") from problem


class _Page(PdfContent):
    """The first page of a PDF that is in memory, drawn as it is."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        """Bring the page into the file that is being written."""
        writer = self._ensure_writer
        drawing = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Drawn"] = drawing
        left, low, right, high = drawing.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(left - right), height=abs(low - high))
        return b"/Drawn Do"
