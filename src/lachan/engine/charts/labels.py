"""Labels beside points, none over another."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def inside(self, other: Box) -> bool:
        return (
            other.left <= self.left
            and other.top <= self.top
            and self.left + self.width <= other.left + other.width
            and self.top + self.height <= other.top + other.height
        )


@dataclass(frozen=True)
class Label:
    """A label and the room it found."""

    text: str
    box: Box


def place(
    wanted: Iterable[tuple[float, float, str]], *, size: float, gap: float, frame: Box, avoid: Sequence[Box] = ()
) -> list[Label]:
    """Room for as many labels as there is room for, the first ones wanted first.

    Each stands right, left, above or below its point, `gap` away (without a gap rather on it), inside `frame`, over no other label
    and none of `avoid`. One for which there is no such room is left out. `size` is the height of a letter; a letter is taken to be
    0.56 of it wide.
    """
    taken: list[Box] = list(avoid)
    placed = []
    for x, y, text in wanted:
        width, height = len(text) * size * 0.56, size * 1.25
        centre = Box(x - width / 2, y - height / 2, width, height)
        sides = (
            *(() if gap else (centre,)),
            Box(x + gap, y - height / 2, width, height),
            Box(x - gap - width, y - height / 2, width, height),
            Box(x - width / 2, y - gap - height, width, height),
            Box(x - width / 2, y + gap, width, height),
        )
        room = next((box for box in sides if box.inside(frame) and not any(box.meets(one) for one in taken)), None)
        if room:
            taken.append(room)
            placed.append(Label(text, room))
    return placed


def spread(wanted: Sequence[float], gap: float, high: float) -> list[float]:
    """Heights for labels at the ends of lines: in the order of `wanted`, at least `gap` apart, none past `high` if that can be.

    Answers stand in the order of `wanted`, whatever order that is.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = list(wanted)
    for before, at in itertools.pairwise(order):
        placed[at] = max(placed[at], placed[before] + gap)
    ceiling = high
    for at in reversed(order):
        placed[at] = min(placed[at], ceiling)
        ceiling = placed[at] - gap
    return placed
