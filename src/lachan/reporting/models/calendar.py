"""Where a person's calendar reads what their units owe."""

from __future__ import annotations

from django.db import models

from lachan.orgs.models import Person


class CalendarAddress(models.Model):
    """A person's own secret address of the calendar of reports. A new serial makes a new address, and the old one is dead."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_address")
    serial = models.PositiveIntegerField(default=1)
    in_use = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} · {self.serial}"
