"""What the checker says: one fault, in words an officer can act on."""

from dataclasses import dataclass

_DECREE = "Phụ lục I, Nghị định 30/2020/NĐ-CP"


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a document leaves the decree: the element, what is expected, what was found, the item of Appendix I part I.

    `item` is "<mục>.<khoản>.<điểm>" of part I: "II.6.e".
    """

    element: str
    expected: str
    found: str
    item: str

    @property
    def source(self) -> str:
        """The place in the decree: "điểm e khoản 6 mục II Phần I Phụ lục I, Nghị định 30/2020/NĐ-CP"."""
        parts = self.item.split(".")
        names = ["mục", "khoản", "điểm"]
        said = [f"{name} {part}" for name, part in zip(names, parts, strict=False)]
        return f"{' '.join(reversed(said))} Phần I {_DECREE}"

    @property
    def sentence(self) -> str:
        """The fault as a sentence in Vietnamese."""
        return f"{self.element}: cần {self.expected}; văn bản đang là {self.found} ({self.source})."

    def __str__(self) -> str:
        """Give the sentence."""
        return self.sentence


def number(value: float) -> str:
    """Write a measure with a decimal comma, at most two places: 12.7 → "12,7"."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def span(least: float, most: float, unit: str) -> str:
    """Write a range: "13 đến 14 pt", or one value where both ends agree."""
    if least == most:
        return f"{number(least)} {unit}"
    return f"{number(least)} đến {number(most)} {unit}"


def shown(text: str) -> str:
    """Quote a text, cut to 60 letters."""
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"
