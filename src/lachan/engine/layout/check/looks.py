"""How a paragraph and its runs look once styles, defaults and theme are applied (WordprocessingML, 17.7.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from lachan.engine.layout.measure import width

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple"))
_PLAIN_SIZE = 10.0  # Word's own, where nothing is said
_OFF = frozenset(("0", "false", "off"))
_ALIGN = {"start": "left", "end": "right", "distribute": "both"}


@dataclass(frozen=True, slots=True)
class RunLook:
    """A stretch of text of one look. `page_field` marks the instruction of a page number."""

    text: str
    font: str
    size: float
    bold: bool
    italic: bool
    caps: bool
    colour: str
    underlined: bool
    page_field: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Placing of a paragraph: lengths in mm, spaces in points, `line` a multiple of single (0: an exact height)."""

    align: str
    left: float
    right: float
    first: float
    before: float
    after: float
    line: float
    outline: bool


def element(node: etree._Element | None, path: str) -> etree._Element | None:
    """Find a child by a path of bare names: "tblPr/tblBorders"."""
    for name in path.split("/"):
        node = None if node is None else node.find(f"{W}{name}")
    return node


def value(node: etree._Element | None, name: str, otherwise: str) -> str:
    """Give an attribute in the main namespace."""
    return otherwise if node is None else node.get(f"{W}{name}", otherwise)


def mm(twips: str) -> float:
    """Twentieths of a point in millimetres; what is not a number is 0."""
    return _number(twips) * 25.4 / 1440


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


