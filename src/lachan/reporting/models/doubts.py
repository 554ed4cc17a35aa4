"""What is worth a second look in a return before the level above takes it."""

from __future__ import annotations

from django.db import models

from lachan.engine.doubts import Doubt
from lachan.orgs.models import Person


class SecondLook(models.Model):
    """A version measured by its unit's past and by its peers: what was found (`lachan.reporting.doubts` makes it, and anew)."""

    version = models.OneToOneField("reporting.Return", on_delete=models.CASCADE, related_name="second_look")
    found = models.JSONField()  # of each: `Doubt.to_json`
    open = models.PositiveSmallIntegerField()  # how many of them nobody has set aside
    peers = models.PositiveSmallIntegerField()  # returns of its kind of unit it was measured by
    at = models.DateTimeField()

    made_anew = True  # from other rows: `lachan.orgs.ledger` lets it go with them

    class Meta:
        indexes = [models.Index(fields=["version"], condition=models.Q(open__gt=0), name="second_look_open")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.open}"

    @property
    def doubts(self) -> list[Doubt]:
        return [Doubt.from_json(one) for one in self.found]


class SetAside(models.Model):
    """A doubt about a return that the level above has cleared up. It comes back when a number it rests on changes."""

    obligation = models.ForeignKey("reporting.Obligation", on_delete=models.CASCADE, related_name="doubts_set_aside")
    version = models.ForeignKey("reporting.Return", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=100)  # `Doubt.mark`
    sentence = models.TextField()  # the doubt as it was told
    because = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["obligation", "mark"], name="doubt_set_aside_once")]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.mark}"
