"""The audit trail's table."""

from django.db import models


class AuditEntry(models.Model):
    """One thing done, or one reading of personal data. Written only by `lachan.foundation.audit.record`."""

    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)  # the person's key; no foreign key, so that a leaver's trail stays
    by_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)  # e.g. "campaigns.receive"
    subject_type = models.CharField(max_length=60)  # e.g. "campaigns.assignment"
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name} {self.verb} {self.subject_type} {self.subject_id}"


class AuditHead(models.Model):
    """One row: how long the trail is and the hash of its newest entry, so that cutting off its end shows."""

    length = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.length} {self.hash[:12]}"
