"""Tokens of units, the answers given to what was sent with them, and webhooks: what other systems are told of."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    decides = models.BooleanField(default=False)  # accepts, and sends back, what comes up to the unit
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


class Event(models.TextChoices):
    """What other systems are told of, by the names the API gives it."""

    CAMPAIGN_ISSUED = "campaign.issued", _("Đơn vị được giao việc")
    RETURN_SUBMITTED = "return.submitted", _("Báo cáo trình thủ trưởng duyệt")
    RETURN_APPROVED = "return.approved", _("Báo cáo được duyệt và gửi lên")
    RETURN_SENT_BACK = "return.sent_back", _("Báo cáo bị trả lại để sửa")
    RETURN_ACCEPTED = "return.accepted", _("Cấp trên nhận báo cáo")
    AMENDMENT_BEGUN = "amendment.begun", _("Bắt đầu điều chỉnh báo cáo đã gửi")
    AMENDMENT_DROPPED = "amendment.dropped", _("Bỏ bản điều chỉnh đang soạn")
    REPORT_SENT_UP = "report.sent_up", _("Báo cáo tổng hợp gửi cấp trên")


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def in_force(self) -> WebhookQuerySet:
        """Those that are told: not ended, not switched off, and whoever made them still holds the role they had."""
        return self.filter(ended_at=None, off_at=None, grant__ended_at=None, grant__person__is_active=True)


class Webhook(models.Model):
    """An address of another system that is told when something happens at a unit. Its secret is worked out, and kept nowhere."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField(max_length=500)
    events = models.JSONField()  # names of `Event`
    below = models.BooleanField(default=False)  # what happens at the units below as well
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="+")  # the role of whoever made it
    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="webhooks", null=True)  # it was made with
    request_key = models.CharField(max_length=100)  # the secret is worked out from it
    made_at = models.DateTimeField()
    read_to = models.BigIntegerField()  # the entry of the audit trail up to which it has been told
    failing_since = models.DateTimeField(null=True, blank=True)  # nothing has arrived since
    off_at = models.DateTimeField(null=True, blank=True)  # it did not answer for too long, or said that it is gone
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["unit", "request_key"], name="webhook_request_once")]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return reverse("api:webhook", args=[self.pk])

    @property
    def person(self) -> Person:
        """Who made it."""
        return self.grant.person

    @property
    def is_left_behind(self) -> bool:
        """Whoever made it no longer holds the role."""
        return self.grant.ended_at is not None or not self.grant.person.is_active

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None and self.off_at is None and not self.is_left_behind

    @property
    def event_words(self) -> list[str]:
        """What it is told of, in words."""
        if set(self.events) == set(Event.values):
            return [gettext("Mọi loại tin")]
        return [str(Event(name).label) for name in self.events]


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> DeliveryQuerySet:
        """Those whose time for the next try has come."""
        told = Webhook.objects.in_force().values("pk")
        return self.filter(state=Delivery.State.WAITING, next_try_at__lte=now, webhook__in=told)


class Delivery(models.Model):
    """One message to one webhook. It may arrive twice, under the same key, by which the receiver knows it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("đang chờ gửi")
        SENT = "sent", _("đã nhận")
        FAILED = "failed", _("đã thôi gửi")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    entry = models.BigIntegerField()  # of the audit trail, which it tells of
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    event = models.CharField(max_length=30, choices=Event)
    body = models.TextField()  # the very characters that are signed
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    posted_at = models.DateTimeField()  # or posted again, by a person
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)  # since it was posted
    tried_at = models.DateTimeField(null=True, blank=True)  # last
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # of the last answer, where one came
    answer = models.CharField(max_length=300, blank=True)  # its first words, or why none came

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["webhook", "entry"], name="told_of_once")]
        indexes = [
            models.Index(fields=["next_try_at"], name="delivery_waiting", condition=Q(state="waiting")),
            models.Index(fields=["posted_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.webhook}"
