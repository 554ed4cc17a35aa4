"""Pictures and things that only claim to be pictures: `from pictures import a_photo`."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PROGRAM = b"MZ\x90\x00\x03" + bytes(400)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


def a_photo(number: int = 0, size: tuple[int, int] = (120, 90)) -> bytes:
    """A JPEG; each number looks different."""
    out = io.BytesIO()
    Image.new("RGB", size, (number * 37 % 256, number * 101 % 256, number % 256)).save(out, "JPEG", quality=90)
    return out.getvalue()


def sent(data: bytes, name: str = "anh.jpg") -> SimpleUploadedFile:
    """As a form sends it."""
    return SimpleUploadedFile(name, data, "image/jpeg")
