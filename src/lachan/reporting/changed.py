"""What has changed in figures that count: which unit, which number, from what to what, by whom and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.amendments import Moved, moved
from lachan.reporting.models import Decision, Question, Return

Verdict = Decision.Verdict


def moved_by(before: Return | None, after: Return | None) -> tuple[Moved, ...]:
    """The numbers that differ between two versions of one return; None for one that does not count. One query."""
    version = before or after
    if version is None:
        return ()
    asked = [question.asked for question in Question.objects.filter(form=version.obligation.form_id)]
    return moved(asked, before.values if before else None, after.values if after else None)


def counted_around(decision: Decision) -> tuple[Return | None, Return | None]:
    """The version that counted before a decision that changed the figures, and the one that does after it."""
    if decision.verdict == Verdict.SENT_BACK:
        return decision.replaced, None
    emptied = _emptying(decision.replaced_id).filter(pk__lt=decision.pk).exists()
    return (None if emptied else decision.replaced), decision.version


def _emptying(replaced: Any) -> QuerySet[Decision]:
    """Those that took a version out of the figures with none in its place."""
    return Decision.objects.filter(verdict=Verdict.SENT_BACK, replaced=replaced)


@dataclass(frozen=True)
class Shift:
    """One number that a change moved."""

    question: Question
    what: str  # the indicator, and of a list what of it
    was: Decimal | None
    now: Decimal | None
    effect: Decimal | None  # on a sum above; None where the figure above is no sum


@dataclass(frozen=True)
class Changed:
    """One decision that changed what counts of a unit."""

    decision: Decision
    shifts: Sequence[Shift]

    @property
    def unit(self) -> str:
        return self.decision.version.obligation.assignment.unit_name

    @property
    def at(self) -> datetime:
        return self.decision.at

    @property
    def by(self) -> str:
        return self.decision.by.name

    @property
    def what(self) -> str:
        """What was done, in words."""
        numbers = {"was": self.decision.replaced and self.decision.replaced.number, "now": self.decision.version.number}
        if self.decision.verdict == Verdict.SENT_BACK:
            return _("Cấp trên trả lại bản %(now)s để sửa") % numbers
        if self.decision.version.amends:
            return _("Điều chỉnh: bản %(now)s thay bản %(was)s") % numbers
        return _("Bản %(now)s thay bản %(was)s") % numbers

    @property
    def why(self) -> str:
        """The reason that was given: for the amendment, or for sending it back."""
        amendment = self.decision.version.amends
        return amendment.because if amendment and self.decision.verdict == Verdict.APPROVED else self.decision.remark


def changes_in(campaign: Campaign, top: Assignment | None) -> QuerySet[Decision]:
    """Every decision that changed a figure of this part of the campaign after it counted, the newest first, for `told`."""
    inside = Decision.objects.filter(replaced__isnull=False, version__obligation__assignment__campaign=campaign)
    if top:
        inside = inside.filter(version__obligation__assignment__path__startswith=top.path)
    emptied = Exists(_emptying(OuterRef("replaced")).filter(pk__lt=OuterRef("pk")))
    whole = inside.select_related("version__obligation__assignment", "version__amendment", "replaced", "by")
    return whole.annotate(emptied=emptied).order_by("-pk")


def of_indicator(changes: QuerySet[Decision], question: Question) -> QuerySet[Decision]:
    """Those of `changes_in` that moved this indicator, or took the return it is in out of the figures, or back in."""
    was, now = _answer("replaced__values", question), _answer("version__values", question)
    moved_it = Q(verdict=Verdict.SENT_BACK) | Q(emptied=True) | ~Q(was=F("now"))
    return changes.annotate(was=was, now=now).filter(moved_it)


def _answer(values: str, question: Question) -> Coalesce:
    at = Func(F(values), Value(question.key), function="jsonb_extract_path_text", output_field=TextField())
    return Coalesce(at, Value("", TextField()))


def questions_of(campaign: Campaign) -> dict[str, Question]:
    """All that the campaign's form asks or asked, by key."""
    return {question.key: question for question in Question.objects.filter(form__campaign=campaign)}


def told(decisions: Iterable[Any], questions: Mapping[str, Question]) -> list[Changed]:
    """Decisions that `changes_in` gave, each with the numbers it moved. `questions`: those of the campaign's form, by key."""
    asked = [question.asked for question in questions.values()]
    found = []
    for one in decisions:
        gone, was = one.verdict == Verdict.SENT_BACK, one.replaced
        before = was.values if was and (gone or not one.emptied) else None
        numbers = moved(asked, before, None if gone else one.version.values)
        found.append(Changed(one, [_shift(number, questions[number.key]) for number in numbers]))
    return found


def _shift(number: Moved, question: Question) -> Shift:
    column = next((one.label for one in question.list_columns if one.key == number.column), "")
    what = f"{question.text} – {column}" if column else question.text
    if question.is_list and not column:
        what = _("%(question)s: số dòng") % {"question": question.text}
    sums = question.is_list or question.measure == Question.Measure.SUM
    return Shift(question, what, number.was, number.now, number.effect if sums else None)
