"""Checking what was typed into a report form: which answers can be counted, and what is wrong with the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lachan.engine.vietnamese import ReadNumber, read_number


class Kind(StrEnum):
    WHOLE = "whole"
    DECIMAL = "decimal"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Asked:
    key: str
    kind: Kind
    required: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer that cannot be counted: which, why and as typed; `number` is how it was read, for a number."""

    key: str
    reason: str  # "missing", "too_long", or a `NumberProblem`
    typed: str
    number: ReadNumber | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """`values` holds the good answers: whole numbers as int, decimals as text with a point ("12.5"), words as text."""

    values: dict[str, int | str]
    faults: tuple[Fault, ...]
    is_empty: bool  # nothing but zeros and blanks


LONGEST_TEXT = 20_000  # characters


_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2060\ufeff]")


def tidy(text: str) -> str:
    """What was typed, in NFC, with plain line ends and without characters that no office document or database can hold."""
    return _UNFIT.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def unmistakable(number: Decimal) -> str:
    """`number` typed so that it reads back as itself: three digits after the comma, which could be thousands, get a zero."""
    whole, _, fraction = f"{number.normalize():f}".partition(".")
    return f"{whole},{fraction}{'0' if len(fraction) == 3 else ''}" if fraction else whole


def check(asked: Sequence[Asked], typed: Mapping[str, str]) -> Checked:
    """Read every answer asked for. A blank one that is not required is absent from `values`: missing is not zero."""
    values: dict[str, int | str] = {}
    faults: list[Fault] = []
    for question in asked:
        text = tidy(typed.get(question.key, ""))
        answer = _read(question, text)
        if isinstance(answer, Fault):
            faults.append(answer)
        elif text:
            values[question.key] = answer
    return Checked(values, tuple(faults), is_empty=not any(_says_something(value) for value in values.values()))


def _read(question: Asked, text: str) -> int | str | Fault:
    if not text:
        return Fault(question.key, "missing", text) if question.required else ""
    if question.kind is Kind.TEXT:
        return text if len(text) <= LONGEST_TEXT else Fault(question.key, "too_long", text)
    whole = question.kind is Kind.WHOLE
    number = read_number(text, whole=whole)
    if number.value is None:
        return Fault(question.key, str(number.problem), text, number)
    return int(number.value) if whole else str(number.value)


def _says_something(value: int | str) -> bool:
    return bool(str(value).strip("0."))
