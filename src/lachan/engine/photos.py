"""Photos that people send: judged by what is in them, freed of everything but the picture, and made small."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageCms, ImageOps

LONGEST_SIDE = 1600  # pixels: a sheet of A4 prints it well
THUMBNAIL_SIDE = 320
MOST_PIXELS = 64_000_000  # a phone's 50-megapixel picture passes; more is refused before it is unpacked
QUALITY = 82
_FORMATS = ("JPEG", "PNG", "WEBP")
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    IndexError,
    TypeError,
    ZeroDivisionError,
    OverflowError,
)


class NotAPhoto(StrEnum):
    """Why a file was not taken; the caller words the sentence."""

    EMPTY = "empty"
    PROGRAM = "program"  # an executable, whatever its name says
    HEIC = "heic"
    VIDEO = "video"
    OTHER_KIND = "other_kind"  # some other file: PDF, Word, text …
    BROKEN = "broken"  # begins as a picture and cannot be opened
    TOO_MANY_PIXELS = "too_many_pixels"


class Unfit(Exception):
    """The file is no photo that we take."""

    def __init__(self, why: NotAPhoto) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG of its own, upright, in sRGB, without any metadata; and its thumbnail."""

    data: bytes
    width: int
    height: int
    thumbnail: bytes
    thumbnail_width: int
    thumbnail_height: int


_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"dex\n")
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})


def _kind(data: bytes) -> NotAPhoto | None:
    """What a file that is no JPEG, PNG or WebP is; None for those three."""
    if not data:
        return NotAPhoto.EMPTY
    if data.startswith(_PROGRAMS):
        return NotAPhoto.PROGRAM
    if data[4:8] == b"ftyp":
        return NotAPhoto.HEIC if data[8:12] in _HEIC else NotAPhoto.VIDEO
    is_picture = data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4], data[8:12]) == (
        b"RIFF",
        b"WEBP",
    )
    return None if is_picture else NotAPhoto.OTHER_KIND


def clean(data: bytes) -> Photo:
    """The picture in `data`, at most LONGEST_SIDE long, encoded anew, so that nothing but its pixels comes through.

    Place, camera, time, hidden previews and anything appended to the file are gone. Raises `Unfit`.
    """
    if why := _kind(data):
        raise Unfit(why)
    try:
        picture = _opened(data)
        return _encoded(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Unfit(NotAPhoto.TOO_MANY_PIXELS) from None
    except _BROKEN:
        raise Unfit(NotAPhoto.BROKEN) from None


def _opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as source:
        if source.width * source.height > MOST_PIXELS:
            raise Unfit(NotAPhoto.TOO_MANY_PIXELS)
        profile = source.info.get("icc_profile")
        source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked no larger than needed
        turned = ImageOps.exif_transpose(source)
        picture = on_white(turned)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _in_srgb(picture, profile)


def on_white(picture: Image.Image) -> Image.Image:
    """On white where it was see-through, in three colours."""
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture)
        picture = ground
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as they were meant: phones write wider ones and say so in a profile, which does not come through."""
    if not profile:
        return picture
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *_BROKEN):
        return picture
    return converted or picture


def _encoded(picture: Image.Image) -> Photo:
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Photo(_jpeg(picture), *picture.size, _jpeg(small), *small.size)


def _jpeg(picture: Image.Image) -> bytes:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)  # a fresh picture has no metadata to write
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=False)
    return out.getvalue()
