"""The words of a picture's blocks, read by tesseract in one run, as lines."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from lachan.engine import tesseract
from lachan.engine.scams.pictures.bubbles import Block

_ROOM = 40  # pixels between blocks
_MOST = 16_000_000  # pixels of the page that is read
_OPTIONS = ("--psm", "6", "--dpi", "150", "-c", "tessedit_create_tsv=1")
_UNSURE = 25  # of 100: a short word read with less is none; of links and names the program is never sure
_SHORT = 5
_SPECKS = frozenset("|_~`'‘’“”\"-=—–«»ˆ^.,:;°·•<>{}[]()\\/*íÍïÌìlI")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: its words, how sure they are (0 to 1), and where it begins and ends, in pixels as read."""

    block: int
    text: str
    sure: float
    left: int
    right: int

    @property
    def letter(self) -> float:
        """How wide a letter is."""
        return (self.right - self.left) / len(self.text)


def lines(blocks: Sequence[Block], *, until: float) -> tuple[list[Line], int]:
    """The lines of `blocks`, and how many blocks were left out because the page would be too large. Raises `tesseract.Failed`."""
    page, tops = _page(blocks)
    written = tesseract.run(page, _OPTIONS, until=until)
    found: dict[tuple[int, str], list[dict[str, str]]] = {}
    for row in csv.DictReader(written.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "5" and row["text"].strip():
            middle = int(row["top"]) + int(row["height"]) // 2
            block = max((n for n, top in enumerate(tops) if top <= middle + _ROOM // 2), default=0)
            found.setdefault((block, f"{row['block_num']}.{row['par_num']}.{row['line_num']}"), []).append(row)
    read = [_line(block, words) for (block, _), words in found.items()]
    return [line for line in read if line.text], len(blocks) - len(tops)


def _page(blocks: Sequence[Block]) -> tuple[Image.Image, list[int]]:
    """All blocks under one another, and the top of each."""
    width = max(block.ink.width for block in blocks) + 2 * _ROOM
    tops: list[int] = []
    y = _ROOM
    for block in blocks:
        if (y + block.ink.height + _ROOM) * width > _MOST:
            break
        tops.append(y)
        y += block.ink.height + _ROOM
    page = Image.new("L", (width, y), 255)
    for block, top in zip(blocks, tops, strict=False):
        page.paste(block.ink, (_ROOM, top))
    return page, tops


def _line(block: int, words: list[dict[str, str]]) -> Line:
    kept = [word for word in words if float(word["conf"]) >= _UNSURE or len(word["text"]) > _SHORT]
    while kept and _is_speck(kept[0]):
        kept.pop(0)
    while kept and _is_speck(kept[-1]):
        kept.pop()
    if not kept:
        return Line(block, "", 0, 0, 0)
    sure = sum(float(word["conf"]) for word in kept) / len(kept) / 100
    text = " ".join(word["text"] for word in kept).replace("†", "t")  # a dagger is a t in a small picture
    return Line(block, text, sure, int(kept[0]["left"]), int(kept[-1]["left"]) + int(kept[-1]["width"]))


def _is_speck(word: dict[str, str]) -> bool:
    """A piece of a frame or of an icon that was taken for a character."""
    return _SPECKS.issuperset(word["text"]) and float(word["conf"]) < 80
