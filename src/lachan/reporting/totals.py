"""The figures of a campaign's branches, added up by the database: what a page of totals shows, however many units report.

The same figures as `lachan.reporting.figures` gives unit by unit; a test holds the two together. The words and the rows that units
wrote are counted here, not fetched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.rollup import NOTHING, ZERO, Coverage, Row, Rule, State, total
from lachan.reporting.models import Obligation, Question

Figure = Decimal | int | None
OWN = 0
"""Stands for the branch's own unit among the branches below it."""
GOT = Q(counted__isnull=False)
LATE = GOT & Q(received_at__gt=F("due_at"))


@dataclass(frozen=True)
class Below:
    """A branch right below, by the assignment at its head."""

    assignment: int
    unit: int
    name: str
    has_below: bool


@dataclass(frozen=True)
class Totals:
    """What one part of a campaign has reported, by the branches right below its top, at one moment."""

    questions: Sequence[Question]  # numbers first, as tables show them; within that in the form's order
    branches: Sequence[Below]  # in Vietnamese order of names
    rows: Mapping[int, Row]  # by unit of a branch; `OWN`: what the top's unit reported itself
    whole: Row

    def row(self, unit: int) -> Row:
        """The figures of the branch of `unit`, or of `OWN`."""
        return self.rows.get(unit, NOTHING)


def figure(row: Row, question: Question) -> Figure:
    """The figure of a row: a number; of words how many units wrote any, of lists how many rows; None where nobody answered."""
    state = row.states.get(question.key, ZERO)
    if question.is_list:
        return int(state.total) or None
    if not question.is_number:
        return state.answers or None
    value = state.result(Rule(question.measure))
    return value if isinstance(value, Decimal | int) else None


def totals(campaign: Campaign, top: Assignment | None, *, only: Question | None = None) -> Totals:
    """The part of `campaign` below `top`, with what the unit of `top` reported itself; all of it without a top. Four queries.

    With `only`: the figures of that question, which is quicker.
    """
    rows = _rows(owed_in(campaign, top), branch_of(top), only)
    asked = {int(key) for row in rows.values() for key in row.states}
    questions = [
        question
        for question in sorted(Question.objects.filter(form__campaign=campaign), key=lambda q: not q.is_number)
        if question.withdrawn_in is None or question.pk in asked
    ]
    below = campaign.assignments.filter(parent=top).annotate(below=Count("children")).order_by("unit_sort_key", "pk")
    branches = [
        Below(key, unit, name, bool(count))
        for key, unit, name, count in below.values_list("pk", "unit_id", "unit_name", "below")
    ]
    return Totals(questions, branches, rows, total(rows.values()))


def owed_in(campaign: Campaign, top: Assignment | None) -> QuerySet[Obligation]:
    """What is owed in that part of the campaign, the unit of `top` included; what was excused is left out."""
    owed = Obligation.objects.filter(assignment__campaign=campaign, excused_at=None)
    return owed.filter(assignment__path__startswith=top.path) if top else owed


def branch_of(top: Assignment | None) -> Cast:
    """The unit of the branch right below `top` in which an obligation stands; null for that of `top` itself."""
    depth = top.path.count(".") if top else 0
    unit = Func(F("assignment__path"), Value("."), Value(depth + 1), function="split_part")
    return Cast(Func(unit, Value(""), function="nullif"), output_field=IntegerField())


def answer_to(question: F | Value) -> Func:
    """The counted answer to `question`, its key, as JSON; null where there is none."""
    return Func(F("counted__values"), Cast(question, TextField()), function="jsonb_extract_path")


def _rows(owed: QuerySet[Obligation], branch: Cast, only: Question | None) -> dict[int, Row]:
    states: dict[int, dict[str, State]] = defaultdict(dict)
    for key, question, state in _states(owed, branch, only):
        states[key or OWN][str(question)] = state
    return {key: Row(states[key], of) for key, of in _coverage(owed, branch).items()}


def _coverage(owed: QuerySet[Obligation], branch: Cast) -> dict[int, Coverage]:
    grouped: QuerySet[Obligation, Any] = owed.order_by().annotate(branch=branch).values("branch")
    counted = grouped.annotate(
        n_expected=Count("pk"),
        n_received=Count("pk", filter=GOT),
        n_late=Count("pk", filter=LATE),
        n_empty=Count("pk", filter=Q(counted__is_empty=True)),
    )
    return {
        row["branch"] or OWN: Coverage(row["n_expected"], row["n_received"], row["n_late"], row["n_empty"])
        for row in counted
    }


class _Numeric(DecimalField):  # type: ignore[type-arg]  # takes no arguments when it runs
    """A number of any length, as it was typed."""

    def cast_db_type(self, connection: Any) -> str:
        return "numeric"


def _states(owed: QuerySet[Obligation], branch: Cast, only: Question | None) -> Iterator[tuple[int | None, int, State]]:
    """By branch and question: what merging remembers; of lists their rows are added up, of words only who wrote any is counted."""
    answer = answer_to(F("questions__pk"))
    text = Func(answer, Value("{}"), function="#>>", template="(%(expressions)s)", arg_joiner=" #>> ")
    measured = Case(
        When(questions__kind=Question.Kind.TEXT, then=Func(text, function="length")),
        When(questions__kind=Question.Kind.ROWS, then=Func(answer, function="jsonb_array_length")),
        default=Cast(text, output_field=_Numeric()),
        output_field=_Numeric(),
    )
    asked = owed.order_by().filter(questions=only) if only else owed.order_by().filter(questions__isnull=False)
    known = asked.annotate(branch=branch, got=GOT, late=LATE, answer=measured)
    each, parameters = known.values_list("branch", "questions", "got", "late", "answer").query.sql_with_params()
    with connection.cursor() as cursor:
        # OFFSET keeps the planner from putting the answer in four times over, each read out of the JSON again
        cursor.execute(
            f"""SELECT branch, question, count(*), count(*) FILTER (WHERE got), count(*) FILTER (WHERE late),
                       count(answer), count(*) FILTER (WHERE answer > 0), sum(answer), max(answer)
                FROM ({each} OFFSET 0) AS each (branch, question, got, late, answer) GROUP BY branch, question""",  # noqa: S608 - the inner query is the ORM's own
            parameters,
        )
        for branch_unit, question, expected, received, late, answers, positive, added, highest in cursor.fetchall():
            coverage = Coverage(expected, received, late, received - answers)
            yield branch_unit, question, State(added or Decimal(0), answers, positive, highest, coverage=coverage)
