"""How wide a text is, and where to break a long name.

Tinos has the widths of Times New Roman, so what is measured here holds in Word too.
"""

from functools import cache
from itertools import pairwise

from PIL import ImageFont

from lachan.engine.layout.rules import FONTS, PT_MM

_UNITS = 2048
_MOST_WORDS = 80  # a longer text is no name; it is filled line by line
# A name breaks best before these words: "ỦY BAN NHÂN DÂN / TỈNH THANH HÓA".
_BREAK_BEFORE = frozenset(["TỈNH", "THÀNH", "HUYỆN", "QUẬN", "THỊ", "XÃ", "PHƯỜNG", "ĐẶC", "VÀ", "TRÊN", "CỦA"])


@cache
def _face(*, bold: bool, italic: bool) -> ImageFont.FreeTypeFont:
    name = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    path = FONTS / f"Tinos-{name[bold, italic]}.ttf"
    return ImageFont.truetype(str(path), _UNITS, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(letter: str, bold: bool, italic: bool) -> float:
    return _face(bold=bold, italic=italic).getlength(letter) / _UNITS


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Give the width in mm of one line of text at `size` points."""
    return sum(_advance(letter, bold, italic) for letter in text) * size * PT_MM


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a centred text into the fewest lines that fit `room` mm, of like length, names kept whole if possible."""
    words = text.split(" ")  # not at no-break spaces
    lines = _greedy(words, size, room, bold=bold)
    if len(lines) <= 1:
        return (text,)
    best = _balanced(words, len(lines), size, room, bold=bold) if len(words) <= _MOST_WORDS else None
    return tuple(" ".join(line) for line in best or lines)


def _greedy(words: list[str], size: float, room: float, *, bold: bool) -> list[list[str]]:
    lines: list[list[str]] = []
    for word in words:
        if lines and width(" ".join([*lines[-1], word]), size, bold=bold) <= room:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _balanced(words: list[str], count: int, size: float, room: float, *, bold: bool) -> list[list[str]] | None:
    """Try every way to cut into `count` lines, by the least sum of squares of what each line leaves free."""

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        if left == 0:
            return (0.0, ()) if start == len(words) else None
        found: tuple[float, tuple[int, ...]] | None = None
        for end in range(start + 1, len(words) - left + 2):
            free = room - width(" ".join(words[start:end]), size, bold=bold)
            rest = best(end, left - 1) if free >= 0 else None
            if rest is None:
                continue
            cut_well = end == len(words) or words[end].upper() in _BREAK_BEFORE or words[end - 1].endswith(",")
            cost = free * free * (1.0 if cut_well else 1.3) + rest[0]
            if found is None or cost < found[0]:
                found = (cost, (end, *rest[1]))
        return found

    answer = best(0, count)
    if answer is None:
        return None
    return [words[start:end] for start, end in pairwise((0, *answer[1]))]
