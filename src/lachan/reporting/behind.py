"""The units behind one figure, fetched a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import F, Func, IntegerField, JSONField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.answers import Column
from lachan.engine.rollup import Rule, column_total
from lachan.reporting.figures import Value as Figure
from lachan.reporting.figures import state_of
from lachan.reporting.models import Obligation, Question
from lachan.reporting.summing import answer_to
from lachan.reporting.totals import OWN, branch_of, owed_in


@dataclass(frozen=True)
class UnitBehind:
    """One unit behind a figure."""

    obligation: Obligation
    via: str  # the branch it stands in; empty for the branch's top
    value: Figure

    @property
    def name(self) -> str:
        return self.obligation.assignment.unit_name

    @property
    def branch(self) -> str:
        return self.via or self.name


class UnitsBehind(Sequence[UnitBehind]):
    """The units of one part of a campaign that a question was put to, in the order of branches, each branch's top first.

    A slice of it is fetched when it is asked for, so that it can be shown by pages.
    """

    def __init__(self, campaign: Campaign, top: Assignment | None, question: Question) -> None:
        self.question, self.top = question, top
        self.names = dict(campaign.assignments.filter(parent=top).values_list("unit_id", "unit_name"))
        places = Func(Value(list(self.names)), Coalesce(branch_of(top), Value(OWN)), function="array_position")
        answer = Cast(answer_to(Value(question.pk)), output_field=JSONField())
        owed: QuerySet[Obligation, Any] = owed_in(campaign, top).filter(questions=question)
        self.rows = owed.annotate(
            answer=answer,
            branch=Coalesce(branch_of(top), Value(OWN)),
            place=Cast(places, IntegerField()),
            depth=Func(F("assignment__path"), Value("[^.]"), Value(""), Value("g"), function="regexp_replace"),
        ).order_by(F("place").asc(nulls_first=True), "depth", "assignment__unit_sort_key", "pk")

    def only(self, *, answered: bool) -> UnitsBehind:
        """Those that answered, or those that did not."""
        kept = UnitsBehind.__new__(UnitsBehind)
        kept.__dict__ |= self.__dict__ | {"rows": self.rows.filter(answer__isnull=not answered)}
        kept.__dict__.pop("_count", None)
        return kept

    @cached_property
    def _count(self) -> int:
        return self.rows.count()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        found = self.rows.select_related("assignment")[at]
        return [self._shown(one) for one in found] if isinstance(at, slice) else self._shown(found)

    def column_totals(self) -> list[tuple[Column, Decimal]]:
        """Of a list: each column of numbers with its sum."""
        numbers = [column for column in self.question.list_columns if column.kind != Question.Kind.TEXT]
        if not numbers:
            return []
        lists = self.rows.order_by().exclude(answer=None).values_list("pk", "answer")
        rows = [row for key, answer in lists for row in state_of(self.question, answer, str(key)).rows]
        return [(column, column_total(rows, column.key)) for column in numbers]

    def _shown(self, one: Any) -> UnitBehind:  # an obligation with the annotations above
        at_top = one.branch in (one.assignment.unit_id, OWN)
        state = state_of(self.question, one.answer, one.assignment.unit_name) if one.answer is not None else None
        value = state.result(Rule(self.question.measure)) if state else None
        return UnitBehind(one, "" if at_top else self.names[one.branch], value)
