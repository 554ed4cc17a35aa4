"""Counted returns added up by the database, by any grouping of what is owed.

The same figures as `lachan.reporting.figures` gives unit by unit. The words and the rows that units wrote are counted, not fetched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, Count, DecimalField, F, Func, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from lachan.engine.rollup import NOTHING, Coverage, Row, State
from lachan.reporting.kept import from_json
from lachan.reporting.models import Obligation, Question

GOT = Q(counted__isnull=False)
LATE = GOT & Q(received_at__gt=F("due_at"))
BROUGHT = Q(counted__branch__isnull=False)
"""What came as a package of a whole branch."""


def sums(owed: QuerySet[Obligation], key: Combinable) -> dict[int, Row]:
    """What `owed` comes to, by `key` (an integer expression on obligations; null counts as 0).

    Two queries, and a third where branches came as packages.
    """
    states: dict[int, dict[str, State]] = defaultdict(dict)
    for group, question, state in _states(owed, key):
        states[group or 0][str(question)] = state
    rows, brought = {}, False
    for group, coverage, packages in _coverage(owed, key):
        rows[group] = Row(states[group], coverage)
        brought = brought or packages > 0
    return _with_branches(rows, owed, key) if brought else rows


def _with_branches(rows: dict[int, Row], owed: QuerySet[Obligation], key: Combinable) -> dict[int, Row]:
    branches = owed.filter(BROUGHT).order_by().annotate(key=key).values_list("key", "counted__branch__figures")
    for group, figures in branches:
        rows[group or 0] = rows.get(group or 0, NOTHING).merge(from_json(figures))
    return rows


def answer_to(question: F | Value) -> Func:
    """The counted answer to `question`, its key, as JSON; null where there is none."""
    return Func(F("counted__values"), Cast(question, TextField()), function="jsonb_extract_path")


def _coverage(owed: QuerySet[Obligation], key: Combinable) -> Iterator[tuple[int, Coverage, int]]:
    """By key: of the returns, and how many more came as packages, which know their own."""
    grouped: QuerySet[Obligation, Any] = owed.order_by().annotate(key=key).values("key")
    counted = grouped.annotate(
        n_expected=Count("pk", filter=~BROUGHT),
        n_received=Count("pk", filter=GOT & ~BROUGHT),
        n_late=Count("pk", filter=LATE & ~BROUGHT),
        n_empty=Count("pk", filter=Q(counted__is_empty=True) & ~BROUGHT),
        n_brought=Count("pk", filter=BROUGHT),
    )
    for row in counted:
        coverage = Coverage(row["n_expected"], row["n_received"], row["n_late"], row["n_empty"])
        yield row["key"] or 0, coverage, row["n_brought"]


class _Numeric(DecimalField):  # type: ignore[type-arg]  # takes no arguments when it runs
    """A number of any length, as it was typed."""

    def cast_db_type(self, connection: Any) -> str:
        return "numeric"


def _states(owed: QuerySet[Obligation], key: Combinable) -> Iterator[tuple[int | None, int, State]]:
    """By key and question: what merging remembers; of lists their rows are added up, of words only who wrote any is counted."""
    answer = answer_to(F("questions__pk"))
    text = Func(answer, Value("{}"), function="#>>", template="(%(expressions)s)", arg_joiner=" #>> ")
    measured = Case(
        When(questions__kind=Question.Kind.TEXT, then=Func(text, function="length")),
        When(questions__kind=Question.Kind.ROWS, then=Func(answer, function="jsonb_array_length")),
        default=Cast(text, output_field=_Numeric()),
        output_field=_Numeric(),
    )
    in_words = Q(questions__kind__in=(Question.Kind.TEXT, Question.Kind.ROWS))  # its numbers a branch knows itself
    asked = owed.order_by().filter(Q(counted__branch__isnull=True) | in_words, questions__isnull=False)
    known = asked.annotate(key=key, got=GOT, late=LATE, answer=measured)
    inner = known.values_list("key", "questions", "got", "late", "answer").query
    each, parameters = inner.get_compiler(connection=connection, elide_empty=False).as_sql()
    with connection.cursor() as cursor:
        # OFFSET keeps the planner from putting the answer in four times over, each read out of the JSON again
        cursor.execute(
            f"""SELECT key, question, count(*), count(*) FILTER (WHERE got), count(*) FILTER (WHERE late),
                       count(answer), count(*) FILTER (WHERE answer > 0), sum(answer), max(answer)
                FROM ({each} OFFSET 0) AS each (key, question, got, late, answer) GROUP BY key, question""",  # noqa: S608 - the inner query is the ORM's own
            parameters,
        )
        for group, question, expected, received, late, answers, positive, added, highest in cursor.fetchall():
            coverage = Coverage(expected, received, late, received - answers)
            yield group, question, State(added or Decimal(0), answers, positive, highest, coverage=coverage)
