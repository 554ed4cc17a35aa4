"""How people share one return: lines given to a colleague to fill in, and remarks at single answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lachan.orgs.models import Person, Unit


class ShareQuerySet(models.QuerySet["Share"]):
    def in_force(self) -> ShareQuerySet:
        """Not taken back, for people who still have a role in the unit."""
        grant = Q(person__grants__unit=models.F("obligation__unit"), person__grants__ended_at=None)
        return self.filter(grant, ended_at=None, person__is_active=True).distinct()


class Share(models.Model):
    """Questions of a return that a colleague in the unit was asked to answer, by a day."""

    obligation = models.ForeignKey("reporting.Obligation", on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shares")
    questions = models.ManyToManyField("reporting.Question", related_name="+")
    due_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # taken back

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "person"], condition=Q(ended_at=None), name="share_once")
        ]

    def __str__(self) -> str:
        return f"{self.obligation} · {self.person}"


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open(self) -> RemarkQuerySet:
        """Not settled yet: they go along to the next version."""
        return self.filter(settled_at=None)

    def shown(self, *, own: bool) -> RemarkQuerySet:
        """To the unit itself all; to the level above those of its side, not those made inside the unit."""
        found = self.select_related("by", "replied_by", "question", "version")
        return found if own else found.exclude(unit=models.F("obligation__unit"))


class Remark(models.Model):
    """What the head or the level above remarks at one answer. It stays until the side that made it settles it."""

    obligation = models.ForeignKey("reporting.Obligation", on_delete=models.CASCADE, related_name="remarks")
    question = models.ForeignKey("reporting.Question", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("reporting.Return", on_delete=models.PROTECT, related_name="remarks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # on whose behalf
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.question} · {self.text[:40]}"
