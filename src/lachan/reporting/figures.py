"""The figures of a campaign, live: read from the counted versions and rolled up along the cascade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, When
from django.db.models import Value as Literal
from django.db.models.functions import Coalesce

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.answers import Answer
from lachan.engine.rollup import ZERO, Coverage, Listed, Row, Rule, State, Text, listed, measured, roll_up, said
from lachan.reporting.models import Obligation, Question
from lachan.reporting.summing import MERGED, row_of

Value = Decimal | int | tuple[Text, ...] | tuple[Listed, ...] | None

OWNER = 0
"""Stands for the campaign's owner in the cascade: the node above every assignment the campaign began with."""


@dataclass(frozen=True)
class Node:
    """One unit's place in the cascade."""

    assignment: int
    parent: int
    unit: int
    name: str
    kind: str
    obligation: int | None  # what it owes; None when it owes nothing, or was excused
    state: str = ""  # of the obligation; "" when there is none
    due_at: datetime | None = None
    received_at: datetime | None = None  # first time a version was sent up
    counted: int | None = None  # the number of the version behind its figures
    asked: Sequence[int] = ()  # keys of the questions put to it

    @property
    def is_late(self) -> bool:
        """Its counted version was first sent up after the due time."""
        return bool(self.counted and self.received_at and self.due_at and self.received_at > self.due_at)


_FIELDS = len(fields(Node))


@dataclass(frozen=True)
class Figures:
    """Every branch total and every unit's own part, at one moment."""

    questions: Sequence[Question]  # numbers first, as tables show them; within that in the form's order
    nodes: Mapping[int, Node]  # by assignment, in Vietnamese order of names
    own: Mapping[int, Row]
    totals: Mapping[int, Row]  # by assignment, and `OWNER`

    def value(self, assignment: int, question: Question) -> Value:
        """The branch's figure for `question`; None where nobody in the branch answered."""
        return self.state(assignment, question).result(Rule(question.measure))

    def own_value(self, assignment: int, question: Question) -> Value:
        """What the unit itself reported; None where it did not."""
        return self.own_state(assignment, question).result(Rule(question.measure))

    def own_state(self, assignment: int, question: Question) -> State:
        row = self.own.get(assignment)
        return row.states.get(question.key, ZERO) if row else ZERO

    def state(self, assignment: int, question: Question) -> State:
        return self.totals[assignment].states.get(question.key, ZERO)

    def coverage(self, assignment: int) -> Coverage:
        return self.totals[assignment].coverage

    def children(self, assignment: int) -> list[Node]:
        """Those right below, in Vietnamese order."""
        return self._below.get(assignment, [])

    def branch(self, assignment: int) -> list[Node]:
        """The node and all below it, each followed by its own branch. `OWNER` gives every node."""
        found = [self.nodes[assignment]] if assignment in self.nodes else []
        for child in self.children(assignment):
            found += self.branch(child.assignment)
        return found

    @cached_property
    def _below(self) -> dict[int, list[Node]]:
        below: dict[int, list[Node]] = {}
        for node in self.nodes.values():
            below.setdefault(node.parent, []).append(node)
        return below


def figures(campaign: Campaign) -> Figures:
    """Read the campaign's figures: three queries, however many units."""
    of_form = Question.objects.filter(form__campaign=campaign)
    questions = sorted(of_form, key=lambda question: not question.is_number)
    nodes: dict[int, Node] = {}
    own: dict[int, Row] = {}
    for row in _rows(campaign):
        node, (values, is_empty, *brought) = Node(*row[:_FIELDS]), row[_FIELDS:]
        nodes[node.assignment] = node
        if node.obligation:
            told = _own_row(node, questions, values, is_empty=bool(is_empty))
            own[node.assignment] = _of_branch(told, brought, questions) if brought[0] else told
    parents: dict[int, int | None] = {key: node.parent for key, node in nodes.items()}
    parents[OWNER] = None
    asked = {key for node in nodes.values() for key in node.asked}
    kept = [question for question in questions if question.withdrawn_in is None or question.pk in asked]
    return Figures(kept, nodes, own, roll_up(parents, own))


def _rows(campaign: Campaign) -> QuerySet[Assignment, Any]:
    """The fields of a Node in their order, the questions put to it, its counted answers, the figures of a branch it brought."""
    asked = Obligation.questions.through.objects.filter(obligation=OuterRef("obligation")).values("question_id")
    return Assignment.objects.filter(campaign=campaign).values_list(
        "pk",
        Coalesce("parent_id", OWNER),
        "unit_id",
        "unit_name",
        "unit_kind",
        Case(When(obligation__excused_at=None, then=F("obligation__pk"))),
        Coalesce("obligation__state", Literal("")),
        "obligation__due_at",
        "obligation__received_at",
        "obligation__counted__number",
        ArraySubquery(asked),
        "obligation__counted__values",
        "obligation__counted__is_empty",
        *(f"obligation__counted__branch__{name}" for name in ("questions", *MERGED)),
    )


def _own_row(node: Node, questions: Sequence[Question], values: Any, *, is_empty: bool) -> Row:
    """The unit's own part: its answers, and for each question put to it whether one came."""
    received, late = int(node.counted is not None), int(node.is_late)
    answers = values if isinstance(values, dict) else {}
    states = {}
    for question in questions:
        if question.pk in node.asked:
            answered = question.key in answers
            coverage = Coverage(1, received, late, empty=int(received and not answered))
            state = state_of(question, answers[question.key], str(node.assignment)) if answered else ZERO
            states[question.key] = replace(state, coverage=coverage)
    return Row(states, Coverage(1, received, late, int(is_empty)))


def _of_branch(own: Row, kept: Sequence[Sequence[Any]], questions: Sequence[Question]) -> Row:
    """Of a unit that brought its whole branch: the branch's numbers, and its own words and lists."""
    in_words = {one.key: own.states[one.key] for one in questions if not one.is_number and one.key in own.states}
    brought = row_of(zip(*kept, strict=True))
    return Row({**in_words, **brought.states}, brought.coverage)


def state_of(question: Question, value: Answer, unit: str) -> State:
    """One answer of a version as the state that merges; `unit` says whose words or rows it is."""
    if isinstance(value, list):
        return listed(unit, value)
    return measured(Decimal(value)) if question.is_number else said(unit, str(value))
