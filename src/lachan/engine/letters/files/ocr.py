"""Letters read off pictures by the program tesseract with its Vietnamese data."""

import io
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable

from PIL import Image

from lachan.engine.letters.files.unreadable import Reason, Unreadable

_MAX_PIXELS = 60_000_000
_PAGE_SECONDS = 60.0
Stop = Callable[[], bool]


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
    program = shutil.which("tesseract")
    if program is None:
        raise Unreadable(Reason.NO_OCR)
    _still_wanted(until, stop)
    command = [program, "stdin", "stdout", "-l", "vie", "--dpi", "300"]
    with tempfile.TemporaryFile() as page:  # not a pipe: Python 3.11 stops writing to one when communicate() times out
        image.convert("L").save(page, "PNG", compress_level=1)
        page.seek(0)
        process = subprocess.Popen(
            command,
            stdin=page,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    with process:
        try:
            words, problem = _watched(process, until=min(until, time.monotonic() + _PAGE_SECONDS), stop=stop)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise Unreadable(Reason.NO_OCR if b"vie" in problem else Reason.DAMAGED)
    return words.decode("utf-8", errors="replace").replace("\x0c", "\n")


def _watched(process: "subprocess.Popen[bytes]", *, until: float, stop: Stop) -> tuple[bytes, bytes]:
    while True:
        try:
            return process.communicate(timeout=0.25)
        except subprocess.TimeoutExpired:
            _still_wanted(until, stop)


def _still_wanted(until: float, stop: Stop) -> None:
    if stop():
        raise Unreadable(Reason.STOPPED)
    if time.monotonic() > until:
        raise Unreadable(Reason.TIMEOUT)
