"""A picture file opened with care: by what it is and not by its name, never larger than we read, upright, in three colours."""

from __future__ import annotations

import io
import re
import struct
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from lachan.engine.photos import on_white
from lachan.engine.scams.pictures.unfit import MOST_BYTES, MOST_PIXELS, Unfit, Why

_MOST_READ = 8_000_000  # pixels: what is larger is made smaller for reading
_LONGEST_SIDE = (
    30_000  # pixels: Tesseract reads no side above 32,767, zxing-cpp none above 65,535, and there it is doubled
)
_LEAST_SIDE = 8
_MOST_SCANS = 100  # of a progressive JPEG: each costs time in proportion to the whole picture
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
_SCAN = re.compile(rb"\xff\xda")
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, struct.error, IndexError, KeyError, TypeError),
    *(ZeroDivisionError, OverflowError, AttributeError, NotImplementedError, RuntimeError),
)


def opened(data: bytes) -> Image.Image:
    """The first picture in `data`: RGB, upright, on white where it was see-through. Raises `Unfit`."""
    if why := _refused(data):
        raise Unfit(why)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged EXIF, which is thrown away
            return _unpacked(data)
    except (Image.DecompressionBombError, MemoryError):
        raise Unfit(Why.TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise Unfit(Why.DAMAGED if _is_known(data) else Why.NO_PICTURE) from None
    except _BROKEN:
        raise Unfit(Why.DAMAGED) from None


def _refused(data: bytes) -> Why | None:
    if not data:
        return Why.EMPTY
    if len(data) > MOST_BYTES:
        return Why.TOO_LARGE
    if data[4:8] == b"ftyp":
        return Why.HEIC
    if data.startswith(b"\xff\xd8") and len(_SCAN.findall(data)) > _MOST_SCANS:
        return Why.TOO_MANY_PIXELS
    return None if _is_known(data) else Why.NO_PICTURE


def _is_known(data: bytes) -> bool:
    beginnings = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")
    return data.startswith(beginnings) or (data[:4], data[8:12]) == (b"RIFF", b"WEBP")


def _unpacked(data: bytes) -> Image.Image:
    if data[:4] == b"RIFF" and data[12:16] == b"VP8X":  # Pillow takes memory for the whole canvas when it opens one
        across, down = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        _fits(across, down)
    with Image.open(io.BytesIO(data), formats=_FORMATS) as source:
        _fits(*source.size)
        smaller = min(1.0, (_MOST_READ / (source.width * source.height)) ** 0.5, _LONGEST_SIDE / max(source.size))
        size = (round(source.width * smaller), round(source.height * smaller))
        _fits(*size)
        source.draft("RGB", size)  # a JPEG is unpacked no larger than needed
        source.load()
        orientation = source.getexif().get(0x0112, 1)
        picture = _eight_bits(source)
    if picture.width * picture.height > _MOST_READ or max(picture.size) > _LONGEST_SIDE:
        picture = picture.resize(size, Image.Resampling.BOX)
    return _turned(on_white(picture), orientation)


def _fits(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Unfit(Why.TOO_MANY_PIXELS)
    if min(width, height) < _LEAST_SIDE:
        raise Unfit(Why.TOO_SMALL)


def _eight_bits(source: Image.Image) -> Image.Image:
    """Eight bits a colour, in a mode that can be made smaller."""
    if source.mode.startswith("I"):
        return source.convert("I").point(lambda level: level / 257).convert("L")
    if source.mode in {"L", "RGB", "RGBA", "LA", "CMYK", "YCbCr"}:
        return source.copy()
    return source.convert("RGBA" if source.has_transparency_data else "RGB")


def _turned(picture: Image.Image, orientation: object) -> Image.Image:
    exif = picture.getexif()
    exif[0x0112] = orientation if orientation in range(1, 9) else 1
    return ImageOps.exif_transpose(picture)
