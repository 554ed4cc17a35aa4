"""The figures of a campaign's branches as a page of totals shows them, however many units report.

The same figures as `lachan.reporting.figures` gives unit by unit; a test holds the two together. The words and the rows that units
wrote are counted here, not fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.rollup import NOTHING, ZERO, Row, Rule
from lachan.reporting.models import BranchFigures, Obligation, Question
from lachan.reporting.settling import settle, with_below
from lachan.reporting.summing import kept_rows, sums

Figure = Decimal | int | None
OWN = 0
"""Stands for the branch's own unit among the branches below it."""


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


def totals(campaign: Campaign, top: Assignment | None) -> Totals:
    """The part of `campaign` below `top`, with what the unit of `top` reported itself; all of it without a top. Seven queries."""
    settle(campaign)
    below = campaign.assignments.filter(parent=top).order_by("unit_sort_key", "pk")
    heads = with_below(below)
    branches = [Below(*one, one[0] in heads) for one in below.values_list("pk", "unit_id", "unit_name")]
    kept = _kept(campaign, top, [one.assignment for one in branches if one.has_below])
    single = [one.assignment for one in branches if not one.has_below]
    own = sums(_owed_by(single, top), F("assignment_id")) if single or top else {}
    rows = {one.unit: row for one in branches if (row := (kept if one.has_below else own).get(one.assignment))}
    if top and top.pk in own:
        rows[OWN] = own[top.pk]
    whole = kept.get(top.pk if top else None) or rows.get(OWN, NOTHING)
    return Totals(questions_in(campaign, whole), branches, rows, whole)


def questions_in(campaign: Campaign, whole: Row) -> list[Question]:
    """Those that a table of these figures shows, numbers first; one withdrawn only where it was put to somebody."""
    asked = {int(key) for key in whole.states}
    return [
        question
        for question in sorted(Question.objects.filter(form__campaign=campaign), key=lambda q: not q.is_number)
        if question.withdrawn_in is None or question.pk in asked
    ]


def _kept(campaign: Campaign, top: Assignment | None, branches: Sequence[int]) -> dict[int | None, Row]:
    """Those branches, and the whole of it, as they are kept."""
    at = Q(assignment=top) if top else Q(assignment=None)
    return dict(kept_rows(BranchFigures.objects.filter(at | Q(assignment__in=branches), campaign=campaign)))


def _owed_by(assignments: Sequence[int], top: Assignment | None) -> QuerySet[Obligation]:
    keys = [*assignments, top.pk] if top else assignments
    return Obligation.objects.filter(assignment__in=keys, excused_at=None)


def owed_in(campaign: Campaign, top: Assignment | None) -> QuerySet[Obligation]:
    """What is owed in that part of the campaign, the unit of `top` included; what was excused is left out."""
    owed = Obligation.objects.filter(assignment__campaign=campaign, excused_at=None)
    return owed.filter(assignment__path__startswith=top.path) if top else owed


def branch_of(top: Assignment | None) -> Cast:
    """The unit of the branch right below `top` in which an obligation stands; null for that of `top` itself."""
    depth = top.path.count(".") if top else 0
    unit = Func(F("assignment__path"), Value("."), Value(depth + 1), function="split_part")
    return Cast(Func(unit, Value(""), function="nullif"), output_field=IntegerField())
