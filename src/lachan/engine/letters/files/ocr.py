"""Letters read off pictures by the program tesseract with its Vietnamese data."""

import io
import time

from PIL import Image

from lachan.engine import tesseract
from lachan.engine.letters.files.unreadable import Reason, Unreadable
from lachan.engine.tesseract import Failure, Stop

_MAX_PIXELS = 60_000_000
_PAGE_SECONDS = 60.0
_REASONS = {
    Failure.MISSING: Reason.NO_OCR,
    Failure.DAMAGED: Reason.DAMAGED,
    Failure.TIMEOUT: Reason.TIMEOUT,
    Failure.STOPPED: Reason.STOPPED,
}


def picture(data: bytes) -> "Image.Image":
    """The picture in `data`, opened but not yet inflated. Raises Unreadable for one that is damaged or too large to hold."""
    try:
        image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable(Reason.DAMAGED) from None
    if image.width * image.height > _MAX_PIXELS:
        raise Unreadable(Reason.BOMB)
    try:
        image.load()
    except (OSError, ValueError, SyntaxError):
        raise Unreadable(Reason.DAMAGED) from None
    return image


def text_of(image: "Image.Image", *, until: float, stop: Stop) -> str:
    """The words on one page, line by line. `until`: the moment of time.monotonic() by which it must be done.

    Raises Unreadable when tesseract or its Vietnamese data is missing, the time is over, or `stop()` says so.
    """
    until = min(until, time.monotonic() + _PAGE_SECONDS)
    try:
        words = tesseract.run(image.convert("L"), ("--dpi", "300"), until=until, stop=stop)
    except tesseract.Failed as failed:
        raise Unreadable(_REASONS[failed.why]) from None
    return words.replace("\x0c", "\n")
