"""Pictures of messages: screenshots, photos of a screen or a leaflet, QR codes; read on this machine, and judged by what they say.

Pillow, zxing-cpp and tesseract are loaded when a picture is read: without them the rest of the engine works all the same.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lachan.engine import tesseract
from lachan.engine.scams.pictures.codes import Code, CodeKind, codes
from lachan.engine.scams.pictures.messages import Message, messages
from lachan.engine.scams.pictures.unfit import MOST_BYTES, Unfit, Why

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["MOST_BYTES", "SECONDS", "Code", "CodeKind", "Message", "Read", "Unfit", "Why", "read"]

SECONDS = 20.0
CLEAR = 0.72  # sure: letters of 8 pixels are read with 0.84 and few faults, what stands on its head or aslant with 0.5 to 0.65
_FAILURES = {tesseract.Failure.MISSING: Why.NO_TESSERACT, tesseract.Failure.TIMEOUT: Why.TIMEOUT}


@dataclass(frozen=True)
class Read:
    """What a picture says. `unread`: what of it could not be read, and why."""

    size: tuple[int, int]  # of the picture as it was read; places are in it
    messages: tuple[Message, ...]
    codes: tuple[Code, ...]
    unread: tuple[Why, ...]

    @property
    def text(self) -> str:
        """What somebody wrote, a message a line: the words to show for correction."""
        return "\n".join(self.written)

    @property
    def written(self) -> tuple[str, ...]:
        """The messages that somebody wrote."""
        return tuple(message.text for message in self.messages if not message.around)

    @property
    def is_chat(self) -> bool:
        """Whether something of a chat program stands around the words, such as the hour or the box to write in."""
        return any(message.around for message in self.messages)

    def judged(self, text: str | None = None) -> str:
        """The words by which the picture is judged: `text`, as a person has corrected it, or what was read; then its codes."""
        said = self.text if text is None else text
        return "\n".join(part for part in (said, *(code.judged for code in self.codes)) if part)


def read(data: bytes, *, seconds: float = SECONDS) -> Read:
    """The words and codes of the picture in `data`. Raises `Unfit`, with a sentence, for what is no picture that we read."""
    until = time.monotonic() + seconds
    try:
        from lachan.engine.scams.pictures.opening import opened
    except ModuleNotFoundError:
        raise Unfit(Why.NO_PILLOW) from None
    picture = opened(data)
    unread: list[Why] = []
    try:
        seen = codes(picture)
    except ModuleNotFoundError:
        seen = []
        unread.append(Why.NO_ZXING)
    found = _messages(picture, seen, until, unread)
    if not (found or seen or unread):
        unread.append(Why.NO_WORDS)
    letters = sum(len(message.text) for message in found)
    if letters and sum(message.sure * len(message.text) for message in found) < CLEAR * letters:
        unread.append(Why.UNCLEAR)
    return Read(picture.size, tuple(found), tuple(seen), tuple(unread))


def _messages(picture: Image.Image, seen: list[Code], until: float, unread: list[Why]) -> list[Message]:
    from lachan.engine.scams.pictures.bubbles import blocks
    from lachan.engine.scams.pictures.words import lines

    found = blocks(picture, [code.box for code in seen], until=until)
    if not found:
        unread += [Why.TIMEOUT] if time.monotonic() > until else []
        return []
    try:
        read_lines, left_out = lines(found, until=until)
    except tesseract.Failed as failed:
        unread.append(_FAILURES.get(failed.why, Why.DAMAGED))
        return []
    if left_out:
        unread.append(Why.TOO_MUCH)
    return messages(found, read_lines, picture.size)
