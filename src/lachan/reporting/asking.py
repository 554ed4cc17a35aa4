"""Which questions are put to which unit."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from lachan.campaigns.models import Assignment
from lachan.reporting.models import Form, Obligation, Question


def put_to(form: Form, obligations: QuerySet[Obligation], *, only: QuerySet[Question] | None = None) -> set[int]:
    """Put the form's questions to those who owe it, each to whom it applies, in place of those put to them before.

    With `only`: put these besides. Gives the keys of the obligations that were asked anything. A fixed number of queries.
    """
    owed = list(obligations.select_related("assignment"))
    asked = (form.questions if only is None else only).filter(withdrawn_in=None)
    through = Obligation.questions.through
    if only is None:
        through.objects.filter(obligation__in=owed).delete()
    rows = [through(obligation_id=one, question_id=question) for one, question in _pairs(form, owed, asked)]
    through.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.obligation_id for row in rows}


def _pairs(form: Form, owed: Sequence[Obligation], asked: QuerySet[Question]) -> Iterable[tuple[int, int]]:
    kinds_of = _kinds_along(form, [one.assignment for one in owed])
    asked_of = {
        question.pk: {kind.pk for group in question.groups.all() for kind in group.kinds.all()}
        for question in asked.prefetch_related("groups__kinds")
    }
    for one in owed:
        for question, kinds in asked_of.items():
            if not kinds or kinds & kinds_of[one.assignment_id]:
                yield one.pk, question


def _kinds_along(form: Form, assignments: Sequence[Assignment]) -> dict[int, set[Any]]:
    """Kinds of each assignment's unit and of those it came through: communes answer what their district is asked."""
    ids = {int(key) for a in assignments for key in a.path.split(".") if key}
    kind_of = dict(form.campaign.assignments.filter(unit__in=ids).values_list("unit_id", "unit_kind"))
    return {a.pk: {kind_of[int(key)] for key in a.path.split(".") if key} for a in assignments}
