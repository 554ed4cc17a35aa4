"""When the figures of a campaign are locked, and who is let through. Nothing here is deleted: what held once stays to be read."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from lachan.campaigns.models import Assignment, Campaign, Regime
from lachan.engine import locks
from lachan.orgs.models import Person


class LockRule(models.Model):
    """One rule of a campaign, or of all rounds of a periodic report. One of each kind is in force at most."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="lock_rules", null=True, blank=True)
    regime = models.ForeignKey(Regime, on_delete=models.CASCADE, related_name="lock_rules", null=True, blank=True)
    kind = models.CharField(max_length=10)  # a `lachan.engine.locks.Kind`
    days = models.PositiveSmallIntegerField(default=0)  # after the due time
    at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(campaign=None, regime__isnull=False) | Q(campaign__isnull=False, regime=None),
                name="lock_rule_of_one",
            ),
            models.UniqueConstraint(
                fields=["campaign", "regime", "kind"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="lock_rule_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at or self.days}"

    def as_rule(self) -> locks.Rule:
        """What the engine judges by. Its suspensions are best fetched beforehand."""
        spans = tuple(locks.Span(one.since, one.ends_at) for one in self.suspensions.all())
        return locks.Rule(locks.Kind(self.kind), self.days, self.at, spans)


class LockSuspension(models.Model):
    """A rule does not lock for a while: who said so, why and until when."""

    rule = models.ForeignKey(LockRule, on_delete=models.CASCADE, related_name="suspensions")
    because = models.CharField(max_length=500)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)  # none: until somebody ends it
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # before its time
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.because}"

    @property
    def ends_at(self) -> datetime | None:
        """When it ended, or is to end."""
        return self.ended_at or self.until


class LockExceptionQuerySet(models.QuerySet["LockException"]):
    def holding(self, now: datetime) -> LockExceptionQuerySet:
        """Neither expired nor taken back."""
        return self.filter(granted_at__lte=now, until__gt=now, ended_at=None)


class LockException(models.Model):
    """A unit, or all of a branch, may report and amend although its figures are locked: why and until when."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="lock_exceptions")
    # none: every unit of the campaign
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    with_below = models.BooleanField(default=False)
    because = models.CharField(max_length=500)
    until = models.DateTimeField()
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    request_key = models.CharField(max_length=64)  # the same press of the button sent twice carries the same key
    ended_at = models.DateTimeField(null=True, blank=True)  # taken back before its time
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = LockExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "request_key"], name="lock_exception_request_once")]

    def __str__(self) -> str:
        return f"{self.assignment or self.campaign}: {self.because}"


class LockPleaQuerySet(models.QuerySet["LockPlea"]):
    def waiting(self) -> LockPleaQuerySet:
        """Those that nobody has answered yet."""
        return self.filter(answered_at=None)

    def refused(self) -> LockPleaQuerySet:
        return self.filter(answered_at__isnull=False, exception=None)


class LockPlea(models.Model):
    """A unit asks for an exception for itself: why, until when, and what it was answered. One waits at most."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="lock_pleas")
    because = models.CharField(max_length=500)
    until = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    request_key = models.CharField(max_length=64)  # the same press of the button sent twice carries the same key
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    word = models.CharField(max_length=500, blank=True)
    # none once it is answered: refused
    exception = models.OneToOneField(
        LockException, on_delete=models.PROTECT, related_name="plea", null=True, blank=True
    )

    objects = LockPleaQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "request_key"], name="lock_plea_request_once"),
            models.UniqueConstraint(fields=["assignment"], condition=Q(answered_at=None), name="lock_plea_waits_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.because}"
