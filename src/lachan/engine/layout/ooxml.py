"""The XML of WordprocessingML that official documents need, written in the order the standard asks for.

Written directly, not through an object per cell: a table of 1,200 rows is one pass over its cells.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from lachan.engine.layout.document import Span
from lachan.engine.layout.plan import Element, Grid, GridCell, Line, Pair, Simple, Stamp, Stroke
from lachan.engine.layout.rules import Align, Rules, Style
from lachan.engine.layout.tables import PADDING

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}"'
TINY = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_GRID_STYLE: dict[Align, str] = {
    "left": "table_text", "right": "table_number", "center": "table_index", "both": "table_text",
}  # fmt: skip


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * 1440 / 25.4)


def half_points(size: float) -> int:
    """Points in half-points."""
    return round(size * 2)


def run_properties(style: Style) -> str:
    """Size, weight and slant of a style."""
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    italic = "<w:i/><w:iCs/>" if style.italic else ""
    size = half_points(style.size)
    return f'{bold}{italic}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def spacing(style: Style) -> str:
    """Room before, after and between the lines of a style."""
    return (
        f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" '
        f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>'
    )


def style_id(key: str) -> str:
    """Name the Word style of a layout style."""
    return "VB" + key.title().replace("_", "")


class Body:
    """Writes elements of a plan as XML of a document body."""

    def __init__(self, rules: Rules) -> None:
        """Write by these rules."""
        self.rules = rules

    def elements(self, elements: Iterable[Element]) -> Iterable[str]:
        """Give the XML of each element. Between two tables stands an empty line, or Word would join them."""
        after_table = False
        for element in elements:
            is_table = isinstance(element, (Pair, Grid))
            if is_table and after_table:
                yield self._tiny()
            after_table = is_table
            yield self._element(element)

    def _element(self, element: Element) -> str:
        if isinstance(element, Grid):
            return self._grid(element)
        if isinstance(element, Pair):
            return self._pair(element)
        return self._simple(element)

    def _simple(self, part: Simple) -> str:
        if isinstance(part, Line):
            return self._line(part)
        if isinstance(part, Stroke):
            return self._stroke(part)
        if isinstance(part, Stamp):
            return self._stamp(part)
        height = twips(part.height)
        exact = f'<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>'
        return f"<w:p><w:pPr><w:keepNext/>{exact}</w:pPr></w:p>"

    def _line(self, line: Line) -> str:
        keep = "<w:keepNext/>" if line.keep else ""
        indent = ""
        if line.left or line.first is not None:
            first = line.first if line.first is not None else self.rules.styles[line.style].first
            way = f'w:hanging="{twips(-first)}"' if first < 0 else f'w:firstLine="{twips(first)}"'
            indent = f'<w:ind w:left="{twips(line.left)}" {way}/>'
        outline = f'<w:outlineLvl w:val="{line.outline - 1}"/>' if line.outline else ""
        runs = "".join(self._run(span, line.size) for span in line.runs)
        return f'<w:p><w:pPr><w:pStyle w:val="{style_id(line.style)}"/>{keep}{indent}{outline}</w:pPr>{runs}</w:p>'

    def _run(self, span: Span, size: float | None = None) -> str:
        looks = ("<w:b/><w:bCs/>" if span.bold else "") + ("<w:i/><w:iCs/>" if span.italic else "")
        if size is not None:
            looks += f'<w:sz w:val="{half_points(size)}"/><w:szCs w:val="{half_points(size)}"/>'
        looks = f"<w:rPr>{looks}</w:rPr>" if looks else ""
        lines = (f'<w:t xml:space="preserve">{escape(text)}</w:t>' for text in span.text.split("\n"))
        return f"<w:r>{looks}{'<w:br/>'.join(lines)}</w:r>"

    def _stroke(self, stroke: Stroke) -> str:
        side = twips(max((stroke.area - stroke.width) / 2, 0))
        eighths = round(self.rules.raw["rule"]["weight_pt"] * 8)
        return (
            f'<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="{eighths}" w:space="1" w:color="000000"/></w:pBdr>'
            f'<w:spacing w:before="40" w:after="60" w:line="60" w:lineRule="exact"/>'
            f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/></w:pPr></w:p>'
        )

    def _stamp(self, stamp: Stamp) -> str:
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="{stamp.colour}"/>'
            for side in ("top", "left", "bottom", "right")
        )
        look = run_properties(self.rules.styles["urgency"])
        colour_mark = f'<w:color w:val="{stamp.colour}"/>'
        look = look.replace("<w:sz ", f"{colour_mark}<w:sz ", 1)
        wide = twips(stamp.width)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{wide}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>{_margins(0)}</w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{wide}"/></w:tblGrid>'
            f'<w:tr><w:trPr><w:trHeight w:val="{twips(stamp.height)}" w:hRule="exact"/></w:trPr>'
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style_id("urgency")}"/></w:pPr>'
            f"<w:r><w:rPr>{look}</w:rPr><w:t>{escape(stamp.text)}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>{self._tiny()}"
        )

    def _tiny(self) -> str:
        return f'<w:p><w:pPr>{TINY}<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'

    def _pair(self, pair: Pair) -> str:
        wide = (twips(pair.left_width), twips(pair.right_width))
        rows = "".join(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + "".join(self._side(parts, width) for parts, width in zip(row, wide, strict=True))
            + "</w:tr>"
            for row in pair.rows
        )
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/>{_margins(0)}</w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{wide[0]}"/><w:gridCol w:w="{wide[1]}"/></w:tblGrid>{rows}</w:tbl>'
        )

    def _side(self, parts: tuple[Simple, ...], width: int) -> str:
        content = "".join(self._simple(part) for part in parts) or self._tiny()
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'

    def _grid(self, grid: Grid) -> str:
        wide = [twips(width) for width in grid.widths]
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        pads = _margins(twips(PADDING / 2) - 8, top=twips(0.7))
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in wide)
        head = "".join(self._row(row, wide, grid.size, head=True) for row in grid.head)
        body = "".join(self._row(row, wide, grid.size, head=False) for row in grid.rows)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>{pads}</w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{head}{body}</w:tbl>"
        )

    def _row(self, cells: tuple[GridCell, ...], wide: list[int], size: float, *, head: bool) -> str:
        at, parts = 0, []
        for cell in cells:
            parts.append(self._cell(cell, sum(wide[at : at + cell.across]), size, head=head))
            at += cell.across
        repeat = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(parts)}</w:tr>"

    def _cell(self, cell: GridCell, width: int, size: float, *, head: bool) -> str:
        across = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
        down = {0: "<w:vMerge/>", 1: ""}.get(cell.down, '<w:vMerge w:val="restart"/>')
        style = "table_head" if head else _GRID_STYLE[cell.align]
        run = self._run(Span(cell.text, bold=cell.bold and not head), self._size(style, size)) if cell.text else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{down}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/></w:pPr>{run}</w:p></w:tc>'
        )

    def _size(self, style: str, size: float) -> float | None:
        return None if self.rules.styles[style].size == size else size


def _margins(side: int, top: int = 0) -> str:
    sizes = (("top", top), ("left", side), ("bottom", top), ("right", side))
    inner = "".join(f'<w:{name} w:w="{size}" w:type="dxa"/>' for name, size in sizes)
    return f"<w:tblCellMar>{inner}</w:tblCellMar>"
