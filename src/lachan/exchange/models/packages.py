"""Whom a unit exchanges packages with, and the packages that went out and came in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lachan.engine.packages import fingerprint
from lachan.orgs.models import Person, Unit
from lachan.reporting.models import ConsolidatedReport, Return


class Partner(models.Model):
    """An agency with an installation of its own, known by its key, as a unit here has registered it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="partners")  # that exchanges with it
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    public_key = models.CharField(max_length=43)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # nothing goes there or is taken from there any more

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], condition=Q(ended_at=None), name="partner_once_a_unit")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def fingerprint(self) -> str:
        """By which two people on the telephone compare its key."""
        return fingerprint(self.public_key)


class SentPackage(models.Model):
    """A consolidated report packed for a partner, and what came back."""

    class State(models.TextChoices):
        SENT = "sent", _("chờ biên nhận")
        RECEIVED = "received", _("đã được nhận")
        REFUSED = "refused", _("bị từ chối")

    report = models.ForeignKey(ConsolidatedReport, on_delete=models.PROTECT, related_name="packages")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="sent")
    identity = models.CharField(max_length=36, unique=True)
    number = models.PositiveSmallIntegerField()  # of the unit's packages to this partner on this campaign
    digest = models.CharField(max_length=64)  # of its manifest; a receipt names it
    file = models.FileField(upload_to="packages/%Y/%m/")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    reasons = models.JSONField(default=list)  # sentences of the partner
    answered_at = models.DateTimeField(null=True, blank=True)  # as the receipt says

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["report", "partner"], name="report_packed_once_for_a_partner")]

    def __str__(self) -> str:
        return f"{self.report_id} → {self.partner}"

    @property
    def unit(self) -> Unit:
        return self.partner.unit

    @property
    def file_name(self) -> str:
        return f"goi-bao-cao-{self.report.letter.number}-{self.report.letter.dated_on:%Y}-lan-{self.number}.zip"


class TakenPackage(models.Model):
    """A package that came in from a known partner and was taken, or refused with reasons. Each has its receipt."""

    class State(models.TextChoices):
        TAKEN = "taken", _("đã nhận")
        REFUSED = "refused", _("đã từ chối")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # that it was meant for
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="taken")
    identity = models.CharField(max_length=36)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=600)
    digest = models.CharField(max_length=64)
    made_at = models.CharField(max_length=40)  # as its manifest says
    file = models.FileField(upload_to="packages/%Y/%m/")
    state = models.CharField(max_length=10, choices=State)
    reasons = models.JSONField(default=list)
    beyond = models.JSONField(default=list)  # what it answers and our form does not ask
    is_sound = models.BooleanField(default=False)  # its figures could be read and add up, taken or not
    version = models.OneToOneField(Return, on_delete=models.PROTECT, related_name="package", null=True, blank=True)
    receipt = models.FileField(upload_to="packages/%Y/%m/")
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["unit", "partner", "identity"], name="package_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:taken", args=[self.pk])
