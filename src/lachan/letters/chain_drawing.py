"""The chain of letters as a drawing: boxes in layers from the first letter above to the last below, and lines between them."""

import textwrap
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.engine.layers import in_layers
from lachan.foundation import formats
from lachan.letters.chains import Chain, Node

LINE = 18  # px from one line of letters to the next
PAD = 10
ROOM = 40  # px between layers, for the lines
NEAR = 12  # px between rows of one layer
TITLE_ROWS, ISSUER_ROWS = 2, 2


@dataclass(frozen=True)
class Width:
    """How wide the drawing is: boxes in a row, px of a box and between two, letters that fit on a line of it."""

    across: int
    box: int
    gap: int
    letters: int

    @property
    def whole(self) -> int:
        return self.across * self.box + (self.across - 1) * self.gap


WIDE = Width(across=4, box=232, gap=24, letters=29)
NARROW = Width(across=2, box=156, gap=14, letters=18)


@dataclass(frozen=True)
class Words:
    """One line of letters in a box."""

    text: str
    y: int
    is_title: bool


@dataclass(frozen=True)
class Box:
    """One document. Without `href` it is not here, or this person may not open it."""

    x: int
    y: int
    width: int
    height: int
    words: tuple[Words, ...]
    href: str
    kind: str  # "here", "letter", "cited", "more"

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def left(self) -> int:
        return self.x + PAD

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True)
class Drawing:
    """Boxes, and the lines between them as SVG paths, on a ground of `width` by `height` px."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]


def draw(chain: Chain, readable: Collection[int], width: Width) -> Drawing:
    """Lay out a chain. `readable`: the letters whose pages this person may open."""
    nodes = {node.key: node for node in chain.nodes}
    placed = in_layers(list(nodes), chain.edges)
    layers: dict[int, list[str]] = {}
    for one in placed:
        layers.setdefault(one.layer, []).append(one.key)
    boxes: dict[str, Box] = {}
    y = 1
    for at in sorted(layers):
        for start in range(0, len(layers[at]), width.across):
            row = [nodes[key] for key in layers[at][start : start + width.across]]
            y = _row(row, y, width, chain, readable, boxes) + NEAR
        y += ROOM - NEAR
    return Drawing(width.whole + 2, max(y - ROOM + 1, 1), tuple(boxes.values()), _lines(chain, boxes))


def _row(row: list[Node], y: int, width: Width, chain: Chain, readable: Collection[int], boxes: dict[str, Box]) -> int:
    """Set a row of boxes of one height, in the middle, and give where it ends."""
    words = [_words(node, width) for node in row]
    height = max(len(lines) for lines in words) * LINE + 2 * PAD
    spare = width.whole - len(row) * width.box - (len(row) - 1) * width.gap
    for at, (node, lines) in enumerate(zip(row, words, strict=True)):
        x = 1 + spare // 2 + at * (width.box + width.gap)
        set_at = tuple(Words(text, y + PAD + LINE * nth + 13, is_title) for nth, (text, is_title) in enumerate(lines))
        boxes[node.key] = Box(x, y, width.box, height, set_at, _href(node, chain, readable), _kind(node, chain))
    return y + height


def _words(node: Node, width: Width) -> list[tuple[str, bool]]:
    if node.count:
        said = ngettext("và %(count)s văn bản khác", "và %(count)s văn bản khác", node.count) % {"count": node.count}
        return [(line, True) for line in _cut(said, width, TITLE_ROWS)]
    document = node.letter or node.reference
    day = document.dated_on if document else None
    lines = [(line, True) for line in _cut(node.title, width, TITLE_ROWS)]
    lines += [(line, False) for line in _cut(node.issuer, width, ISSUER_ROWS)]
    return [*lines, (formats.day(day), False)] if day else lines


def _cut(text: str, width: Width, rows: int) -> list[str]:
    return textwrap.wrap(text, width.letters, max_lines=rows, placeholder=" …", break_on_hyphens=False)


def _href(node: Node, chain: Chain, readable: Collection[int]) -> str:
    if node.count:
        return "#chain-list"
    if node.letter is None or node.letter == chain.here or node.letter.pk not in readable:
        return ""
    return reverse("letters:letter", args=[node.letter.pk])


def _kind(node: Node, chain: Chain) -> str:
    if node.letter is not None and node.letter == chain.here:
        return "here"
    return "more" if node.count else "letter" if node.letter else "cited"


def _lines(chain: Chain, boxes: Mapping[str, Box]) -> tuple[str, ...]:
    ends = ((boxes[above], boxes[below]) for above, below in chain.edges if above in boxes and below in boxes)
    return tuple(
        f"M{a.middle} {a.bottom}C{a.middle} {a.bottom + ROOM // 2} {b.middle} {b.y - ROOM // 2} {b.middle} {b.y}"
        for a, b in ends
    )


def in_words(chain: Chain) -> str:
    """What the drawing shows, for those who do not see it."""
    above = sum(1 for _from, to in chain.edges if to == f"l{chain.here.pk}")
    below = sum(1 for start, _to in chain.edges if start == f"l{chain.here.pk}")
    return _("Sơ đồ văn bản: văn bản này dẫn %(above)s văn bản và được %(below)s văn bản dẫn đến.") % {
        "above": above,
        "below": below,
    }
