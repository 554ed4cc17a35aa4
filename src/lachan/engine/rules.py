"""The rules by which answers are checked, as data: what a device without a network checks by, so that it finds what we would.

The patterns are those of `vietnamese.read_number` and `answers.tidy` themselves, in the syntax that Python and JavaScript share.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lachan.engine import answers, vietnamese
from lachan.engine.answers import Asked, Column
from lachan.engine.checks import Check
from lachan.engine.vietnamese import fold


def number_rules() -> dict[str, Any]:
    """How a number is read."""
    return {
        "grouped": vietnamese.GROUPED.pattern,
        "one_mark": vietnamese.ONE_MARK.pattern,
        "both_marks": vietnamese.BOTH_MARKS.pattern,
        "most_digits": vietnamese.MOST_DIGITS,
    }


def rules_of(asked: Sequence[Asked], checks: Iterable[Check]) -> dict[str, Any]:
    """The rules of a form, ready for JSON: what `answers.check` goes by."""
    return {
        "numbers": number_rules(),
        "unfit": answers.UNFIT.pattern,
        "longest_text": answers.LONGEST_TEXT,
        "most_rows": answers.MOST_ROWS,
        "questions": [
            _ruled(one.key, str(one.kind), one.required, one.choices) | {"columns": [_column(c) for c in one.columns]}
            for one in asked
        ],
        "checks": [
            one.to_json() | {"name": one.name, "minimum": _limit(one.minimum), "maximum": _limit(one.maximum)}
            for one in checks
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    return _ruled(column.key, str(column.kind), column.required, column.choices) | {"label": column.label}


def _ruled(key: str, kind: str, required: bool, choices: Sequence[str]) -> dict[str, Any]:
    listed = [[fold(one), one] for one in choices]
    return {"key": key, "kind": kind, "required": required, "choices": listed}


def _limit(limit: Any) -> str | None:
    return None if limit is None else f"{limit:f}"
