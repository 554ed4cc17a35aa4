"""What happened to a return: its versions and who did what, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lachan.reporting.access import Case
from lachan.reporting.models import Amendment, Return


@dataclass(frozen=True)
class Event:
    """Something that somebody did."""

    what: str
    who: str
    at: datetime
    said: str
    version: Return


def versions_for(case: Case) -> list[Return]:
    """The versions that this person may see, the oldest first: the unit all, the level above those that went up."""
    found = case.obligation.returns.select_related("submitted_by").prefetch_related("decisions__by").order_by("number")
    versions = [version for version in found if case.is_own or version.went_up]
    for version in versions:
        version.obligation = case.obligation
    return versions


def events(versions: Iterable[Return]) -> list[Event]:
    """Everything that was done with these versions, in the order of time."""
    found: list[Event] = []
    for one in versions:
        sent = _("Gửi thủ trưởng duyệt bản %(number)s") % {"number": one.number}
        found.append(Event(sent, one.submitted_by.name, one.submitted_at, "", one))
        for decision in one.decisions.all():
            what = _("%(what)s (bản %(number)s)") % {"what": decision.title, "number": one.number}
            found.append(Event(what, decision.by.name, decision.at, decision.remark, one))
    return sorted(found, key=lambda event: event.at)


def amended(case: Case) -> list[Event]:
    """When the unit began to mend what it had sent up, and when it left it at that."""
    found: list[Event] = []
    for one in Amendment.objects.filter(obligation=case.obligation).select_related("mends", "begun_by", "dropped_by"):
        number = {"number": one.mends.number}
        one.mends.obligation = case.obligation
        found.append(
            Event(_("Điều chỉnh bản %(number)s") % number, one.begun_by.name, one.begun_at, one.because, one.mends)
        )
        if one.dropped_by and one.dropped_at:
            found.append(
                Event(_("Thôi điều chỉnh bản %(number)s") % number, one.dropped_by.name, one.dropped_at, "", one.mends)
            )
    return found


def pair(versions: Sequence[Return], numbers: Sequence[int | None]) -> tuple[Return, Return] | None:
    """The two versions to compare, the older first: those of these numbers, else the last two; None when there are not two."""
    if len(versions) < 2:
        return None
    by_number = {version.number: version for version in versions}
    chosen = [by_number[number] for number in numbers if number in by_number]
    one, two = chosen if len(chosen) == 2 and chosen[0] != chosen[1] else versions[-2:]
    return (one, two) if one.number < two.number else (two, one)
