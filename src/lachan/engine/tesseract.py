"""The program tesseract, which reads words off pictures; it runs as a process of its own, that can be ended at any time."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

Stop = Callable[[], bool]


class Failure(StrEnum):
    """Why nothing was read; the caller words the sentence."""

    MISSING = "missing"  # the program, or its Vietnamese data
    DAMAGED = "damaged"  # it could not take the picture
    TIMEOUT = "timeout"
    STOPPED = "stopped"


class Failed(Exception):
    """Tesseract gave no answer."""

    def __init__(self, why: Failure) -> None:
        super().__init__(str(why))
        self.why = why


def run(image: Image.Image, options: Sequence[str], *, until: float, stop: Stop = lambda: False) -> str:
    """What tesseract writes about a grey picture, by its Vietnamese data. `until`: a moment of time.monotonic().

    Raises `Failed` when the program or its data is missing, the time is over, or `stop()` says so.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise Failed(Failure.MISSING)
    _still_wanted(until, stop)
    with tempfile.TemporaryFile() as page:  # not a pipe: Python 3.11 stops writing to one when communicate() times out
        image.save(page, "PNG", compress_level=1)
        page.seek(0)
        process = subprocess.Popen(
            [program, "stdin", "stdout", "-l", "vie", *options],
            stdin=page,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    with process:
        try:
            words, problem = _watched(process, until=until, stop=stop)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise Failed(Failure.MISSING if b"vie" in problem else Failure.DAMAGED)
    return words.decode("utf-8", errors="replace")


def _watched(process: subprocess.Popen[bytes], *, until: float, stop: Stop) -> tuple[bytes, bytes]:
    while True:
        try:
            return process.communicate(timeout=0.25)
        except subprocess.TimeoutExpired:
            _still_wanted(until, stop)


def _still_wanted(until: float, stop: Stop) -> None:
    if stop():
        raise Failed(Failure.STOPPED)
    if time.monotonic() > until:
        raise Failed(Failure.TIMEOUT)
