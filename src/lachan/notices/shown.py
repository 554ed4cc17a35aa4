"""Notices as their page lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.foundation import formats
from lachan.notices.models import Notice


@dataclass(frozen=True)
class Day:
    """The notices of one day, all read or all not."""

    word: str
    is_read: bool
    notices: list[Notice]


def by_day(notices: Iterable[Notice], today: date) -> list[Day]:
    """`notices`, in the order they come, under the days they were made."""
    grouped = groupby(notices, key=lambda one: (one.read_at is not None, localdate(one.made_at)))
    return [Day(_day(day, today), is_read, list(those)) for (is_read, day), those in grouped]


def _day(day: date, today: date) -> str:
    if day == today:
        return _("Hôm nay")
    return _("Hôm qua") if day == today - timedelta(days=1) else formats.day(day)
