"""The consolidated report: as it is being written, and as it went out."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lachan.campaigns.models import Campaign
from lachan.letters.models import Letter
from lachan.orgs.models import Person, Unit
from lachan.reporting.models.form import Question
from lachan.reporting.models.returns import Return


class ConsolidatedReport(models.Model):
    """A unit's consolidated report on a campaign, as a letter of its own with the figures of one moment."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="consolidated_report")
    # a snapshot: what the documents are laid out from, so that they stay as they were sent
    figures = models.JSONField()
    closing = models.TextField(blank=True)  # the report's last words; its first are the letter's body
    request_key = models.CharField(max_length=64)  # the same press of the button sent twice carries the same key
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)  # upward
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["unit", "request_key"], name="report_request_once")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:report", args=[self.pk])


class ReportDraft(models.Model):
    """A unit's next consolidated report on a campaign while it is being written: one, shared by the unit's people."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="report_drafts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    words = models.JSONField(default=dict)  # the letter around the figures, as typed
    compared_with = models.ForeignKey(Campaign, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    gathered_at = models.DateTimeField()  # what units wrote until then stands in the passages
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="one_report_draft")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.unit}"


class Passage(models.Model):
    """One thing that units say, in the words the report will use, with where it comes from."""

    class Place(models.TextChoices):
        BODY = "body", _("trong báo cáo")
        ANNEX = "annex", _("trong phụ lục")
        OUT = "out", _("không đưa vào")

    draft = models.ForeignKey(ReportDraft, on_delete=models.CASCADE, related_name="passages")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    place = models.CharField(max_length=5, choices=Place, default=Place.BODY)
    units = models.PositiveIntegerField(default=0)  # how many it comes from
    revision = models.PositiveIntegerField(default=1)  # one more with each change by a person
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-units", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class Source(models.Model):
    """One point of one unit's return, and the passage it stands in."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="sources")
    version = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # which point of the answer, from 0
    text = models.TextField()  # as the unit wrote it

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.version}: {self.text[:60]}"

    @property
    def part(self) -> str:
        """What the button that takes it out of its passage posts."""
        return f"part:{self.pk}"
