"""Changes of boundaries: what was decided, what became of each unit, and what was written on account of it."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lachan.engine import succession
from lachan.orgs.models.people import Person
from lachan.orgs.models.units import Unit


class BoundaryChange(models.Model):
    """One decision that changes units from a day on. Its events are the `Succession`s it brought."""

    name = models.CharField(max_length=300)
    basis = models.CharField(max_length=500, blank=True)  # the resolution or decree it rests on
    day = models.DateField()
    request_key = models.CharField(max_length=64)  # the same change sent twice carries the same key
    counts = models.JSONField(default=dict)  # what came of it, by `lachan.orgs.passing_on.WORDS`
    choices_made = models.PositiveIntegerField(default=0)  # by people, on what it divided: it is then undone no more
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request_key"], condition=Q(undone_at=None), name="boundary_change_request_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BoundaryStep(models.Model):
    """One row written on account of a change: what it was (nothing: the row is new) and what it became, by field."""

    change = models.ForeignKey(BoundaryChange, on_delete=models.CASCADE, related_name="steps")
    model = models.CharField(max_length=60)  # "orgs.unitversion"
    key = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"


class Succession(models.Model):
    """What became of a unit on a day: the unit it went into, itself under another name, kind or parent, or nothing."""

    class Event(models.TextChoices):
        UNCHANGED = succession.Event.UNCHANGED, _("giữ nguyên")
        RENAMED = succession.Event.RENAMED, _("đổi tên")
        RECLASSIFIED = succession.Event.RECLASSIFIED, _("đổi loại")
        MOVED = succession.Event.MOVED, _("chuyển trực thuộc")
        MERGED = succession.Event.MERGED, _("nhập toàn bộ")
        SPLIT = succession.Event.SPLIT, _("chia một phần")
        SPLIT_AREA_ONLY = succession.Event.SPLIT_AREA_ONLY, _("chia một phần diện tích")
        SPLIT_ALL_POPULATION = succession.Event.SPLIT_ALL_POPULATION, _("một phần diện tích, toàn bộ dân số")
        SPLIT_POPULATION_ONLY = succession.Event.SPLIT_POPULATION_ONLY, _("chia một phần dân số")
        ABOLISHED = succession.Event.ABOLISHED, _("kết thúc hoạt động")

    old = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="predecessions", null=True, blank=True)
    day = models.DateField()
    event = models.CharField(max_length=30, choices=Event)
    # which part of the old unit's sums goes to the new one, where the decision states it
    share = models.DecimalField(max_digits=9, decimal_places=8, null=True, blank=True)
    change = models.ForeignKey(BoundaryChange, on_delete=models.CASCADE, related_name="events", null=True, blank=True)

    class Meta:
        ordering = ["day", "old_id", "new_id"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "day"], name="succession_once_a_day"),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=1), name="succession_share_is_a_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new} ({self.day})"

    @property
    def link(self) -> succession.Link[int]:
        """As the engine follows it."""
        share = None if self.share is None else Fraction(self.share)
        return succession.Link(self.old_id, self.new_id, self.day, succession.Event(self.event), share)
