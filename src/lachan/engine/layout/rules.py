"""The numbers of Decree 30/2020/NĐ-CP, read from the data file once."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
PT_MM = 25.4 / 72

Align = Literal["left", "right", "center", "both"]


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of line. `size` (pt) is what we write, `least`–`most` what is allowed; `first` (mm) indents line one."""

    key: str
    name: str
    size: float
    least: float
    most: float
    align: Align
    item: str
    bold: bool = False
    italic: bool = False
    upper: bool = False
    before: float = 0
    after: float = 0
    line: float = 1
    first: float = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """A measure with what we use and what is allowed, both ends included."""

    use: float
    least: float
    most: float

    def holds(self, value: float, slack: float = 0) -> bool:
        """Say whether a value is within the bounds, give or take `slack`."""
        return self.least - slack <= value <= self.most + slack


@dataclass(frozen=True, slots=True)
class Rules:
    """The data file as values. `raw` keeps the rest, by the names used there."""

    name: str
    version: str
    font: str
    styles: dict[str, Style]
    margins: dict[str, Bound]
    rule_share: Bound
    raw: dict[str, Any] = field(repr=False)

    @property
    def page(self) -> dict[str, Any]:
        """Paper size and distances, in mm."""
        return dict(self.raw["page"])

    def text_width(self, *, landscape: bool = False) -> float:
        """Width between the margins, in mm."""
        paper = self.page["height"] if landscape else self.page["width"]
        return float(paper - self.margins["left"].use - self.margins["right"].use)


def _bound(entry: dict[str, float]) -> Bound:
    return Bound(entry["use"], entry.get("min", 0), entry.get("max", float("inf")))


def _style(key: str, entry: dict[str, Any]) -> Style:
    return Style(
        key=key,
        name=entry["name"],
        size=entry["use"],
        least=entry["sizes"][0],
        most=entry["sizes"][1],
        align=entry["align"],
        item=entry["item"],
        bold=entry.get("bold", False),
        italic=entry.get("italic", False),
        upper=entry.get("case") == "upper",
        before=entry.get("before_pt", 0),
        after=entry.get("after_pt", 0),
        line=entry.get("line", 1),
        first=entry.get("first", 0),
    )


@cache
def decree30() -> Rules:
    """Give the layout in force since 5 March 2020."""
    raw = tomllib.loads((HERE / "decree30_2020.toml").read_text(encoding="utf-8"))
    return Rules(
        name=raw["name"],
        version=raw["version"],
        font=raw["font"],
        styles={key: _style(key, entry) for key, entry in raw["style"].items()},
        margins={side: _bound(raw["page"][side]) for side in ("top", "bottom", "left", "right")},
        rule_share=_bound(raw["rule"]["share"]),
        raw=raw,
    )
