"""The picture of `lachan bench check`: a row for each peer, a dot with its interval for each figure, and its speed."""

import math
import os
from typing import Any
from xml.sax.saxutils import escape

from lachan.engine.charts import Scale
from lachan.project.bench.check_shown import FIGURES, NAMES
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))
ROW, TOP, LEFT, PANEL, BETWEEN = 38, 84, 158, 170, 26
FASTEST = 5  # powers of ten of messages a second
LINE, OURS, OTHERS, GOAL = "#d8dee4", "#0b5cad", "#6b7783", "#b3541e"
STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1c2733}.title{font-size:17px;font-weight:600}.soft{font-size:12px;fill:#5a6672}"
    ".small{font-size:11px;stroke:#fff;stroke-width:3px;paint-order:stroke}.middle{text-anchor:middle}.end{text-anchor:end}"
)


def picture(told: dict[str, Any]) -> str:
    """An SVG file of its own, with its colours in it. Ours is told by its filled dots as well as by colour."""
    systems: dict[str, Any] = told["systems"]
    foot = TOP + ROW * len(systems)
    width, height = LEFT + 4 * (PANEL + BETWEEN), foot + 62
    title = _("Lừa đảo so với tin thật: các bên học từ cùng những tin ấy")
    drawn = [_text(16, 28, title, "title")]
    drawn += [_text(LEFT - 14, _y(at) + 5, name, "end") for at, name in enumerate(systems)]
    for at, figure in enumerate(FIGURES):
        x = LEFT + at * (PANEL + BETWEEN)
        scale = Scale(0, 1, x, x + PANEL)
        drawn += _ground(scale, NAMES[figure], foot, {0: "0", 0.5: "0.5", 1: "1"})
        drawn += _goal(scale(told["goals"][figure]), foot)
        drawn += [
            _estimate(scale, _y(row), one["scam"][figure], ours=_is_ours(name))
            for row, (name, one) in enumerate(systems.items())
        ]
    drawn += _speeds(systems, foot)
    key = _("Gạch ngang: khoảng 95 %. Gạch đứng: mục tiêu của lachan. Tốc độ theo thang lô-ga-rít.")
    drawn.append(_text(16, height - 14, key, "soft"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img"><title>{escape(title)}</title><style>{STYLE}</style>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>' + "\n".join(drawn) + "</svg>\n"
    )


def _is_ours(name: str) -> bool:
    return name.startswith("lachan")


def _y(row: int) -> float:
    return TOP + ROW * (row + 0.5)


def _ground(scale: Scale, title: str, foot: int, marks: dict[float, str]) -> list[str]:
    drawn = [_text(scale.start, TOP - 24, title, "soft")]
    for value, word in marks.items():
        drawn.append(f'<path d="M{scale(value):.1f} {TOP - 8}V{foot}" stroke="{LINE}"/>')
        drawn.append(_text(scale(value), foot + 16, word, "soft middle"))
    return drawn


def _goal(x: float, foot: int) -> list[str]:
    return [f'<path d="M{x:.1f} {TOP - 8}V{foot}" stroke="{GOAL}" stroke-width="1.5" stroke-dasharray="4 3"/>']


def _estimate(scale: Scale, y: float, figure: dict[str, Any], *, ours: bool) -> str:
    low, high = figure["interval"]
    colour = OURS if ours else OTHERS
    span = f'<path d="M{scale(low):.1f} {y}H{scale(high):.1f}" stroke="{colour}" stroke-width="2"/>'
    return span + _valued(scale(figure["value"]), y, f"{figure['value']:.3f}", ours=ours)


def _speeds(systems: dict[str, Any], foot: int) -> list[str]:
    x = LEFT + 3 * (PANEL + BETWEEN)
    scale = Scale(0, FASTEST, x, x + PANEL - 20)
    marks: dict[float, str] = {power: f"{10**power:,}".replace(",", "\u202f") for power in range(0, FASTEST + 1, 2)}
    drawn = _ground(scale, NAMES["per_second"], foot, marks)
    for row, (name, one) in enumerate(systems.items()):
        place = scale(math.log10(max(1, one["per_second"])))
        said = f"{one['per_second']:,}".replace(",", "\u202f")
        drawn.append(_valued(place, _y(row), said, ours=_is_ours(name)))
    return drawn


def _valued(x: float, y: float, said: str, *, ours: bool) -> str:
    """A dot with its value above."""
    colour, fill = (OURS, OURS) if ours else (OTHERS, "#fff")
    dot = f'<circle cx="{x:.1f}" cy="{y}" r="5" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
    return dot + _text(x, y - 9, said, "small middle")


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(words)}</text>'
