"""A unit mends a return that was sent up, openly."""

from __future__ import annotations

from django.db import models

from lachan.orgs.models import Person


class Amendment(models.Model):
    """Why a unit mends a version that counts, and what came of it. Until the new version is approved, the old one counts."""

    obligation = models.ForeignKey("reporting.Obligation", on_delete=models.PROTECT, related_name="amendments")
    mends = models.ForeignKey("reporting.Return", on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    was_accepted = models.BooleanField()  # by the level above, when it began
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    request_key = models.CharField(max_length=64)  # the same press of the button sent twice carries the same key

    # how it ended: a version that counts now in place of the old one, or nothing
    became = models.OneToOneField(
        "reporting.Return", on_delete=models.PROTECT, related_name="amendment", null=True, blank=True
    )
    dropped_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["obligation", "request_key"], name="amendment_request_once")]

    def __str__(self) -> str:
        return f"{self.mends}: {self.because[:60]}"
