"""The days offices work here, and when they close."""

from datetime import date, datetime, time

from django.utils.timezone import make_aware

from lachan.campaigns.models import OfficeDay
from lachan.engine.working_days import CLOSING_HOUR, SpecialDay, WorkingDays, published


def working_days() -> WorkingDays:
    """The published days, and what the operator says besides; one query."""
    own = [SpecialDay(one.day.isoformat(), one.works, one.name, "") for one in OfficeDay.objects.all()]
    return WorkingDays.knowing([*published(), *own])


def closing_time(day: date) -> datetime:
    """The end of that day's office hours."""
    return make_aware(datetime.combine(day, time(CLOSING_HOUR)))
