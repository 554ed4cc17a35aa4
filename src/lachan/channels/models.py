"""The outbox: e-mail kept in the database until the server has taken it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> MailQuerySet:
        return self.filter(state=Mail.State.WAITING)

    def to_be_sent(self, now: datetime) -> MailQuerySet:
        """Those whose time for the next try has come, in the order they were posted."""
        return self.waiting().filter(next_try_at__lte=now).order_by("id")

    def lately_failed(self) -> MailQuerySet:
        """The newest that will never arrive. Old ones are forgotten with a message that did arrive at the same address since."""
        arrived = Mail.objects.filter(to=models.OuterRef("to"), state=Mail.State.SENT, id__gt=models.OuterRef("id"))
        return self.filter(~models.Exists(arrived), state=Mail.State.FAILED).order_by("-id")


class Mail(models.Model):
    """One message to one address. The worker sends it; a message that was sent is never sent again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("đang chờ gửi")
        SENT = "sent", _("đã gửi")
        FAILED = "failed", _("không gửi được")

    key = models.CharField(max_length=200, unique=True)  # what it is about: posting it twice makes one message
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    unsubscribe_url = models.CharField(max_length=600, blank=True)  # RFC 8058: a POST there stops mail of this kind
    message_id = models.CharField(max_length=120, unique=True)  # the same at every try, so that receivers know it again
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    posted_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)  # that failed
    trouble = models.CharField(max_length=300, blank=True)  # why the last try failed
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["next_try_at"], name="mail_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class MailAttachment(models.Model):
    """A file that goes with a message."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    file = models.FileField(upload_to="mail/%Y/%m/")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
