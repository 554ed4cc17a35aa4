"""Answers to the questions of `lachan.engine.analysis`, on the engine that the setting `ANALYSIS` names.

DuckDB and Spark read Parquet files, which are written from the database and say of when they are; PostgreSQL reads the database
itself. Each fact names its unit as it was when the fact came about, and as it is on the day the facts are read out.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32

import duckdb
from django.conf import settings
from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Func,
    IntegerField,
    JSONField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.timezone import localdate
from ibis.backends.sql.compilers import DuckDBCompiler, PostgresCompiler, PySparkCompiler
from ibis.expr.types import Table

from lachan.activities.models import Activity
from lachan.campaigns.models import Assignment
from lachan.engine.analysis import ACTIVITIES, DUTIES, QUESTIONS_KEPT
from lachan.orgs.lineage import heirs_of
from lachan.orgs.models import Unit
from lachan.reporting.standing import EMPTY, EXCUSED, INVALID, LATE, REPORTED

DUCKDB, POSTGRESQL = "duckdb", "postgresql"
"""Engines by name; anything else is the address of a Spark master, such as "local[2]" or "spark://host:7077"."""

FRESH = timedelta(hours=2)
"""Older files are written anew by who asks; the worker does it every hour."""

_TYPES = {"int64": "BIGINT", "string": "VARCHAR", "date": "DATE"}
Rows = list[dict[str, Any]]


def answers(owners: Collection[int], day: date, *questions: Table) -> list[Rows]:
    """The rows of each answer, in no order, on what the `owners` lead. Numbers are whole.

    `day` says which units there are now; files tell it of the day they were written.
    """
    asked = sorted(set(owners))
    if settings.ANALYSIS == POSTGRESQL:
        told = _on_postgresql(asked, day, questions)
    else:
        told = (_on_duckdb if settings.ANALYSIS == DUCKDB else _on_spark)(asked, questions)
    return [[dict(zip(names, map(_plain, row), strict=True)) for row in rows] for names, rows in told]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) or value is None else int(value)


Answer = tuple[Sequence[str], Sequence[Sequence[Any]]]
Questions = Sequence[Table]


def _on_duckdb(owners: list[int], questions: Questions) -> list[Answer]:
    told: list[Answer] = []
    with duckdb.connect(config={"threads": 1}) as engine:
        for name in _FACTS:
            engine.read_parquet(str(_path(name))).create_view(name)
        engine.execute("CREATE TABLE owners AS SELECT unnest($1::BIGINT[]) AS owner", [owners])
        for question in questions:
            answer = engine.execute(_sql(DuckDBCompiler, question))
            told.append(([column[0] for column in answer.description or ()], answer.fetchall()))
    return told


def _on_postgresql(owners: list[int], day: date, questions: Questions) -> list[Answer]:
    facts = [(name, *_selected(name, day)) for name in _FACTS]
    before = ", ".join(f"{name} AS ({sql})" for name, sql, _params in facts)
    params = [owners, *(one for *_sql, few in facts for one in few)]
    told: list[Answer] = []
    with connection.cursor() as cursor:
        for question in questions:
            asked = _sql(PostgresCompiler, question).replace("%", "%%")
            whole = f"WITH owners AS (SELECT unnest(%s::bigint[]) AS owner), {before} SELECT * FROM ({asked}) AS told"  # noqa: S608
            cursor.execute(whole, params)  # our own queries and what Ibis compiled, no words of anybody
            told.append(([column.name for column in cursor.description], cursor.fetchall()))
    return told


def _on_spark(owners: list[int], questions: Questions) -> list[Answer]:
    session = _session(settings.ANALYSIS).newSession()  # so that nobody reads of another's owners
    for name in _FACTS:
        session.read.parquet(str(_path(name))).createOrReplaceTempView(name)
    session.createDataFrame([(one,) for one in owners], "owner bigint").createOrReplaceTempView("owners")
    told = [session.sql(_sql(PySparkCompiler, question)) for question in questions]
    return [(answer.columns, answer.collect()) for answer in told]


@cache
def _session(master: str) -> Any:
    """Spark is installed only where it is used: requirements/spark.txt."""
    builder = import_module("pyspark.sql").SparkSession.builder.master(master).appName("lachan")
    options = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4", "spark.sql.session.timeZone": "UTC"}
    return builder.config(map=options).getOrCreate()


@lru_cache(maxsize=QUESTIONS_KEPT)
def _sql(engine: Any, question: Table) -> str:
    compiler = engine()
    sql: str = compiler.to_sqlglot(question).sql(dialect=compiler.dialect)
    return sql


def write_files(*, now: datetime) -> None:
    """The files anew, as the database is. Each is whole or not there."""
    folder = settings.ANALYSIS_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FACTS:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".lachan-") as between, duckdb.connect() as engine:
            rows, made = Path(between) / "rows.csv", Path(between) / "rows.parquet"
            _copy(name, localdate(now), rows)
            engine.execute("SET threads = 1")
            columns = {column: _TYPES[str(kind)] for column, kind in _schema(name).items()}
            read = engine.read_csv(str(rows), header=False, columns=columns, auto_detect=False)
            read.write_parquet(str(made), compression="zstd")
            os.utime(made, (now.timestamp(), now.timestamp()))
            made.replace(_path(name))


def as_of(now: datetime) -> datetime:
    """Of when the answers are. Files that are not there, or not fresh, are written first."""
    if settings.ANALYSIS == POSTGRESQL:
        return now
    written = _written_at()
    if written is None or not now - FRESH < written <= now:
        write_files(now=now)
        return now
    return written


def _written_at() -> datetime | None:
    paths = [_path(name) for name in _FACTS]
    if not all(path.exists() for path in paths):
        return None
    return datetime.fromtimestamp(min(path.stat().st_mtime for path in paths), UTC)


def _path(name: str) -> Path:
    """Named by its columns, so that files with others, of an earlier release, are not read."""
    folder: Path = settings.ANALYSIS_FOLDER
    return folder / f"{name}-{crc32(','.join(_schema(name)).encode()):08x}.parquet"


def _copy(name: str, day: date, path: Path) -> None:
    sql, params = _selected(name, day)
    with (
        path.open("wb") as out,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as copy,
    ):
        for piece in copy:
            out.write(piece)


def _schema(name: str) -> dict[str, Any]:
    table = {"duties": DUTIES, "activities": ACTIVITIES}[name]
    return dict(table.schema().items())


def _selected(name: str, day: date) -> tuple[str, Sequence[Any]]:
    """The query that gives these facts, under the names of their columns."""
    sql, params = _FACTS[name](_became(day)).query.sql_with_params()
    return f"SELECT * FROM ({sql}) AS facts ({', '.join(_schema(name))})", params  # noqa: S608 - our own query


def _became(day: date) -> dict[str, str]:
    """For each unit that is no more on `day` the one that stands for it; empty where no one unit does."""
    gone = Unit.objects.filter(valid_to__lte=day).values_list("pk", flat=True)
    return {str(unit): str(fate.sole or "") for unit, fate in heirs_of(set(gone), day).items()}


def _now(path: Combinable, became: dict[str, str]) -> Coalesce:
    """Which unit now stands for the first of a path that is still there or has one heir; minus the unit itself where none does."""
    first = (
        "(SELECT COALESCE(became ->> one, one)::bigint FROM (SELECT %(expressions)s) AS given(path, became),"
        " unnest(string_to_array(trim(path, '.'), '.')) WITH ORDINALITY AS steps(one, at)"
        " WHERE COALESCE(became ->> one, one) <> '' ORDER BY at LIMIT 1)"
    )
    known = Value(became, output_field=JSONField())
    return Coalesce(Func(path, known, template=first, output_field=BigIntegerField()), -F("unit_id"))


def _unit_now(became: dict[str, str]) -> Coalesce:
    return _now(Cast(F("unit_id"), TextField()), became)


def _duties(became: dict[str, str]) -> QuerySet[Any, Any]:
    due, came = TruncDate("obligation__due_at"), TruncDate("obligation__received_at")
    days = Func(came, due, template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())
    return (
        Assignment.objects.filter(obligation__isnull=False)
        .order_by()
        .values_list(
            F("campaign__owner_id"),
            Cast(Func(F("path"), Value("."), Value(1), function="split_part"), BigIntegerField()),
            F("unit_id"),
            _now(F("path"), became),
            _unit_now(became),
            due,
            Case(When(REPORTED, then=days)),
            _one_if(REPORTED),
            _one_if(REPORTED & ~LATE),
            _one_if(REPORTED & ~EMPTY),
            _one_if(REPORTED & ~INVALID),
            _one_if(EXCUSED),
        )
    )


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0))


def _activities(became: dict[str, str]) -> QuerySet[Any, Any]:
    done = Activity.objects.counted().filter(campaign__isnull=False).order_by()
    return done.values_list(
        F("campaign__owner_id"), F("unit_id"), _unit_now(became), "channel", "done_on", "times", "audience"
    )


_FACTS: dict[str, Callable[[dict[str, str]], QuerySet[Any, Any]]] = {"duties": _duties, "activities": _activities}
