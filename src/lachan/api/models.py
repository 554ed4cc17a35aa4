"""Tokens of units, and the answers given to what was sent with them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from lachan.orgs.models import Grant, Person, Unit


class TokenQuerySet(models.QuerySet["Token"]):
    def in_force(self, now: datetime) -> TokenQuerySet:
        """Those that open anything at `now`: not revoked, not expired, and whoever made them still holds the role they had."""
        held = Q(grant__ended_at=None, grant__person__is_active=True)
        return self.filter(held, revoked_at=None, expires_at__gt=now)


class Token(models.Model):
    """Lets another system act for a unit, in the name of the person who made it, for as long as that person holds the role.

    The secret itself is shown once and kept nowhere.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)  # which system it is for
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    hint = models.CharField(max_length=8)  # the secret's last characters, to tell tokens apart
    submits = models.BooleanField(default=False)
    approves = models.BooleanField(default=False)  # what it submits counts at once, as approved by the unit's head
    below = models.BooleanField(default=False)  # for the units below as well
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="+")  # the role of whoever made it
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    minute = models.DateTimeField(null=True, blank=True)  # for which `spent` counts requests, those set aside included
    spent = models.PositiveIntegerField(default=0)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"

    @property
    def person(self) -> Person:
        """In whose name it acts."""
        return self.grant.person

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at <= now

    @property
    def is_left_behind(self) -> bool:
        """Whoever made it no longer holds the role."""
        return self.grant.ended_at is not None or not self.grant.person.is_active


class Answer(models.Model):
    """What was answered to a write, by the key it was sent with: the same request again gets the same answer."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, address and body
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answered_once")]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}: {self.status}"
