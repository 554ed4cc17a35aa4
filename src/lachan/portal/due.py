"""Deadlines in words, and the deadline a unit is offered for the level below."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.campaigns.office import closing_time
from lachan.engine.working_days import WorkingDays

SOON = 3  # days: from here on a deadline is said to be near
HEAD_START = 3  # working days a unit keeps for itself, to put together what the level below sends


@dataclass(frozen=True)
class Due:
    """A deadline as it is seen at `now`."""

    at: datetime | None
    now: datetime

    @property
    def days(self) -> int:
        """Days of the calendar from today to the deadline's day; below zero when it has passed."""
        return (localtime(self.at).date() - localtime(self.now).date()).days if self.at else 0

    @property
    def is_late(self) -> bool:
        return self.at is not None and self.at < self.now

    @property
    def is_soon(self) -> bool:
        return self.at is not None and not self.is_late and self.days <= SOON

    @property
    def words(self) -> str:
        """How far off it is: "còn 3 ngày", "hạn hôm nay", "quá hạn 2 ngày"; nothing without a deadline."""
        if self.at is None:
            return ""
        if self.is_late:
            late = -self.days
            return (
                ngettext("quá hạn %(count)s ngày", "quá hạn %(count)s ngày", late) % {"count": late}
                if late
                else _("quá hạn hôm nay")
            )
        return (
            ngettext("còn %(count)s ngày", "còn %(count)s ngày", self.days) % {"count": self.days}
            if self.days
            else _("hạn hôm nay")
        )


def suggested_deadline(own: datetime | None, now: datetime, office: WorkingDays) -> datetime:
    """When the level below should report: some working days before the unit's own deadline.

    Always after `now`, and never after `own` unless that has passed. Too late for the usual head start, it is one working day
    before, or else the unit's own deadline.
    """
    if own is None or own <= now:
        return closing_time(office.off(localdate(now), HEAD_START))
    for days in (HEAD_START, 1):
        if (earlier := _working_days_before(own, days, office)) > now + timedelta(days=1):
            return earlier
    return own


def _working_days_before(moment: datetime, days: int, office: WorkingDays) -> datetime:
    """The same hour so many working days earlier."""
    day = localdate(moment)
    return moment + (office.off(day, -days) - day)
