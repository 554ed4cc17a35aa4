"""What the ORM does too, for the few places where everything passes when thousands press at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model


def asked(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query whose plan the database keeps for the session. It names its columns, and changes nothing."""
    connection.ensure_connection()
    line: psycopg.Connection = connection.connection
    line.prepare_threshold = 1  # Django sets none: its own cursors never prepare
    with connection.wrap_database_errors, psycopg.Cursor(line) as cursor:
        return cursor.execute(query.encode(), values, prepare=True).fetchall()


MOST = 5000  # rows in one query


def insert(rows: Sequence[Model], *, or_leave: bool = False) -> None:
    """New rows of one model, in one query for thousands of them; their keys are known after it.

    With `or_leave` those that stand there already are passed over, and no keys are known.
    """
    for start in range(0, len(rows), MOST):
        _insert(rows[start : start + MOST], or_leave=or_leave)


def _insert(rows: Sequence[Model], *, or_leave: bool) -> None:
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = [(field.attname, str(field.column)) for field in fields]
    told = [{column: getattr(row, name) for name, column in names} for row in rows]
    columns = ", ".join(f'"{column}"' for _name, column in names)
    table = model._meta.db_table
    query = f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::"{table}", %s)'  # noqa: S608 - names of our own
    with connection.cursor() as cursor:
        ending = "ON CONFLICT DO NOTHING" if or_leave else "RETURNING id"
        cursor.execute(f"{query} {ending}", [json.dumps(told, ensure_ascii=False, default=_as_text)])
        keys = [] if or_leave else cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=not or_leave):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias


def _as_text(value: object) -> str:
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))
