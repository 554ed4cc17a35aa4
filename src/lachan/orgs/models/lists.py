"""Lists of units that people bring as files."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lachan.orgs.models.people import Person
from lachan.orgs.models.units import Unit


class UnitList(models.Model):
    """A list of units somebody brought as a file, to be looked over before anything is written."""

    class State(models.TextChoices):
        READING = "reading", _("đang đọc")
        UNREADABLE = "unreadable", _("không đọc được")
        STOPPED = "stopped", _("đã dừng")
        READY = "ready", _("chờ xem và ghi")
        TAKING = "taking", _("đang ghi")
        TAKEN = "taken", _("đã ghi")

    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lists")
    file = models.FileField(upload_to="unit-lists/%Y/%m/")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    applies_on = models.DateField()  # from this day new units are there, and changed ones changed
    state = models.CharField(max_length=12, choices=State, default=State.READING)
    done = models.PositiveIntegerField(default=0)  # rows judged so far, of `rows_in_all`
    rows_in_all = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    trouble = models.TextField(blank=True)  # why it was not read or not written, as a sentence
    headings = models.JSONField(default=dict)  # field → heading, in the order of the file
    passed_over = models.JSONField(default=list)  # headings that say nothing about a unit
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class UnitListRow(models.Model):
    """One row of a list, as `lachan.engine.unit_list` judged it."""

    unit_list = models.ForeignKey(UnitList, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # in the file
    verdict = models.CharField(max_length=10)
    written = models.JSONField(default=dict)  # field → text
    changes = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    remarks = models.JSONField(default=dict)  # field → remark
    hidden = models.BooleanField(default=False)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, related_name="+", null=True)  # the one it is about

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["unit_list", "verdict", "number"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.verdict}"
