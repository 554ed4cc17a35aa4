"""What was done, and the photos that show it."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.activities import CHANNELS, Channel
from lachan.orgs.models import Person, Unit


class ActivityQuerySet(models.QuerySet["Activity"]):
    def counted(self) -> ActivityQuerySet:
        """Those that stand: not withdrawn."""
        return self.filter(withdrawn_at=None)

    def within(self, since: date | None, until: date | None) -> ActivityQuerySet:
        """Those done from `since` to `until`, both days included; None leaves that side open."""
        found = self.filter(done_on__gte=since) if since else self
        return found.filter(done_on__lte=until) if until else found

    def in_branch(self, campaign: Campaign, top: Assignment | None) -> ActivityQuerySet:
        """Those of a campaign by every unit of the branch below `top`; None: by everybody."""
        found = self.filter(campaign=campaign)
        return found.filter(unit__in=Assignment.objects.branch(top).values("unit")) if top else found

    def newest_first(self) -> ActivityQuerySet:
        return self.order_by("-done_on", "-id")


class Activity(models.Model):
    """One thing a unit did: by which channel, when, for whom, and how much. An unknown number is None, not 0."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="activities", null=True, blank=True)
    channel = models.CharField(max_length=40)  # a code of engine.activities.CHANNELS
    what = models.CharField(max_length=300)
    done_on = models.DateField()
    times = models.PositiveIntegerField(default=1)  # sessions, broadcasts, posts: what the channel is counted in
    audience = models.PositiveIntegerField(null=True, blank=True)
    copies = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    audiences = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # codes of AUDIENCES
    link = models.URLField(max_length=1000, blank=True)
    request_key = models.CharField(max_length=64)  # the same record sent twice carries the same key; its photos too
    revision = models.PositiveIntegerField(default=1)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on", "-id"]
        indexes = [
            models.Index(fields=["unit", "-done_on"]),
            models.Index(fields=["campaign", "-done_on"]),
            GinIndex(fields=["audiences"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "request_key"], name="activity_recorded_once"),
            models.CheckConstraint(condition=Q(times__gte=1), name="activity_happened"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("activities:activity", args=[self.pk])

    @property
    def by_channel(self) -> Channel:
        """The channel; "another way" for one that a later version took out of the list."""
        return CHANNELS.get(self.channel, CHANNELS["other"])


class Photo(models.Model):
    """A picture that shows an activity, cleaned by `engine.photos`. The file that was sent is not kept.

    It is kept under the key of the record that is being written, and joins the activity when that is saved.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    request_key = models.CharField(max_length=64)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="photos", null=True, blank=True)
    sha256 = models.CharField(max_length=64)  # of the file as it was sent: the same one again is the same photo
    file = models.FileField(upload_to="activities/%Y/%m/")
    thumbnail = models.FileField(upload_to="activities/%Y/%m/")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    thumbnail_width = models.PositiveSmallIntegerField()
    thumbnail_height = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "request_key", "sha256"], name="photo_once_a_record"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id or self.request_key}: {self.sha256[:8]}"
