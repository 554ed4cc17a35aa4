"""What a unit answered before, and what is doubtful about what it answers now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.engine.doubts import far_from
from lachan.engine.vietnamese import fold
from lachan.orgs.models import Unit
from lachan.reporting.models import Obligation, Question, Remark, Return

LOOKED_BACK = 8  # earlier returns of the unit among which the same question is looked for


@dataclass(frozen=True)
class LastTime:
    """What the unit answered to the same question before."""

    answer: Any
    until: date | None  # the end of that period


@dataclass(frozen=True)
class Past:
    """The unit's counted returns, the newest first, each with its answers by kind and wording of the question."""

    returns: Sequence[tuple[Return, Mapping[tuple[str, str], Any]]]

    def last(self, question: Question, obligation: Obligation) -> LastTime | None:
        """The newest answer to a question of the same words in another return than this one."""
        asked = (question.kind, fold(question.text))
        for version, answers in self.returns:
            if version.obligation_id != obligation.pk and answers.get(asked) is not None:
                return LastTime(answers[asked], version.obligation.period_to)
        return None


def past_of(unit: Unit) -> Past:
    """What the unit reported before; two queries."""
    counted = Return.objects.filter(counted_for__unit=unit).select_related("obligation").order_by("-submitted_at")
    returns = list(counted[:LOOKED_BACK])
    of_form = defaultdict(list)
    for question in Question.objects.filter(form__in={one.obligation.form_id for one in returns}):
        of_form[question.form_id].append(question)
    return Past(
        [(one, {(q.kind, fold(q.text)): one.answer(q) for q in of_form[one.obligation.form_id]}) for one in returns]
    )


def doubts_of(versions: Sequence[Return], unit: Unit) -> dict[int, list[str]]:
    """What a head should look at before approving each of the unit's versions, by key; nothing where all is in order.

    A fixed number of queries however many versions.
    """
    if not versions:
        return {}
    past = past_of(unit)
    asked = defaultdict(list)
    for question in Question.objects.filter(form__in={version.obligation.form_id for version in versions}):
        asked[question.form_id].append(question)
    open_ones = Remark.objects.open().filter(obligation__in=[one.obligation_id for one in versions])
    remarked = set(open_ones.values_list("obligation", flat=True))
    found = {}
    for version in versions:
        far = sum(_is_far(version, question, past) for question in asked[version.obligation.form_id])
        found[version.pk] = list(_in_words(version, far, has_remarks=version.obligation_id in remarked))
    return found


def _is_far(version: Return, question: Question, past: Past) -> bool:
    now = version.answer(question) if question.is_number else None
    last = past.last(question, version.obligation)
    return now is not None and last is not None and far_from(now, last.answer)


def _in_words(version: Return, far: int, *, has_remarks: bool) -> Iterable[str]:
    if version.is_empty:
        yield _("Báo cáo chỉ có số 0 hoặc để trống.")
    if far:
        words = ngettext("%(count)s số khác xa kỳ trước.", "%(count)s số khác xa kỳ trước.", far)
        yield words % {"count": far}
    if has_remarks:
        yield _("Còn góp ý chưa khép lại.")


@dataclass(frozen=True)
class Waiting:
    """A version that waits for the unit's head, with what should be looked at first."""

    version: Return
    doubts: Sequence[str]


def waiting(unit: Unit) -> list[Waiting]:
    """The unit's versions that wait for its head, the first due on top; a fixed number of queries."""
    submitted = Return.objects.filter(obligation__unit=unit, obligation__state=Obligation.State.SUBMITTED)
    newest = submitted.order_by("obligation_id", "-number").distinct("obligation_id")
    versions = sorted(
        newest.select_related("obligation__form__campaign", "submitted_by"), key=lambda one: one.obligation.due_at
    )
    doubts = doubts_of(versions, unit)
    return [Waiting(version, doubts[version.pk]) for version in versions]
