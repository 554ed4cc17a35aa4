"""What came on paper from a unit without an account, and was entered for it by the level above."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lachan.campaigns.models import Assignment
from lachan.orgs.models import Person
from lachan.reporting.models.returns import Return


class Paper(models.Model):
    """A paper that confirms receipt, or a paper return with the version it was typed into."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("xác nhận đã nhận")
        RETURN = "return", _("báo cáo")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.OneToOneField(Return, on_delete=models.PROTECT, related_name="paper", null=True, blank=True)
    dated_on = models.DateField()
    signed_by = models.CharField(max_length=200)
    scan = models.FileField(upload_to="paper/%Y/%m/", blank=True)
    scan_name = models.CharField(max_length=255, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assignment} {self.dated_on}"
