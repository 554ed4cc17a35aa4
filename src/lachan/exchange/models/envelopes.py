"""Codes of agencies on the exchange, the envelopes that went out and came in, and what was answered."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lachan.engine.edxml import Business as Does
from lachan.engine.edxml import Status as Said
from lachan.letters.models import Letter
from lachan.orgs.models import Person, Unit


class Business(models.TextChoices):
    NEW = Does.NEW, _("văn bản mới")
    RECALL = Does.RECALL, _("thu hồi")
    UPDATE = Does.UPDATE, _("cập nhật")
    REPLACE = Does.REPLACE, _("thay thế")


class Status(models.TextChoices):
    ARRIVED = Said.ARRIVED, _("đã đến")
    REFUSED = Said.REFUSED, _("từ chối nhận")
    ACCEPTED = Said.ACCEPTED, _("đã tiếp nhận, vào sổ")
    ASSIGNED = Said.ASSIGNED, _("đã phân công")
    IN_PROGRESS = Said.IN_PROGRESS, _("đang xử lý")
    FINISHED = Said.FINISHED, _("hoàn thành")
    RECALL_REQUESTED = Said.RECALL_REQUESTED, _("đề nghị thu hồi")
    RECALL_AGREED = Said.RECALL_AGREED, _("đồng ý thu hồi, cập nhật")
    RECALL_REFUSED = Said.RECALL_REFUSED, _("từ chối thu hồi, cập nhật")


class AgencyCode(models.Model):
    """A unit's code on the exchange. `receives`: its letters come in here, entered for the one who said so."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="agency_codes")
    code = models.CharField(max_length=35)
    receives = models.BooleanField(default=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(ended_at=None), name="agency_code_of_one_unit")
        ]

    def __str__(self) -> str:
        return self.code


class Delivery(models.Model):
    """Something that goes to the exchange: tried again while that is away."""

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        FAILED = "failed", _("không gửi được")

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    posted_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def due(cls, now: datetime) -> Q:
        """What is to be sent now."""
        return Q(state=cls.State.WAITING, next_try_at__lte=now)


class SentEnvelope(Delivery):
    """A letter of ours to one agency, or the recall of one, and how it fares there."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="envelopes")
    to = models.ForeignKey(AgencyCode, on_delete=models.PROTECT, related_name="+")
    business = models.CharField(max_length=1, choices=Business, default=Business.NEW)
    document_id = models.CharField(max_length=200)
    file = models.FileField(upload_to="envelopes/%Y/%m/")
    posted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=2, choices=Status, blank=True)  # the last that the agency told
    status_at = models.DateTimeField(null=True, blank=True)
    status_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["letter", "to", "business"], name="envelope_once")]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.to}"


class TakenEnvelope(models.Model):
    """An envelope that came in for a unit. The same one again does nothing."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    exchange_id = models.CharField(max_length=100)  # as the exchange names it
    own_code = models.CharField(max_length=35)
    from_code = models.CharField(max_length=35, blank=True)
    from_name = models.CharField(max_length=300, blank=True)
    document_id = models.CharField(max_length=200, blank=True)
    business = models.CharField(max_length=1, choices=Business, default=Business.NEW)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="came_in", null=True, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["unit", "exchange_id"], name="envelope_taken_once")]

    def __str__(self) -> str:
        return self.document_id or self.exchange_id


class Answer(Delivery):
    """What we tell the sender of an envelope about it."""

    envelope = models.ForeignKey(TakenEnvelope, on_delete=models.CASCADE, related_name="answers")
    status = models.CharField(max_length=2, choices=Status)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["envelope", "status"], name="envelope_answered_once")]

    def __str__(self) -> str:
        return f"{self.envelope}: {self.status}"
