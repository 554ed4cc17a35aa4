"""Counted returns added up by the database, by any grouping of what is owed.

The same figures as `lachan.reporting.figures` gives unit by unit. The words and the rows that units wrote are counted, not fetched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Case, F, Func, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from lachan.engine.rollup import Coverage, Row, State
from lachan.reporting.models import AnyNumber, BranchFigures, Obligation, Question

GOT = Q(counted__isnull=False)
LATE = GOT & Q(received_at__gt=F("due_at"))
BROUGHT = Q(counted__branch__isnull=False)
"""What came as a package, whose numbers are those of its whole branch."""


RETURNS = 0
"""Stands among the keys of questions for the returns as such."""
MERGED = {
    **dict.fromkeys(("expected", "received", "late", "empty", "answers", "positive"), "sum({})::integer"),
    "total": "sum({})",
    "highest": "max({})",
}
"""What is kept of each question, and how the database merges it: as `lachan.engine.rollup.State` does."""


def sums(owed: QuerySet[Obligation], key: Combinable) -> dict[int, Row]:
    """What `owed` comes to, by `key` (an integer expression on obligations; null counts as 0). One query."""
    each, parameters = added_up(owed, key)
    merged = ", ".join(how.format(name) for name, how in MERGED.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, question, {merged} FROM ({each}) AS parts GROUP BY 1, 2", parameters)  # noqa: S608 - names of our own
        parts = cursor.fetchall()
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for group, *part in parts:
        found[group].append(tuple(part))
    return {group: row_of(part) for group, part in found.items()}


def kept_rows(kept: QuerySet[BranchFigures]) -> list[tuple[int | None, Row]]:
    """Figures of branches as they are kept, by the assignment at the head; of a whole campaign by None."""
    rows = kept.values_list("assignment", "questions", *MERGED)
    return [(key, row_of(zip(questions, *merged, strict=True))) for key, questions, *merged in rows]


def row_of(parts: Iterable[tuple[Any, ...]]) -> Row:
    """A row of figures of a question's key and what `MERGED` names, for each question."""
    states, of = {}, Coverage()
    for question, expected, received, late, empty, answers, positive, total, highest in parts:
        coverage = Coverage(expected, received, late, empty)
        if question == RETURNS:
            of = coverage
        else:
            states[str(question)] = State(total, answers, positive, highest, coverage=coverage)
    return Row(states, of)


def added_up(owed: QuerySet[Obligation], key: Combinable) -> tuple[str, tuple[Any, ...]]:
    """A query for what `owed` comes to: `key`, the question, and what `MERGED` names; with its parameters.

    What came as a package stands in rows of its own, so that a key and a question may come several times.
    """
    own = _known(owed.filter(~BROUGHT), key)
    returns, of_returns = _sql(own.values_list("key", "got", "late", "counted__is_empty"))
    branches, of_branches = _sql(_known(owed.filter(BROUGHT), key).values_list("key", "counted__branch"))
    kept = ", ".join(f"kept.{name}" for name in ("questions", *MERGED))
    answers, of_answers = _sql(_answers(owed, key))
    # OFFSET keeps the planner from putting the answer in four times over, each read out of the JSON again
    query = f"""
        SELECT coalesce(key, 0) AS key, question, count(*)::integer AS expected,
               (count(*) FILTER (WHERE got))::integer AS received, (count(*) FILTER (WHERE late))::integer AS late,
               (count(*) FILTER (WHERE got AND empty))::integer AS empty, count(answer)::integer AS answers,
               (count(*) FILTER (WHERE answer > 0))::integer AS positive, coalesce(sum(answer), 0) AS total,
               max(answer) AS highest
        FROM (SELECT key, {RETURNS} AS question, got, late, empty, NULL::numeric AS answer
              FROM ({returns}) AS each (key, got, late, empty)
              UNION ALL
              SELECT key, question, got, late, answer IS NULL, answer
              FROM ({answers} OFFSET 0) AS each (key, question, got, late, answer)) AS parts
        GROUP BY 1, 2
        UNION ALL
        SELECT coalesce(key, 0), each.* FROM ({branches}) AS brought (key, branch)
        JOIN reporting_broughtbranch kept ON kept.id = branch CROSS JOIN LATERAL unnest({kept}) AS each"""  # noqa: S608 - the inner queries are the ORM's own
    return query, (*of_returns, *of_answers, *of_branches)


def _sql(rows: QuerySet[Obligation, Any]) -> tuple[str, tuple[Any, ...]]:
    query, parameters = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return query, tuple(parameters)


def _known(owed: QuerySet[Obligation], key: Combinable) -> Any:  # with fields that the checker does not know
    return owed.order_by().annotate(key=key, got=GOT, late=LATE)


def answer_to(question: F | Value) -> Func:
    """The counted answer to `question`, its key, as JSON; null where there is none."""
    return Func(F("counted__values"), Cast(question, TextField()), function="jsonb_extract_path")


def _answers(owed: QuerySet[Obligation], key: Combinable) -> Any:
    """Each question put to each who owes: a number as it is, of a list how many rows, of words how long they are."""
    answer = answer_to(F("questions__pk"))
    text = Func(answer, Value("{}"), function="#>>", template="(%(expressions)s)", arg_joiner=" #>> ")
    measured = Case(
        When(questions__kind=Question.Kind.TEXT, then=Func(text, function="length")),
        When(questions__kind=Question.Kind.ROWS, then=Func(answer, function="jsonb_array_length")),
        default=Cast(text, output_field=AnyNumber()),
        output_field=AnyNumber(),
    )
    in_words = Q(questions__kind__in=(Question.Kind.TEXT, Question.Kind.ROWS))
    asked = owed.filter(Q(counted__branch__isnull=True) | in_words, questions__isnull=False)
    asked = _known(asked, key).annotate(answer=measured)
    return asked.values_list("key", "questions", "got", "late", "answer")
