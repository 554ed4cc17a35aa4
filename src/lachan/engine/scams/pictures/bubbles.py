"""The areas of one colour in a picture, such as the bubbles of a chat, each as black words on white whatever its colours were.

A coarse map of the ground is made by a median, from which words vanish because they cover less than half of any place.
Neighbouring cells of nearly the same colour are one area. What differs from the ground is ink. So dark mode, coloured bubbles,
colours that run over into another and a shadow across a photo need no rules of their own.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Box = tuple[int, int, int, int]  # left, top, right, bottom

_COLUMNS = 240  # cells across the picture
_ROWS = 24  # at least so many: a strip cut out of a screenshot is not all one cell
_MEDIAN = 9  # cells: a little more than the height of a line in a chat
_SAME = 4  # levels by which neighbouring cells of one area may differ
_MOST_AREAS = 40  # more are seen in noise only
_LEAST = 200  # cells: what is smaller is an icon
_FLOOR = 0.06  # of the contrast: what differs less from the ground is noise of the file
_FAINTEST = 24  # levels: an area whose ink differs less has none
_WIDEST = 0.9  # of the picture: a wider area is the ground, a bar or a panel, and no bubble
_HOLE = 7  # cells
_LINE = 44  # pixels: the height of a line as tesseract reads it best
_MOST_SCALE, _LEAST_SCALE = 4.0, 0.4
_STRIPS = 6
_APART = 1.0  # of a line's height: a wider gap ends a paragraph


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together. `ink` is black on white, scaled for reading; `box` is the place in the picture."""

    ink: Image.Image
    box: Box
    in_bubble: bool


