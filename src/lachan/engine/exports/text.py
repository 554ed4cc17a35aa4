"""CSV and JSON, piece by piece."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from lachan.engine.answers import Answer
from lachan.engine.exports.rows import About, Asked, UnitRow, Value
from lachan.engine.layout.separated import harmless

_PIECE = 64 * 1024  # characters, about


def csv_text(about: About, rows: Iterable[UnitRow]) -> Iterator[bytes]:
    """CSV that Excel opens rightly: UTF-8 with its mark; numbers with a point, missing ones empty; no words become a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow([harmless(head) for head in (*about.heads, *(one.label for one in about.asked))])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_plain(value) for value in (*row.facts(number), *row.values(about.asked))])
        if out.tell() > _PIECE:
            yield _taken(out)
    yield _taken(out)


def json_text(about: About, rows: Iterable[UnitRow]) -> Iterator[bytes]:
    """One JSON object: campaign, form, moment, questions, units. Answers go by the code of the question; decimals are words."""
    head = {
        "campaign": about.campaign,
        "form": about.form,
        "exported": about.exported_at.isoformat(),
        "questions": [_question(one) for one in about.asked],
    }
    out = io.StringIO()
    out.write(_json(head)[:-1] + ', "units": [')
    for number, row in enumerate(rows):
        out.write((",\n" if number else "\n") + _json(_unit(about, row)))
        if out.tell() > _PIECE:
            yield _taken(out)
    out.write("\n]}\n")
    yield _taken(out)


def _question(one: Asked) -> dict[str, Any]:
    columns = [{"key": column.key, "label": column.label, "kind": column.kind} for column in one.columns]
    plain = {"code": one.code, "text": one.label, "kind": str(one.kind), "counted_in": one.counted_in}
    return plain | ({"columns": columns} if columns else {})


def _unit(about: About, row: UnitRow) -> dict[str, Any]:
    answers: dict[str, Answer] = {one.code: row.answers[one.key] for one in about.asked if one.key in row.answers}
    return {
        "code": row.code,
        "name": row.name,
        "under": row.under,
        "state": row.state,
        "period": [day.isoformat() for day in row.period],
        "received": row.received_at.isoformat() if row.received_at else None,
        "version": row.version,
        "answers": answers,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _taken(out: io.StringIO) -> bytes:
    piece = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return piece
