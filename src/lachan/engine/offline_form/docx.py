"""Writing a form as a protected document: each answer is a content control in a cell of a table, as annexes have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from lachan.engine.answers import Column, Kind, rows_typed
from lachan.engine.layout.docx import archived, skeleton
from lachan.engine.layout.ooxml import NAMESPACES, RELATIONS, twips
from lachan.engine.layout.rules import decree30
from lachan.engine.layout.words import clean
from lachan.engine.offline_form.cells import number_of
from lachan.engine.offline_form.form import Ask, Block, Grid, GridRow, OfflineForm, blocks
from lachan.engine.offline_form.marks import DOTS, TAG
from lachan.engine.offline_form.stamp import sealed, stamp_of
from lachan.engine.report_form.lines import column_head
from lachan.engine.vietnamese import write_number

_SPARE_ROWS = 12
_INDEX, _NUMBER = 13.0, 24.0  # mm
_OVERRIDE = '<Override PartName="/{}" ContentType="application/vnd.openxmlformats-{}+xml"/>'
_PARTS = {
    "word/document.xml": "officedocument.wordprocessingml.document.main",
    "word/styles.xml": "officedocument.wordprocessingml.styles",
    "word/settings.xml": "officedocument.wordprocessingml.settings",
    "docProps/core.xml": "package.core-properties",
}
_RELATION = f'<Relationship Id="{{0}}" Type="{RELATIONS}/{{0}}" Target="{{0}}.xml"/>'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def to_docx(form: OfflineForm, secret: bytes) -> bytes:
    """The form as a document that `read_filled` reads back. Only answers can be typed into; the same form gives the same bytes."""
    types = "".join(_OVERRIDE.format(*part) for part in _PARTS.items())
    relations = "".join(map(_RELATION.format, ("styles", "settings")))
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    protection = '<w:documentProtection w:edit="forms" w:enforcement="1"/><w:defaultTabStop'
    space = "http://schemas.openxmlformats.org/package/2006"
    return archived(
        {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{space}/content-types">{defaults}{types}</Types>',
            "_rels/.rels": skeleton("package_relations"),
            "word/_rels/document.xml.rels": f'{_XML}<Relationships xmlns="{space}/relationships">{relations}</Relationships>',
            "word/document.xml": _Paper(form).document(sealed(stamp_of(form), secret)),
            "word/styles.xml": skeleton("styles"),
            "word/settings.xml": skeleton("settings").replace("<w:defaultTabStop", protection),
            "docProps/core.xml": skeleton("core").replace(
                "<!--properties-->", f"<dc:title>{escape(clean(form.title))}</dc:title>"
            ),
        }
    )


class _Paper:
    """Writes the document from the top down."""

    def __init__(self, form: OfflineForm) -> None:
        self.form = form
        self.controls = 0
        widest = max((len(b.grid.heads) for s in form.sections for b in blocks(s) if b.grid), default=0)
        self.landscape = widest > 4
        self.room = decree30().text_width(landscape=self.landscape)

    def document(self, stamp: str) -> str:
        """The whole of it, with the hidden words of the stamp at its end."""
        run = f'<w:r><w:rPr><w:vanish/><w:sz w:val="2"/></w:rPr><w:t>{stamp}</w:t></w:r>'
        hidden = f"<w:p><w:pPr>{_spacing(0, 0)}</w:pPr>{run}</w:p>"
        body = "".join((*self._head(), *self._sections(), self._signing(), hidden, self._page()))
        return f"{_XML}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"

    def _head(self) -> Iterator[str]:
        yield _paragraph(_run(self.form.title.upper(), bold=True), align="center", after=120)
        for name, value in (("Đơn vị báo cáo", self.form.unit), *self.form.facts):
            yield _paragraph(_run(f"{name}: ") + _run(value or "–", bold=True), after=40)
        told = (
            f"Chỉ điền vào các ô có dấu chấm ({DOTS}). Chưa có số liệu thì để nguyên; không phát sinh thì ghi 0. Dòng cộng không "
            "phải ghi. Điền xong, lưu tệp rồi đưa lên trang báo cáo của đơn vị."
        )
        yield _paragraph(_run(told, size=22, italic=True), before=60)

    def _sections(self) -> Iterator[str]:
        for section in self.form.sections:
            if section.title:
                yield _paragraph(_run(section.title, bold=True), before=200, keep=True)
            for block in blocks(section):
                yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        ask = block.asks[0] if block.asks else None
        if block.kind != "numbers":
            yield _paragraph(_run(block.title, bold=True), before=120, keep=True)
            if told := (block.grid.help_text if block.grid else ask.help_text if ask else ""):
                yield _paragraph(_run(told, size=22, italic=True), keep=True)
        if block.grid:
            yield self._grid(block.grid)
        elif block.kind == "numbers":
            yield self._numbers(block.asks)
        elif ask and block.kind == "list":
            yield self._list(ask)
        elif ask:
            yield _table([self.room], [self._box(ask)])

    def _numbers(self, asks: Sequence[Ask]) -> str:
        wide = [_INDEX, self.room - _INDEX - 2 * _NUMBER, _NUMBER, _NUMBER]
        rows = [_head_row(("STT", "Nội dung", "Số liệu", "Đơn vị tính"), wide)]
        for number, ask in enumerate(asks, start=1):
            told = _run(ask.text, size=26)
            if ask.help_text:
                told += "<w:r><w:br/></w:r>" + _run(ask.help_text, size=20, italic=True)
            answer = self._control(ask, self.form.answer(ask))
            cells = (_run(str(number), size=26), told, answer, _run(ask.counted_in, size=26))
            rows.append(_cells(cells, wide, ("center", "left", "right", "center")))
        return _table(wide, rows)

    def _grid(self, grid: Grid) -> str:
        share = min(_NUMBER + 6, (self.room - _INDEX - 45) / len(grid.heads))
        wide = [_INDEX, self.room - _INDEX - share * len(grid.heads), *[share] * len(grid.heads)]
        rows = [*_grouped_heads(grid, wide)] if grid.groups else [_head_row(("STT", "Nội dung", *grid.heads), wide)]
        for number, row in enumerate(grid.rows, start=1):
            if row.group:
                rows.append(
                    _row([_cell(_run(row.group, size=26, bold=True), self.room, across=len(wide), shaded=True)])
                )
            rows.append(self._grid_row(number, row, wide))
        return _table(wide, rows)

    def _grid_row(self, number: int, row: GridRow, wide: Sequence[float]) -> str:
        cells = [_cell(_run(str(number), size=26), wide[0], "center"), _cell(_run(row.label, size=26), wide[1])]
        for ask, width in zip(row.cells, wide[2:], strict=True):
            if ask is None:
                cells.append(_cell("", width, shaded=True))
            else:
                align = "left" if ask.kind is Kind.TEXT else "right"
                cells.append(_cell(self._control(ask, self.form.answer(ask)), width, align))
        return _row(cells)

    def _list(self, ask: Ask) -> str:
        shares = [3 if one.kind == Kind.TEXT else 1.5 for one in ask.columns]
        wide = [_INDEX, *((self.room - _INDEX) * share / sum(shares) for share in shares)]
        filled = rows_typed(ask.columns, self.form.answer(ask))
        blank = [dict.fromkeys((one.key for one in ask.columns), "")] * _SPARE_ROWS
        rows = [_head_row(("STT", *map(column_head, ask.columns)), wide)]
        for number, row in enumerate([*filled, *blank], start=1):
            cells = [_run(str(number), size=26), *(self._control(one, row[one.key], "") for one in ask.columns)]
            rows.append(
                _cells(cells, wide, ("center", *("left" if c.kind == Kind.TEXT else "right" for c in ask.columns)))
            )
        return _table(wide, rows)

    def _control(self, ask: Ask | Column, text: str, tag: str = TAG) -> str:
        """A place to type, or to choose; the dots stand in one that is blank."""
        kind = _choice(ask.choices) if ask.choices else "<w:text/>"
        return self._around(ask, _run(_shown(ask.kind, text), size=26) if text else _dots(), kind, tag, blank=not text)

    def _around(self, ask: Ask | Column, content: str, kind: str = "", tag: str = TAG, *, blank: bool) -> str:
        """A content control, of rich text unless a `kind` is said."""
        self.controls += 1
        name = ask.text if isinstance(ask, Ask) else ask.label
        tagged = f"<w:tag w:val={quoteattr(f'{tag}{ask.key}')}/>" if tag else ""
        hint = "<w:showingPlcHdr/>" if blank else ""
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val={quoteattr(clean(name)[:60])}/>{tagged}<w:id w:val="{self.controls}"/>'
            f'<w:lock w:val="sdtLocked"/>{hint}{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'
        )

    def _box(self, ask: Ask) -> str:
        """Room for words: a control around paragraphs, one a line, since some programs keep no line breaks inside a line."""
        text = self.form.answer(ask)
        if ask.choices:
            return _row([_cell(self._control(ask, text), self.room)])
        lines = "".join(_paragraph(_run(line, size=26)) for line in text.split("\n")) if text else _paragraph(_dots())
        properties = f'<w:tcPr><w:tcW w:w="{twips(self.room)}" w:type="dxa"/></w:tcPr>'
        return _row([f"<w:tc>{properties}{self._around(ask, lines, blank=not text)}</w:tc>"], tall=1400)

    def _signing(self) -> str:
        half = self.room / 2
        looks = {"NGƯỜI LẬP BIỂU": "(Ký, ghi rõ họ tên)", "THỦ TRƯỞNG ĐƠN VỊ": "(Ký tên, đóng dấu)"}
        cells = [
            _cell(
                _run(who, size=26, bold=True) + "<w:r><w:br/></w:r>" + _run(how, size=24, italic=True), half, "center"
            )
            for who, how in looks.items()
        ]
        return _paragraph("", before=120) + _table([half, half], [_row(cells, tall=1800)], borders=False)

    def _page(self) -> str:
        rules = decree30()
        wide, high = twips(rules.page["width"]), twips(rules.page["height"])
        size = f'w:w="{high}" w:h="{wide}" w:orient="landscape"' if self.landscape else f'w:w="{wide}" w:h="{high}"'
        margins = " ".join(f'w:{side}="{twips(bound.use)}"' for side, bound in rules.margins.items())
        return f'<w:sectPr><w:pgSz {size}/><w:pgMar {margins} w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'


def _run(text: str, *, size: int = 28, bold: bool = False, italic: bool = False, colour: str = "") -> str:
    """Words in one look; lines apart by breaks."""
    look = "<w:b/><w:bCs/>" * bold + "<w:i/><w:iCs/>" * italic + (f'<w:color w:val="{colour}"/>' if colour else "")
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f'<w:r><w:rPr>{look}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>{"<w:br/>".join(lines)}</w:r>'


def _dots() -> str:
    return _run(DOTS, size=26, colour="7A8791")


def _shown(kind: str, text: str) -> str:
    """An answer as a document shows it: whole numbers grouped, 1.250."""
    number = number_of(text) if kind == Kind.WHOLE else None
    return text if number is None else write_number(number)


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _paragraph(runs: str, *, align: str = "left", before: int = 0, after: int = 60, keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr>{kept}{_spacing(before, after)}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _cell(runs: str, width: float, align: str = "left", *, across: int = 1, shaded: bool = False) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF1F3"/>' if shaded else ""
    properties = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{shade}<w:vAlign w:val="center"/>'
    return f'<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr>{_spacing(30, 30)}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p></w:tc>'


def _cells(runs: Iterable[str], wide: Sequence[float], aligns: Sequence[str]) -> str:
    return _row([_cell(*one) for one in zip(runs, wide, aligns, strict=True)])


def _head_row(heads: Iterable[str], wide: Sequence[float]) -> str:
    cells = [
        _cell(_run(head, size=26, bold=True), width, "center", shaded=True)
        for head, width in zip(heads, wide, strict=True)
    ]
    return _row(cells, head=True)


def _grouped_heads(grid: Grid, wide: Sequence[float]) -> Iterator[str]:
    """Two rows of heads: the headings merged over their columns, and what has no heading merged down."""
    above = [_head_cell("STT", wide[0], down=2), _head_cell("Nội dung", wide[1], down=2)]
    below = [_head_cell("", wide[0], down=0), _head_cell("", wide[1], down=0)]
    at = 0
    for group, across in grid.over:
        width = sum(wide[2 + at : 2 + at + across])
        above.append(_head_cell(group or grid.heads[at], width, across=across, down=1 if group else 2))
        for column in range(at, at + across):
            below.append(_head_cell(grid.heads[column] if group else "", wide[2 + column], down=1 if group else 0))
        at += across
    yield _row(above, head=True)
    yield _row(below, head=True)


def _head_cell(text: str, width: float, *, across: int = 1, down: int = 1) -> str:
    """`down`: over how many rows it is merged; 0 for a place under one that is."""
    merged = {0: "<w:vMerge/>", 2: '<w:vMerge w:val="restart"/>'}.get(down, "")
    cell = _cell(_run(text, size=26, bold=True) if text else "", width, "center", across=across, shaded=True)
    return cell.replace("<w:shd ", f"{merged}<w:shd ", 1)


def _row(cells: Iterable[str], *, head: bool = False, tall: int = 0) -> str:
    height = f'<w:trHeight w:val="{tall}" w:hRule="atLeast"/>' if tall else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' * head}</w:trPr>{''.join(cells)}</w:tr>"


def _table(wide: Sequence[float], rows: Iterable[str], *, borders: bool = True) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in wide)
    drawn = f"<w:tblBorders>{lines}</w:tblBorders>" if borders else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(wide))}" w:type="dxa"/>{drawn}<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _choice(choices: Sequence[str]) -> str:
    items = "".join(f"<w:listItem w:displayText={quoteattr(one)} w:value={quoteattr(one)}/>" for one in choices)
    return f"<w:dropDownList>{items}</w:dropDownList>"
