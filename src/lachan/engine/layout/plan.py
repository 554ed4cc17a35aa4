"""A document laid out: which lines stand where, in which style.

The writers of DOCX and PDF both draw this and decide nothing. Lengths are in mm.
"""

from dataclasses import dataclass

from lachan.engine.layout.document import Span
from lachan.engine.layout.rules import Align


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in a style; "\\n" in its text is a forced line break. `first` and `size` None: as the style."""

    style: str
    runs: tuple[Span, ...]
    left: float = 0
    first: float | None = None
    size: float | None = None
    keep: bool = False
    outline: int = 0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal rule, centred in an area."""

    width: float
    area: float


@dataclass(frozen=True, slots=True)
class Stamp:
    """A framed word, centred in its area. `colour` as in RRGGBB."""

    text: str
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty room."""

    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """Empty room where somebody signs, as wide as its column; `name` tells it from the others."""

    name: str
    width: float
    height: float


Simple = Line | Stroke | Stamp | Gap | Place


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns without borders, no row split over pages: the head of page 1, and the foot with the signature."""

    left_width: float
    right_width: float
    rows: tuple[tuple[tuple[Simple, ...], tuple[Simple, ...]], ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid; `down` 0 is the continuation of the cell above."""

    text: str
    align: Align
    across: int = 1
    down: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: column widths, rows of the header (repeated on each page), rows of the body."""

    widths: tuple[float, ...]
    head: tuple[tuple[GridCell, ...], ...]
    rows: tuple[tuple[GridCell, ...], ...]
    size: float


Element = Line | Stroke | Gap | Pair | Grid


@dataclass(frozen=True, slots=True)
class Sheet:
    """A run of pages numbered from 1, the number hidden on the first."""

    elements: tuple[Element, ...]
    landscape: bool = False
    contact: tuple[Line, ...] = ()
