"""Invitations: an account that was made for somebody, until they come."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from lachan.orgs.models import Person, Unit

VALID_FOR = timedelta(days=7)
"""So long the link of an invitation opens the account."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> InvitationQuerySet:
        """Those whose person has not come, whether or not the link still works."""
        return self.filter(came_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """A link with which somebody sets the first password of the account made for them. Only a hash of its key is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    times = models.PositiveSmallIntegerField(default=1)  # how often it was sent; each time with a new key
    key_hash = models.CharField(max_length=64, unique=True)
    came_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(came_at=None, withdrawn_at=None), name="one_waiting_invitation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit}"

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + VALID_FOR

    def works_at(self, moment: datetime) -> bool:
        """Whether its link opens the account at `moment`."""
        return self.came_at is None and self.withdrawn_at is None and moment < self.expires_at