def blocks(picture: Image.Image, hidden: Sequence[Box] = (), *, until: float = math.inf) -> list[Block]:
    """The blocks of words in an RGB picture, from the top. `hidden`: places that are no words, such as QR codes.

    No more are looked for after `until`, a moment of time.monotonic().
    """
    cell = max(1, round(min(picture.width / _COLUMNS, picture.height / _ROWS)))
    grid = picture.resize((-(-picture.width // cell), -(-picture.height // cell)), Image.Resampling.NEAREST)
    ground = grid.filter(ImageFilter.MedianFilter(_MEDIAN))
    ink = _ink(picture, ground)
    for box in hidden:
        ImageDraw.Draw(ink).rectangle(box, fill=0)
    found: list[Block] = []
    for cells in _areas(ground):
        if time.monotonic() > until:
            break
        found += _of_area(ink, _Area.of(cells, ground.size, cell, picture.size))
    return sorted(found, key=lambda block: block.box[1])


def _ink(picture: Image.Image, ground: Image.Image) -> Image.Image:
    """By how much each pixel differs from the ground, in the colour in which it differs most."""
    channels = ImageChops.difference(picture, ground.resize(picture.size, Image.Resampling.BILINEAR)).split()
    most = channels[0]
    for channel in channels[1:]:
        most = ImageChops.lighter(most, channel)
    return most


Colour = tuple[int, int, int]


def _areas(ground: Image.Image) -> list[list[int]]:
    """The cells of each area; cells are numbered row by row."""
    width = ground.width
    colours: list[Colour] = list(zip(*[iter(ground.tobytes())] * 3, strict=True))
    areas = {cells[0]: cells for cells in _alike(colours, width) if len(cells) >= _LEAST}
    whose = {cell: number for number, cells in areas.items() for cell in cells}
    usual = {number: _mean(colours, cells) for number, cells in areas.items()}
    for rest, near in _rests(whose, width, len(colours)):
        for cell in rest:  # what letters left on the ground belongs to the area that it is most like
            areas[_likest(colours[cell], {number: usual[number] for number in near})].append(cell)
    return sorted(areas.values(), key=len, reverse=True)[:_MOST_AREAS]


def _likest(colour: Colour, of: Mapping[int, Colour]) -> int:
    return min(of, key=lambda number: _apart(of[number], colour))


def _alike(colours: Sequence[Colour], width: int) -> Iterable[list[int]]:
    """The groups of cells that neighbours of nearly the same colour make."""
    parents = list(range(len(colours)))

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = one = parents[parents[one]]
        return one

    for here, colour in enumerate(colours):
        for there in (here - 1 if here % width else -1, here - width):
            if there >= 0 and (colours[there] == colour or _apart(colours[there], colour) <= _SAME):
                one, other = root(here), root(there)
                if one != other:
                    parents[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for one in range(len(colours)):
        groups.setdefault(root(one), []).append(one)
    return groups.values()


def _rests(whose: Mapping[int, int], width: int, count: int) -> Iterator[tuple[list[int], set[int]]]:
    """The cells that belong to no area, in groups that touch, each with the areas beside it."""
    seen = set(whose)
    for start in range(count):
        if start in seen:
            continue
        seen.add(start)
        rest, near = [start], set[int]()
        for cell in rest:
            for beside in (
                cell - 1 if cell % width else -1,
                cell + 1 if (cell + 1) % width else -1,
                cell - width,
                cell + width,
            ):
                if beside in whose:
                    near.add(whose[beside])
                elif 0 <= beside < count and beside not in seen:
                    seen.add(beside)
                    rest.append(beside)
        if near:
            yield rest, near


def _apart(one: Colour, other: Colour) -> int:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(one[2] - other[2]))


def _mean(colours: Sequence[Colour], cells: Sequence[int]) -> Colour:
    red, green, blue = (sum(colours[cell][part] for cell in cells) // len(cells) for part in range(3))
    return red, green, blue


@dataclass(frozen=True, slots=True)
class _Area:
    """An area in pixels. `mask` has the size of the box."""

    box: Box
    mask: Image.Image
    in_bubble: bool

    @classmethod
    def of(cls, cells: list[int], size: tuple[int, int], cell: int, within: tuple[int, int]) -> _Area:
        width, _ = size
        rows, columns = [at // width for at in cells], [at % width for at in cells]
        left, top, right, bottom = min(columns), min(rows), max(columns) + 1, max(rows) + 1
        mask = Image.new("L", (right - left, bottom - top))
        across = right - left
        pixels = bytearray(across * (bottom - top))
        for row, column in zip(rows, columns, strict=True):
            pixels[(row - top) * across + column - left] = 255
        mask.frombytes(bytes(pixels))
        mask = _without_holes(mask)
        box = (left * cell, top * cell, min(right * cell, within[0]), min(bottom * cell, within[1]))
        whole = mask.resize((mask.width * cell, mask.height * cell), Image.Resampling.NEAREST)
        narrow = box[2] - box[0] < _WIDEST * within[0]
        return cls(box, whole.crop((0, 0, box[2] - box[0], box[3] - box[1])), narrow)


def _without_holes(mask: Image.Image) -> Image.Image:
    """Thick letters make holes, which are filled; and the rim, where the ground is not sure, is taken off."""
    room = _HOLE + 2
    wide = Image.new("L", (mask.width + 2 * room, mask.height + 2 * room))
    wide.paste(mask, (room, room))
    closed = wide.filter(ImageFilter.MaxFilter(_HOLE)).filter(ImageFilter.MinFilter(_HOLE + 2))
    return closed.crop((room, room, room + mask.width, room + mask.height))


def _of_area(ink: Image.Image, area: _Area) -> Iterator[Block]:
    own = ImageChops.multiply(ink.crop(area.box), area.mask)
    contrast = _contrast(own)
    if contrast < _FAINTEST:
        return
    floor = contrast * _FLOOR
    stretch = 255 / (contrast - floor)
    clean = own.point([min(255, max(0, round((level - floor) * stretch))) for level in range(256)])
    line = _line_height(clean)
    if not line:
        return
    clean = _without_rules(clean, line)
    scale = min(_MOST_SCALE, max(_LEAST_SCALE, _LINE / line))
    for top, bottom in _paragraphs(clean, line):
        across = clean.crop((0, top, clean.width, bottom)).point(_OF_INK).getbbox()
        if across:
            place = (across[0], top, across[2], bottom)
            size = (round((place[2] - place[0]) * scale) or 1, round((bottom - top) * scale) or 1)
            words = ImageChops.invert(clean.crop(place).resize(size, Image.Resampling.BICUBIC))
            x, y = area.box[:2]
            yield Block(words, (x + place[0], y + top, x + place[2], y + bottom), area.in_bubble)


def _without_rules(clean: Image.Image, line: float) -> Image.Image:
    """Frames and underlines taken out: strokes, along or down, that are longer than any letter and have no gap."""
    long, tall = max(2, round(line * 1.5)), max(2, round(line))
    for step, beside in (((1, tall), (0, 1)), ((long, 1), (1, 0))):
        size = (-(-clean.width // step[0]), -(-clean.height // step[1]))
        inked = clean.point(_OF_INK).resize(size, Image.Resampling.BOX).point(_UNBROKEN)
        if not inked.getbbox():
            continue
        next_too = ImageChops.darker(inked, ImageChops.offset(inked, *beside))
        rule = ImageChops.lighter(next_too, ImageChops.offset(next_too, -beside[0], -beside[1]))
        whole = rule.resize(clean.size, Image.Resampling.NEAREST).filter(ImageFilter.MaxFilter(3))
        clean = ImageChops.subtract(clean, whole)
    return clean


_OF_INK = [255 if level > 90 else 0 for level in range(256)]
_UNBROKEN = [255 if level > 240 else 0 for level in range(256)]


def _contrast(own: Image.Image) -> int:
    """How much the darkest hundredth of what is not ground differs from it."""
    counts = own.histogram()
    above = sum(counts[_FAINTEST:])
    seen = 0
    for level in range(255, _FAINTEST - 1, -1):
        seen += counts[level]
        if seen * 20 >= above:
            return level if above else 0
    return 0


def _runs(profile: Sequence[int], least: float) -> list[tuple[int, int]]:
    """Where a row of numbers is above `least`: from, to."""
    edges = [at for at, (one, two) in enumerate(pairwise([0, *profile, 0])) if (one > least) != (two > least)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _line_height(clean: Image.Image) -> float:
    """The usual height of a line, measured in strips so that a picture a little turned does no harm. 0 where there is none."""
    strips = clean.point(_OF_INK).resize((_STRIPS, clean.height), Image.Resampling.BOX)
    data = strips.tobytes()
    tall = [
        bottom - top for strip in range(_STRIPS) for top, bottom in _runs(data[strip::_STRIPS], 3) if bottom - top >= 5
    ]
    return statistics.quantiles(tall, n=4)[2] if len(tall) > 1 else sum(tall)


def _paragraphs(clean: Image.Image, line: float) -> list[tuple[int, int]]:
    """The rows of lines that stand together, with a little room above and below."""
    profile = clean.point(_OF_INK).resize((1, clean.height), Image.Resampling.BOX).tobytes()
    found: list[tuple[int, int]] = []
    for top, bottom in _runs(profile, 0):
        if found and top - found[-1][1] <= line * _APART:
            found[-1] = (found[-1][0], bottom)
        else:
            found.append((top, bottom))
    return [(max(0, top - 2), min(clean.height, bottom + 2)) for top, bottom in found if bottom - top >= line * 0.4]
