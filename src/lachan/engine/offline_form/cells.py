"""One cell to type into: what stands in it, and what a spreadsheet lets be typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from lachan.engine.answers import Column, Kind, unmistakable
from lachan.engine.offline_form.form import Ask
from lachan.engine.vietnamese import write_number

MOST = 10**15 - 1  # fifteen digits: what an answer takes, and a spreadsheet keeps exactly


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and its plain text."""

    kind: str
    text: str

    @property
    def number(self) -> Decimal | None:
        """The text as a number; None where it is none, or is to be words."""
        return None if self.kind == Kind.TEXT else number_of(self.text)


def number_of(plain: str) -> Decimal | None:
    """A number that reads back as `plain`; None for anything else, and for more digits than a spreadsheet keeps exactly."""
    text = plain.replace(",", ".", 1)
    digits = text.replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15 or not text[0].isdigit():
        return None
    number = Decimal(text)
    return number if unmistakable(number) == plain else None


@dataclass
class Choices:
    """The lists that answers are chosen from, on the hidden sheet: written in the cell's own rule they may not be long."""

    hidden: Worksheet
    kept: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __call__(self, choices: tuple[str, ...]) -> str:
        """Where a list stands, as a formula."""
        if choices not in self.kept:
            column = len(self.kept) + 1
            self.hidden.write_column(0, column, choices)
            self.kept[choices] = f"='{self.hidden.name}'!{xl_range_abs(0, column, len(choices) - 1, column)}"
        return self.kept[choices]


def rule_of(ask: Ask | Column, choices: Choices) -> dict[str, Any] | None:
    """The rule by which a spreadsheet judges what is typed; None for free words."""
    if ask.choices:
        told = "Chọn một mục trong danh sách."
        return {"validate": "list", "source": choices(ask.choices), **_words(told, told)}
    if ask.kind == Kind.TEXT:
        return None
    low, high, strict = Decimal(0), Decimal(MOST), True
    if isinstance(ask, Ask):
        low, strict = ask.minimum if ask.minimum is not None else low, ask.strict
        high = ask.maximum if ask.maximum is not None else high
    number = "số nguyên" if ask.kind == Kind.WHOLE else "số"
    most = f" đến {write_number(high)}" if high < MOST else " trở lên"
    wanted = f"Nhập {number} từ {write_number(low)}{most}."
    limits = {"criteria": "between", "minimum": _bare(low), "maximum": _bare(high)}
    kind = "integer" if ask.kind == Kind.WHOLE else "decimal"
    rule = {"validate": kind, **limits, **_words(wanted, wanted)}
    return rule if strict else rule | {"error_type": "warning"}


def _bare(number: Decimal) -> int | float:
    return float(number) if number % 1 else int(number)


def _words(hint: str, wrong: str) -> dict[str, Any]:
    return {"input_message": hint[:255], "error_title": "Chưa đúng", "error_message": wrong[:255], "ignore_blank": True}
