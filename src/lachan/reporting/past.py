"""What a unit answered before, and what is doubtful about what it answers now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.engine.doubts import Doubt, Kind, Usual, doubts
from lachan.engine.vietnamese import fold
from lachan.foundation import formats
from lachan.orgs.models import Unit
from lachan.reporting.models import Obligation, Question, Remark, Return

LOOKED_BACK = 12  # earlier returns of the unit among which the same question is looked for: a year of months


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

    def numbers_before(self, version: Return, questions: Iterable[Question]) -> list[dict[str, Decimal]]:
        """What the returns sent before `version` answered to those of its questions that ask for a number, the newest first."""
        asked = {one.key: (one.kind, fold(one.text)) for one in questions if one.is_number}
        return [
            {key: answers[words] for key, words in asked.items() if answers.get(words) is not None}
            for earlier, answers in self.returns
            if earlier.obligation_id != version.obligation_id and earlier.submitted_at <= version.submitted_at
        ]


def past_of(unit: Unit) -> Past:
    """What the unit reported before; two queries."""
    return pasts_of([unit.pk])[unit.pk]


def pasts_of(units: Collection[int]) -> dict[int, Past]:
    """What each of these units reported before; two queries, however many."""
    newest = Window(RowNumber(), partition_by="counted_for__unit", order_by=["-submitted_at", "-pk"])
    counted = Return.objects.filter(counted_for__unit__in=units).annotate(place=newest)
    returns = list(counted.filter(place__lte=LOOKED_BACK).select_related("obligation").order_by("place"))
    of_form = defaultdict(list)
    for question in Question.objects.filter(form__in={one.obligation.form_id for one in returns}):
        of_form[question.form_id].append(((question.kind, fold(question.text)), question))
    found: dict[int, list[tuple[Return, Mapping[tuple[str, str], Any]]]] = {unit: [] for unit in units}
    for one in returns:
        answers = {words: one.answer(question) for words, question in of_form[one.obligation.form_id]}
        found[one.obligation.unit_id].append((one, answers))
    return {unit: Past(listed) for unit, listed in found.items()}


def numbers_of(version: Return, questions: Iterable[Question]) -> dict[str, Decimal]:
    """The numbers it answers, by question."""
    given = ((one.key, version.answer(one)) for one in questions if one.is_number)
    return {key: answer for key, answer in given if answer is not None}


def doubts_of(versions: Sequence[Return], unit: Unit) -> dict[int, list[str]]:
    """What a head should look at before approving each of the unit's versions, by key; nothing where all is in order.

    Its numbers are measured by the unit's own past. A fixed number of queries however many versions.
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
        questions = asked[version.obligation.form_id]
        said = in_words(about(version, questions, past, {}), questions)
        still = [_("Còn góp ý chưa khép lại.")] if version.obligation_id in remarked else []
        found[version.pk] = [*said, *still]
    return found


def about(version: Return, questions: Sequence[Question], past: Past, peers: Mapping[str, Usual]) -> list[Doubt]:
    """What is worth a second look in a version."""
    empty = [Doubt(Kind.EMPTY)] if version.is_empty else []
    found = doubts(numbers_of(version, questions), past.numbers_before(version, questions), peers)
    return [*empty, *found]


def in_words(found: Iterable[Doubt], questions: Iterable[Question]) -> list[str]:
    """A sentence for each, with its numbers in it."""
    names = {one.key: str(one) for one in questions}
    return [sentence(one, names.get(one.key, "")) for one in found]


def sentence(doubt: Doubt, name: str) -> str:
    """`name`: the question it is about."""
    words = {
        "name": name,
        "now": formats.number(doubt.now) if doubt.now is not None else "",
        "usual": formats.number(round(doubt.usual, 1)) if doubt.usual is not None else "",
        "count": formats.number(doubt.count),
        "of": formats.number(doubt.of),
        "by_chance": formats.number(round(doubt.of / doubt.usual)) if doubt.usual and doubt.of else "",
    }
    return str(_SENTENCES[doubt.kind]) % words


_SENTENCES = {
    Kind.EMPTY: gettext_lazy("Báo cáo chỉ có số 0 hoặc để trống."),
    Kind.COPY: gettext_lazy("%(count)s trên %(of)s số giống hệt lần báo cáo trước, như “%(name)s”: %(now)s."),
    Kind.ROUND: gettext_lazy(
        "%(count)s trên %(of)s số đơn vị đã báo cáo là bội của %(usual)s; nếu đếm thật, thường chỉ khoảng %(by_chance)s số."
    ),
    Kind.LAST: gettext_lazy("“%(name)s” là %(now)s, lần báo cáo trước là %(usual)s."),
    Kind.PAST: gettext_lazy("“%(name)s” là %(now)s, trong khi %(count)s lần trước của đơn vị ở quanh %(usual)s."),
    Kind.PEERS: gettext_lazy("“%(name)s” là %(now)s, trong khi %(count)s đơn vị cùng loại ở quanh %(usual)s."),
}


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