class Looks:
    """Resolves looks against the styles of one document."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        """Take the roots of styles.xml and theme1.xml, where present."""
        self._styles = {} if styles is None else {value(s, "styleId", ""): s for s in styles.iterchildren(f"{W}style")}
        self._defaults = element(styles, "docDefaults")
        self._default = next(
            (key for key, style in self._styles.items() if _is_default(style)),
            "",
        )
        self._theme = _theme_fonts(theme)

    def paragraph(self, node: etree._Element) -> ParagraphLook:
        """Resolve the placing of a paragraph."""
        layers = self._paragraph_layers(node)
        line, rule = _last(layers, "spacing", "line", "240"), _last(layers, "spacing", "lineRule", "auto")
        hanging = _last(layers, "ind", "hanging", "")
        first = -mm(hanging) if hanging not in ("", "0") else mm(_last(layers, "ind", "firstLine", "0"))
        align = _last(layers, "jc", "val", "left")
        return ParagraphLook(
            align=_ALIGN.get(align, align),
            left=mm(_last(layers, "ind", "left", _last(layers, "ind", "start", "0"))),
            right=mm(_last(layers, "ind", "right", _last(layers, "ind", "end", "0"))),
            first=first,
            before=_number(_last(layers, "spacing", "before", "0")) / 20,
            after=_number(_last(layers, "spacing", "after", "0")) / 20,
            line=_number(line) / 240 if rule == "auto" else 0.0,
            outline=_last(layers, "outlineLvl", "val", "9") != "9",
        )

    def lines(self, paragraph: etree._Element) -> list[list[RunLook]]:
        """Split a paragraph at its forced breaks; at least one line, which may be empty."""
        style = value(element(paragraph, "pPr/pStyle"), "val", self._default)
        lines: list[list[RunLook]] = [[]]
        for run, in_page_field in _runs(paragraph):
            layers = self._run_layers(run, style)
            field = in_page_field or any("PAGE" in (part.text or "").split() for part in run.iter(f"{W}instrText"))
            if field:
                lines[-1].append(self._look("", layers, page_field=True))
            for at, text in enumerate(_texts(run)):
                if at:
                    lines.append([])
                if text:
                    lines[-1].append(self._look(text, layers))
        return lines

    def stroke(self, paragraph: etree._Element, look: ParagraphLook, line: list[RunLook], area: float) -> float | None:
        """Give the length of the rule a paragraph draws (border, drawn line, underline, "____"), 0 if unknown."""
        borders = element(paragraph, "pPr/pBdr")
        for side in ("top", "bottom"):
            if value(element(borders, side), "val", "nil") not in ("nil", "none"):
                return max(area - look.left - look.right, 0.0) if area else 0.0
        extent = next(paragraph.iter(f"{_DRAWING}extent"), None)
        if extent is not None:
            return _number(extent.get("cx", "0")) / 36000
        if next(paragraph.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None:
            return 0.0
        runs = [run for run in line if run.text.strip()]
        if runs and all(run.underlined or set(run.text.strip()) == {"_"} for run in runs):
            return sum(width(run.text, run.size, bold=run.bold) for run in runs)
        return None

    def _look(self, text: str, layers: list[etree._Element], *, page_field: bool = False) -> RunLook:
        underline = _last(layers, "u", "val", "none")
        size = _last(layers, "sz", "val", "")
        return RunLook(
            text=text,
            font=self._font(layers),
            size=_number(size) / 2 if size else _PLAIN_SIZE,
            bold=_on(layers, "b"),
            italic=_on(layers, "i"),
            caps=_on(layers, "caps"),
            colour=_last(layers, "color", "val", "auto").upper(),
            underlined=underline != "none",
            page_field=page_field,
        )

    def _font(self, layers: list[etree._Element]) -> str:
        for layer in reversed(layers):
            fonts = layer.find(f"{W}rFonts")
            theme = value(fonts, "asciiTheme", "")
            if theme:
                return self._theme.get("major" if theme.startswith("major") else "minor", "")
            named = value(fonts, "ascii", "") or value(fonts, "hAnsi", "")
            if named:
                return named
        return "Times New Roman"  # Word's own, where nothing is said

    def _chain(self, key: str) -> list[etree._Element]:
        """Give a style and what it is based on, the base first."""
        chain: list[etree._Element] = []
        while key in self._styles and self._styles[key] not in chain:
            chain.insert(0, self._styles[key])
            key = value(self._styles[key].find(f"{W}basedOn"), "val", "")
        return chain

    def _paragraph_layers(self, node: etree._Element) -> list[etree._Element]:
        style = value(element(node, "pPr/pStyle"), "val", self._default)
        found = [element(self._defaults, "pPrDefault/pPr"), *(s.find(f"{W}pPr") for s in self._chain(style))]
        found.append(node.find(f"{W}pPr"))
        return [layer for layer in found if layer is not None]

    def _run_layers(self, run: etree._Element, style: str) -> list[etree._Element]:
        found = [element(self._defaults, "rPrDefault/rPr"), *(s.find(f"{W}rPr") for s in self._chain(style))]
        own = value(element(run, "rPr/rStyle"), "val", "")
        found += [s.find(f"{W}rPr") for s in self._chain(own)]
        found.append(run.find(f"{W}rPr"))
        return [layer for layer in found if layer is not None]


def _is_default(style: etree._Element) -> bool:
    return value(style, "type", "") == "paragraph" and value(style, "default", "0") not in _OFF


def _last(layers: list[etree._Element], name: str, attribute: str, otherwise: str) -> str:
    """Give what the innermost layer says."""
    for layer in reversed(layers):
        found = value(layer.find(f"{W}{name}"), attribute, "")
        if found:
            return found
    return otherwise


def _on(layers: list[etree._Element], name: str) -> bool:
    for layer in reversed(layers):
        node = layer.find(f"{W}{name}")
        if node is not None:
            return value(node, "val", "1") not in _OFF
    return False


def _runs(parent: etree._Element, *, field: bool = False) -> Iterator[tuple[etree._Element, bool]]:
    for child in parent:
        if child.tag == f"{W}r":
            yield child, field
        elif child.tag in _WRAPPERS:
            yield from _runs(child, field=field or "PAGE" in value(child, "instr", "").split())


def _texts(run: etree._Element) -> list[str]:
    """Give the text of a run, cut at its line breaks."""
    lines = [""]
    for part in run:
        if part.tag == f"{W}t":
            lines[-1] += part.text or ""
        elif part.tag == f"{W}tab":
            lines[-1] += " "
        elif part.tag == f"{W}noBreakHyphen":
            lines[-1] += "-"
        elif part.tag == f"{W}br" and value(part, "type", "textWrapping") == "textWrapping":
            lines.append("")
    return lines


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    if theme is None:
        return {}
    found = {}
    for kind in ("major", "minor"):
        latin = next(theme.iter(f"{_A}{kind}Font"), None)
        face = None if latin is None else latin.find(f"{_A}latin")
        found[kind] = "" if face is None else face.get("typeface", "")
    return found
