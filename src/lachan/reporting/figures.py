"""The figures of a campaign, live: read from the counted versions and rolled up along the cascade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.rollup import ZERO, Coverage, Row, Rule, State, Text, measured, roll_up, said
from lachan.reporting.models import Question

OWNER = 0
"""Stands for the campaign's owner in the cascade: the node above every assignment the campaign began with."""


@dataclass(frozen=True)
class Node:
    """One unit's place in the cascade."""

    assignment: int
    parent: int
    unit: int
    name: str
    obligation: int | None
    state: str  # of the obligation; "" when it owes nothing
    counted: int | None  # the version behind its figures


@dataclass(frozen=True)
class Figures:
    """Every branch total and every unit's own part, at one moment."""

    questions: Sequence[Question]
    nodes: Mapping[int, Node]  # by assignment, in Vietnamese order of names
    own: Mapping[int, Row]
    totals: Mapping[int, Row]  # by assignment, and `OWNER`

    def value(self, assignment: int, question: Question) -> Decimal | int | tuple[Text, ...] | None:
        """The branch's figure for `question`; None where nobody in the branch answered."""
        return self.state(assignment, question).result(Rule(question.measure))

    def own_value(self, assignment: int, question: Question) -> Decimal | int | tuple[Text, ...] | None:
        """What the unit itself reported; None where it did not."""
        row = self.own.get(assignment)
        return row.states.get(question.key, ZERO).result(Rule(question.measure)) if row else None

    def state(self, assignment: int, question: Question) -> State:
        return self.totals[assignment].states.get(question.key, ZERO)

    def coverage(self, assignment: int) -> Coverage:
        return self.totals[assignment].coverage

    def children(self, assignment: int) -> list[Node]:
        return [node for node in self.nodes.values() if node.parent == assignment]

    def branch(self, assignment: int) -> list[Node]:
        """The node and all below it."""
        inside = {assignment}
        found = []
        # a parent is always assigned before its children, so ascending keys meet parents first
        for key in sorted(self.nodes):
            node = self.nodes[key]
            if key == assignment or node.parent in inside:
                inside.add(key)
                found.append(key)
        wanted = set(found)
        return [node for key, node in self.nodes.items() if key in wanted]


def figures(campaign: Campaign) -> Figures:
    """Read the campaign's figures: three queries, however many units."""
    questions = list(Question.objects.filter(form__campaign=campaign))
    nodes: dict[int, Node] = {}
    own: dict[int, Row] = {}
    for row in _obligation_rows(campaign):
        node = Node(
            row["pk"],
            row["parent_id"] or OWNER,
            row["unit_id"],
            row["unit_name"],
            row["owed"],
            row["owed_state"] or "",
            row["counted"],
        )
        nodes[node.assignment] = node
        if node.obligation:
            own[node.assignment] = _own_row(row, questions)
    parents: dict[int, int | None] = {key: node.parent for key, node in nodes.items()}
    parents[OWNER] = None
    return Figures(questions, nodes, own, roll_up(parents, own))


def _obligation_rows(campaign: Campaign) -> list[dict[str, Any]]:
    rows = Assignment.objects.filter(campaign=campaign).values(
        "pk",
        "parent_id",
        "unit_id",
        "unit_name",
        owed=F("obligation__pk"),
        owed_state=F("obligation__state"),
        due=F("obligation__due_at"),
        received=F("obligation__received_at"),
        counted=F("obligation__counted"),
        values=F("obligation__counted__values"),
        empty=F("obligation__counted__is_empty"),
    )
    return list(rows)  # type: ignore[arg-type]


def _own_row(row: dict[str, Any], questions: Sequence[Question]) -> Row:
    values = row["values"]
    if row["counted"] is None or not isinstance(values, dict):
        return Row({}, Coverage(expected=1))
    states = {q.key: state_of(q, values[q.key], str(row["pk"])) for q in questions if q.key in values}
    coverage = Coverage(expected=1, received=1, late=int(row["received"] > row["due"]), empty=int(bool(row["empty"])))
    return Row(states, coverage)


def state_of(question: Question, value: int | str, unit: str) -> State:
    """One answer of a version as the state that merges; `unit` says whose words a narrative answer is."""
    return measured(Decimal(value)) if question.is_number else said(unit, str(value))
