"""The numbers that Word writes before paragraphs by itself; without them a list of tasks would have none."""

from dataclasses import dataclass, field

from lachan.engine.letters.files.archive import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass
class Numbering:
    """Counts list paragraphs in the order they are asked for."""

    levels: dict[str, dict[int, _Level]]
    styles: dict[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: Element) -> str:
        """The label of `paragraph` with a space after it ("1. ", "a) ", "- "), empty where it has none."""
        place = self._place(paragraph)
        if place is None or place[0] not in self.levels or place[1] not in self.levels[place[0]]:
            return ""
        number, depth = place
        levels, counts = self.levels[number], self.counts.setdefault(number, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        level = levels[depth]
        if level.form == "bullet":
            return "- "
        if level.form == "none" or not level.text:
            return ""
        label = level.text
        for other in range(depth + 1):
            shown = levels.get(other, level)
            label = label.replace(f"%{other + 1}", _written(counts.get(other, shown.start), shown.form))
        return f"{label} "

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{W}pStyle")
        inherited = self.styles.get(style.get(f"{W}val", "")) if style is not None else None
        own = properties.find(f"{W}numPr")
        if own is None:
            return inherited
        number, depth = own.find(f"{W}numId"), own.find(f"{W}ilvl")
        shown = number.get(f"{W}val", "") if number is not None else (inherited or ("", 0))[0]
        return (shown, int(depth.get(f"{W}val", "0")) if depth is not None else 0) if shown not in ("", "0") else None


def numbering(part: Element | None, styles: Element | None) -> Numbering:
    """The lists that numbering.xml and styles.xml define."""
    abstract = (
        {one.get(f"{W}abstractNumId", ""): _levels(one) for one in part.findall(f"{W}abstractNum")}
        if part is not None
        else {}
    )
    levels: dict[str, dict[int, _Level]] = {}
    for one in part.findall(f"{W}num") if part is not None else []:
        base = one.find(f"{W}abstractNumId")
        if base is not None:
            levels[one.get(f"{W}numId", "")] = abstract.get(base.get(f"{W}val", ""), {})
    return Numbering(levels, _styled(styles))


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        int(one.get(f"{W}ilvl", "0")): _Level(
            _val(one, "numFmt", "decimal"), _val(one, "lvlText", ""), int(_val(one, "start", "1"))
        )
        for one in abstract.findall(f"{W}lvl")
    }


def _val(element: Element, name: str, otherwise: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", otherwise) if child is not None else otherwise


def _styled(styles: Element | None) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for style in styles.findall(f"{W}style") if styles is not None else []:
        numbered = style.find(f"{W}pPr/{W}numPr")
        if numbered is not None and numbered.find(f"{W}numId") is not None:
            found[style.get(f"{W}styleId", "")] = (_val(numbered, "numId", ""), int(_val(numbered, "ilvl", "0")))
    return found


_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _written(number: int, form: str) -> str:
    if form in ("lowerRoman", "upperRoman"):
        text = ""
        for value, sign in _ROMAN:
            while number >= value and len(text) < 20:
                text, number = text + sign, number - value
        return text.upper() if form == "upperRoman" else text
    if form in ("lowerLetter", "upperLetter"):
        letter = _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02d}" if form == "decimalZero" else str(number)
