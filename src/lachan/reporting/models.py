"""What is owed, what was reported, and who stood by it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.answers import Asked, Kind
from lachan.engine.rollup import Rule
from lachan.letters.models import Letter
from lachan.orgs.models import Group, Person, Unit


class Form(models.Model):
    """The report form of a campaign. It comes from the letter's appendix and is fixed once the campaign has started."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="form")
    title = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One line of a form: a number to give, or words to write."""

    class Kind(models.TextChoices):
        WHOLE = "whole", _("số nguyên")
        DECIMAL = "decimal", _("số thập phân")
        TEXT = "text", _("phần viết")

    class Measure(models.TextChoices):
        SUM = Rule.SUM, _("cộng")
        MAXIMUM = Rule.MAXIMUM, _("lớn nhất")
        COUNT_UNITS = Rule.COUNT_UNITS, _("đếm đơn vị có thực hiện")
        MEAN = Rule.MEAN, _("trung bình")
        TEXTS = Rule.TEXTS, _("ghép các ý kiến")

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.WHOLE)
    measure = models.CharField(max_length=20, choices=Measure, default=Measure.SUM)
    counted_in = models.CharField(max_length=60, blank=True)  # "lượt", "người", "bài"
    required = models.BooleanField(default=True)
    applies_to = models.CharField(max_length=300, blank=True)  # as the form says it: "UBND cấp huyện"
    groups = models.ManyToManyField(Group, related_name="+", blank=True)  # none: everybody answers

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def key(self) -> str:
        """Its name in `values` and in the figures."""
        return str(self.pk)

    @property
    def asked(self) -> Asked:
        """What the engine needs to know to check an answer."""
        return Asked(self.key, Kind(self.kind), self.required)

    @property
    def is_number(self) -> bool:
        return self.kind != self.Kind.TEXT


class Obligation(models.Model):
    """One unit owes one form for one period by one time. Every rate comes from these rows."""

    class State(models.TextChoices):
        OWED = "owed", _("chưa báo cáo")
        DRAFTED = "drafted", _("đang soạn")
        SUBMITTED = "submitted", _("chờ thủ trưởng duyệt")
        SENT_BACK = "sent_back", _("trả lại để sửa")
        APPROVED = "approved", _("đã gửi")
        ACCEPTED = "accepted", _("cấp trên đã nhận")

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="obligations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="obligations")
    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="obligation")
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField()
    questions = models.ManyToManyField(Question, related_name="+")  # those this unit answers, settled when it was given
    state = models.CharField(max_length=10, choices=State, default=State.OWED)

    # the draft: saved as it is typed, nobody else's business until it is submitted
    draft = models.JSONField(default=dict)  # question key → what was typed
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    draft_saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    # the version that counts in the figures: approved, and not sent back since
    counted = models.OneToOneField(
        "Return", on_delete=models.PROTECT, related_name="counted_for", null=True, blank=True
    )
    received_at = models.DateTimeField(null=True, blank=True)  # first time a version was sent up

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [models.Index(fields=["unit", "state"]), models.Index(fields=["form", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["form", "unit", "period_from", "period_to"], name="owed_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.form}"


class Return(models.Model):
    """One version of a unit's report. It never changes; a correction is the next version."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="returns")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … within the obligation
    values = (
        models.JSONField()
    )  # question key → whole number, decimal as text, or words; a question left out was not answered
    is_empty = models.BooleanField()  # nothing but zeros and blanks
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

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} · {self.version}"


class ConsolidatedReport(models.Model):
    """A unit's consolidated report on a campaign, as a letter of its own with the figures of one moment."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="consolidated_report")
    figures = models.JSONField()  # what the documents were laid out from, so that they stay as they were sent
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.made_at:%Y-%m-%d}"
