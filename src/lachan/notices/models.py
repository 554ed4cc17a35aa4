"""Notices to people, and how each person wishes to get each kind."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lachan.channels.models import Mail
from lachan.orgs.models import Person


class Kind(models.TextChoices):
    """What a notice is about: what a person may switch off by itself."""

    GIVEN = "given", _("Đơn vị được giao việc")
    SENT_BACK = "sent_back", _("Báo cáo bị trả lại để sửa")
    TO_APPROVE = "to_approve", _("Báo cáo chờ duyệt")
    CHASED = "chased", _("Cấp trên đôn đốc")
    REMINDER = "reminder", _("Nhắc hạn báo cáo")
    ESCALATED = "escalated", _("Đơn vị quá hạn báo cáo")
    FORM_CHANGED = "form_changed", _("Biểu mẫu thay đổi")
    LOCKS = "locks", _("Khóa số liệu và ngoại lệ")
    REMARK = "remark", _("Ý kiến và phân công trong báo cáo")
    ARRIVED = "arrived", _("Báo cáo của cấp dưới gửi đến")
    ACCEPTED = "accepted", _("Báo cáo được duyệt, được cấp trên nhận")
    CONNECTION = "connection", _("Phần mềm kết nối với đơn vị")


class Way(models.TextChoices):
    """How a kind of notice reaches a person. Whatever goes by mail stands in the page too."""

    AT_ONCE = "at_once", _("Trên trang và thư ngay")
    DIGEST = "digest", _("Trên trang và thư hằng ngày")
    PAGE = "page", _("Chỉ trên trang")
    OFF = "off", _("Tắt")


BY_DEFAULT = {
    Kind.FORM_CHANGED: Way.DIGEST,
    Kind.REMARK: Way.DIGEST,
    Kind.ARRIVED: Way.DIGEST,
    Kind.ACCEPTED: Way.PAGE,
}
"""How kinds go that a person has said nothing about; the others, which somebody waits for, by mail at once."""


def default_way(kind: str) -> Way:
    return BY_DEFAULT.get(Kind(kind), Way.AT_ONCE)


class Preference(models.Model):
    """How one person wishes to get one kind of notice; without one it goes as in BY_DEFAULT."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=20, choices=Kind)
    way = models.CharField(max_length=10, choices=Way)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.way}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread_first(self) -> NoticeQuerySet:
        """Those not read, the newest first; then the others."""
        return self.order_by(
            models.ExpressionWrapper(models.Q(read_at=None), models.BooleanField()).desc(), "-made_at", "-id"
        )

    def to_mail(self, way: Way, *, since: datetime, before: datetime) -> NoticeQuerySet:
        """Those that go by mail in this way and did not yet, made in this time: not those read or grown old meanwhile."""
        return self.filter(
            way=way, mail=None, read_at=None, made_at__gte=since, made_at__lt=before, person__is_active=True
        )


class Notice(models.Model):
    """One thing one person was told. Its words are chosen in the language of whoever reads it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.CharField(max_length=300)  # Vietnamese, as in the catalogue, with %(name)s for `values` and %(count)s
    values = models.JSONField(default=dict)
    times = models.PositiveIntegerField(default=1)  # how often it has happened by now, of what is told together
    unit = models.CharField(max_length=200, blank=True)  # for which unit
    campaign = models.CharField(max_length=500, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(blank=True)  # what somebody wrote with it
    href = models.CharField(max_length=300)
    key = models.CharField(max_length=120)  # what it tells: told once to each person
    way = models.CharField(max_length=10, choices=Way)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["key", "person"], name="told_once")]
        indexes = [
            models.Index(fields=["person"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["person", "-made_at"]),
            models.Index(
                fields=["way"], name="notice_to_mail", condition=models.Q(mail=None, way__in=["at_once", "digest"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"

    @property
    def words(self) -> str:
        """The notice in the language of the page."""
        return str(gettext(self.text) % {"count": self.times, **self.values})
