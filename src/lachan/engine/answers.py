"""Checking what was typed into a report form: which answers can be counted, and what is wrong with the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from lachan.engine.checks import Check, broken
from lachan.engine.vietnamese import ReadNumber, fold, read_number


class Kind(StrEnum):
    WHOLE = "whole"
    DECIMAL = "decimal"
    TEXT = "text"
    ROWS = "rows"  # a list, one row after another


Cell = int | str
Answer = Cell | list[dict[str, Cell]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list to fill in."""

    key: str
    label: str
    kind: str = Kind.TEXT  # whole, decimal or text
    counted_in: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()  # words to choose one of

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", tuple(self.choices))  # a list where they come from JSON


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked; of a list: its columns."""

    key: str
    kind: Kind
    required: bool
    columns: tuple[Column, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer that cannot be counted: which, why and as typed; `number` is how it was read, for a number.

    In a list, `row` (from 0) and `column` (its key) say which cell.
    """

    key: str
    reason: str  # "missing", "too_long", "too_many_rows", "not_a_choice", or a `NumberProblem`
    typed: str
    number: ReadNumber | None = None
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """`values` holds the good answers: whole numbers as int, decimals as text with a point ("12.5"), words as text, rows.

    `broken` holds the checks between answers that are not met; the answers themselves can be counted.
    """

    values: dict[str, Answer]
    faults: tuple[Fault, ...]
    is_empty: bool  # nothing but zeros and blanks
    broken: tuple[Check, ...] = ()


LONGEST_TEXT = 20_000  # characters
MOST_ROWS = 500  # of a list, whatever its own limit


_CELL_ENDS = re.compile(r"[\s|]+")
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2060\ufeff]")


def tidy(text: str) -> str:
    """What was typed, in NFC, with plain line ends and without characters that no office document or database can hold."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return UNFIT.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def unmistakable(number: Decimal) -> str:
    """`number` typed so that it reads back as itself: three digits after the comma, which could be thousands, get a zero."""
    whole, _, fraction = f"{number.normalize():f}".partition(".")
    return f"{whole},{fraction}{'0' if len(fraction) == 3 else ''}" if fraction else whole


def check(asked: Sequence[Asked], typed: Mapping[str, str], checks: Sequence[Check] = ()) -> Checked:
    """Read every answer asked for. A blank one that is not required is absent from `values`: missing is not zero."""
    values: dict[str, Answer] = {}
    faults: list[Fault] = []
    for question in asked:
        answer, wrong = _read(question, typed.get(question.key, ""))
        faults += wrong
        if answer is not None:
            values[question.key] = answer
    unmet = broken(checks, values, [question.key for question in asked])
    return Checked(values, tuple(faults), not any(_says_something(value) for value in values.values()), unmet)


def rows_typed(columns: Sequence[Column], text: str) -> list[dict[str, str]]:
    """The rows of a list as typed or pasted: one on each line, its cells apart by tab or "|". Empty ones are left out."""
    lines = [re.split(r"[\t|]", line) for line in text.split("\n")]
    rows = [{one.key: tidy(line[at]) if at < len(line) else "" for at, one in enumerate(columns)} for line in lines]
    return [row for row in rows if any(row.values())]


def rows_as_text(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> str:
    """Rows typed cell by cell as the text that `rows_typed` reads back."""
    return "\n".join(" | ".join(_CELL_ENDS.sub(" ", row.get(one.key, "")) for one in columns) for row in rows)


def _read(question: Asked, typed: str) -> tuple[Answer | None, list[Fault]]:
    if question.kind is Kind.ROWS:
        return _read_rows(question, rows_typed(question.columns, typed))
    text = tidy(typed)
    if not text:
        return None, [Fault(question.key, "missing", text)] if question.required else []
    answer = _cell(question.key, question.kind, text, question.choices)
    return (None, [answer]) if isinstance(answer, Fault) else (answer, [])


def _read_rows(question: Asked, typed: Sequence[Mapping[str, str]]) -> tuple[Answer | None, list[Fault]]:
    if not typed:
        return None, [Fault(question.key, "missing", "")] if question.required else []
    if len(typed) > MOST_ROWS:
        return None, [Fault(question.key, "too_many_rows", str(len(typed)))]
    rows: list[dict[str, Cell]] = []
    faults: list[Fault] = []
    for place, row in enumerate(typed):
        rows.append({})
        for column in question.columns:
            text = row[column.key]
            if not text and not column.required:
                continue
            missing = Fault(question.key, "missing", "")
            answer = _cell(question.key, Kind(column.kind), text, column.choices) if text else missing
            if isinstance(answer, Fault):
                faults.append(replace(answer, row=place, column=column.key))
            else:
                rows[-1][column.key] = answer
    return (None if faults else rows), faults


def _cell(key: str, kind: Kind, text: str, choices: Sequence[str]) -> Cell | Fault:
    """One number or some words, not blank; of words to choose from, the one that was meant."""
    if choices:
        meant = next((one for one in choices if fold(one) == fold(text)), None)
        return meant or Fault(key, "not_a_choice", text)
    if kind is Kind.TEXT:
        return text if len(text) <= LONGEST_TEXT else Fault(key, "too_long", text)
    whole = kind is Kind.WHOLE
    number = read_number(text, whole=whole)
    if number.value is None:
        return Fault(key, str(number.problem), text, number)
    return int(number.value) if whole else str(number.value)


def _says_something(value: Answer) -> bool:
    if isinstance(value, list):
        return any(_says_something(cell) for row in value for cell in row.values())
    return bool(str(value).strip("0."))
