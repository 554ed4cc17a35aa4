"""Obligations, their returns, the decisions about them, and consolidated reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.differences import Piece, by_word
from lachan.engine.drafts import Draft, from_json
from lachan.orgs.models import Person, Unit
from lachan.reporting.models.form import Form, Question

if TYPE_CHECKING:
    from lachan.reporting.models.amendments import Amendment
    from lachan.reporting.models.brought import BroughtBranch
    from lachan.reporting.models.paper import Paper


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def for_page(self) -> ObligationQuerySet:
        """With what its pages name: the form, the campaign and its owner, the dispatch."""
        return self.select_related(
            "form__campaign__owner",
            "assignment__campaign__owner",
            "assignment__dispatch__unit",
            "unit",
            "counted",
            "amendment__begun_by",
        )

    def due_to(self, campaign: Campaign, top: Assignment | None) -> ObligationQuerySet:
        """Those whose returns go to the unit of `top`, or to the campaign's owner: the level right below."""
        return self.filter(assignment__campaign=campaign, assignment__parent=top)

    def in_order(self) -> ObligationQuerySet:
        """Vietnamese alphabetical order of the units."""
        return self.order_by("assignment__unit_sort_key", "id")


class Obligation(models.Model):
    """One unit owes one form for one period by one time. Every rate comes from these rows."""

    class State(models.TextChoices):
        OWED = "owed", _("chưa báo cáo")
        DRAFTED = "drafted", _("đang soạn")
        SUBMITTED = "submitted", _("chờ thủ trưởng duyệt")
        SENT_BACK = "sent_back", _("trả lại để sửa")
        APPROVED = "approved", _("đã gửi")
        ACCEPTED = "accepted", _("cấp trên đã nhận")
        EXCUSED = "excused", _("được miễn")

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="obligations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="obligations")
    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="obligation")
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField()
    questions = models.ManyToManyField(Question, related_name="+")  # those this unit answers, settled when it was given
    state = models.CharField(max_length=10, choices=State, default=State.OWED)

    # the draft: saved as it is typed, nobody else's business until it is submitted
    draft = models.JSONField(default=dict)  # by question key: what was typed, by whom and when (`engine.drafts`)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    draft_saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    # it no longer owes anything: who said so, when and why
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    excused_because = models.CharField(max_length=500, blank=True)

    # the version that counts in the figures: approved, and not sent back since
    counted = models.OneToOneField(
        "Return", on_delete=models.PROTECT, related_name="counted_for", null=True, blank=True
    )
    received_at = models.DateTimeField(null=True, blank=True)  # first time a version was sent up
    # its unit is mending what was sent up
    amendment = models.OneToOneField(
        "Amendment", on_delete=models.PROTECT, related_name="open_for", null=True, blank=True
    )

    # the form changed after the return was sent up, and its unit may (or must) answer what is new until then
    asked_again_by = models.DateTimeField(null=True, blank=True)
    asked_again_must = models.BooleanField(default=False)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [models.Index(fields=["unit", "state"]), models.Index(fields=["form", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["form", "unit", "period_from", "period_to"], name="owed_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.form}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:return", args=[self.pk])

    @property
    def edit_url(self) -> str:
        """The form, also while the last version waits for the head."""
        return f"{self.get_absolute_url()}?sua=1"

    OPEN = (State.OWED, State.DRAFTED, State.SUBMITTED, State.SENT_BACK)

    @property
    def is_open(self) -> bool:
        """Its unit can still write: nothing was sent up, it was sent back, is being mended, or the form has asked for more."""
        done = (self.State.APPROVED, self.State.ACCEPTED)
        anew = self.asked_again_by is not None or self.amendment_id is not None
        return self.state in self.OPEN or (self.state in done and anew)

    @property
    def is_owed(self) -> bool:
        """No version of it counts, and it is not excused."""
        return self.counted_id is None and self.state != self.State.EXCUSED

    @property
    def is_late(self) -> bool:
        """It was first sent up after its due time."""
        return self.received_at is not None and self.received_at > self.due_at

    def days_left(self, now: datetime) -> int:
        """Whole days until the day it is due, by the calendar of the province; negative when that day has passed."""
        return (localdate(self.due_at) - localdate(now)).days

    def asked(self) -> models.QuerySet[Question]:
        """What is asked of the unit now, in the form's order; questions withdrawn are not."""
        return self.questions.filter(withdrawn_in=None).select_related("table")

    def read_draft(self) -> Draft:
        """The draft, answer by answer, with who typed it and when."""
        return from_json(self.draft)

    @property
    def typed(self) -> dict[str, str]:
        """What stands in each answer of the draft, by question key."""
        return self.read_draft().texts

    def latest(self) -> Return | None:
        """The newest version, counted or not."""
        return self.returns.order_by("-number").first()


class Return(models.Model):
    """One version of a unit's report. It never changes; a correction is the next version."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="returns")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … within the obligation
    values = (
        models.JSONField()
    )  # question key → whole number, decimal as text, words, or rows; a question left out was not answered
    form_version = models.PositiveSmallIntegerField(default=1)  # of the form it answers
    is_empty = models.BooleanField()  # nothing but zeros and blanks
    is_valid = models.BooleanField(default=True)  # met every check of its form, also those that only ask
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    request_key = models.CharField(max_length=64)  # the same submit sent twice carries the same key

    class Meta:
        ordering = ["obligation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "number"], name="return_number_once"),
            models.UniqueConstraint(fields=["obligation", "request_key"], name="return_request_once"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} v{self.number}"

    def save(self, **kwargs: Any) -> None:
        """Written once. A version that exists is never written again."""
        if not self._state.adding:
            raise RuntimeError("a version of a return never changes; a correction is the next version")
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse("reporting:version", args=[self.obligation_id, self.number])

    @property
    def went_up(self) -> bool:
        """The unit's head approved it, whatever came after."""
        return any(decision.verdict == Decision.Verdict.APPROVED for decision in self.decisions.all())

    @property
    def amends(self) -> Amendment | None:
        """The amendment it came of, if it did."""
        return getattr(self, "amendment", None)

    @property
    def on_paper(self) -> Paper | None:
        """The paper it was typed from, if it was."""
        return getattr(self, "paper", None)

    @property
    def as_branch(self) -> BroughtBranch | None:
        """The branch whose figures it stands for, if it came as a package."""
        return getattr(self, "branch", None)

    def sent_back_with(self) -> Decision | None:
        """The decision that sent it back last."""
        return self.decisions.filter(verdict=Decision.Verdict.SENT_BACK).select_related("by").last()

    def answer(self, question: Question) -> Any:
        """What it answers: a Decimal, words, rows of a list (column → number or words), or None for no answer."""
        value = self.values.get(question.key)
        return Decimal(value) if question.is_number and value is not None else value

    def answers(self) -> list[tuple[Question, Any]]:
        """Each question put to the unit then or now, with the answer: also those the form has withdrawn since."""
        asked = models.Q(pk__in=self.obligation.questions.values("pk")) | models.Q(pk__in=self.values)
        of_form = Question.objects.filter(asked, form=self.obligation.form_id).select_related("table")
        shown = of_form.filter(since__lte=self.form_version)
        return [(question, self.answer(question)) for question in shown if not self._is_gone(question)]

    def _is_gone(self, question: Question) -> bool:
        """Withdrawn, and this version does not answer it."""
        return question.withdrawn_in is not None and question.key not in self.values

    def changes_since(self, before: Return) -> list[Change]:
        """The answers that are not as they were in an earlier version."""
        pairs = ((question, before.answer(question), now) for question, now in self.answers())
        return [Change(question, was, now) for question, was, now in pairs if was != now]


@dataclass(frozen=True)
class Change:
    """One answer that differs between two versions."""

    question: Question
    was: Any
    now: Any

    @property
    def difference(self) -> Decimal | None:
        """By how much a number changed; None where there was none, or is none."""
        return self.now - self.was if isinstance(self.now, Decimal) and isinstance(self.was, Decimal) else None

    @property
    def pieces(self) -> list[Piece]:
        """Of words: which were kept, left out and added."""
        return by_word(_as_words(self.was), _as_words(self.now))


def _as_words(answer: Any) -> str:
    """Words as they are; a list a line a row."""
    if isinstance(answer, list):
        return "\n".join(" | ".join(str(cell) for cell in row.values()) for row in answer)
    return str(answer or "")


class Decision(models.Model):
    """What somebody decided about one version: approve, send back, or (the level above) accept."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("duyệt")
        SENT_BACK = "sent_back", _("trả lại để sửa")
        ACCEPTED = "accepted", _("nhận báo cáo")

    version = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict)
    remark = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # on whose behalf
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # of a decision that changed a figure above: the version that counted before, or the last that did
    replaced = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    request_key = models.CharField(max_length=64, blank=True)  # the same decision sent twice carries the same key

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "verdict", "request_key"],
                condition=~models.Q(request_key=""),
                name="decision_request_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} · {self.version}"

    @property
    def title(self) -> str:
        """What was decided, as a step of the work."""
        said = {
            self.Verdict.APPROVED: _("Thủ trưởng đơn vị duyệt, gửi lên"),
            self.Verdict.SENT_BACK: _("Trả lại để sửa"),
            self.Verdict.ACCEPTED: _("Cấp trên nhận báo cáo"),
        }
        return str(said[self.Verdict(self.verdict)])
