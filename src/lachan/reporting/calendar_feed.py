"""The calendar of reports that a person's own calendar reads at a secret address (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lachan.foundation import formats
from lachan.orgs.models import Grant, Person, Role
from lachan.reporting.models import CalendarAddress, Obligation
from lachan.reporting.owed import Owed

READERS = (Role.OFFICER, Role.HEAD)
DONE = (Obligation.State.APPROVED, Obligation.State.ACCEPTED)
_signer = Signer(salt="lachan.reporting.calendar", sep=".")


def token_of(address: CalendarAddress) -> str:
    """The secret part of the address: signed, so that nothing in the database gives it away."""
    return _signer.sign_object([address.person_id, address.serial])


def person_of(token: str) -> Person | None:
    """Whose calendar it is; nobody when the address was renewed or given up, or the person may no longer sign in."""
    try:
        person, serial = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    known = CalendarAddress.objects.filter(person=person, serial=serial, in_use=True, person__is_active=True)
    found = known.select_related("person").first()
    return found.person if found else None


def units_read_by(person: Person) -> list[int]:
    """The units whose reports are in the person's calendar: those they report for."""
    grants = Grant.objects.in_force().filter(person=person, role__in=READERS)
    return sorted(set(grants.values_list("unit_id", flat=True)))


def calendar(owed: Sequence[Owed], names: Mapping[int, str], *, now: datetime) -> bytes:
    """A whole day for each report, the day it is due; `names` of the units by key."""
    found = Calendar()
    found.add("prodid", "-//lachan//reports//VI")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Hạn báo cáo"))
    found.add("x-wr-timezone", settings.TIME_ZONE)
    for one in owed:
        found.add_component(_event(one, names[one.unit], now))
    file: bytes = found.to_ical()
    return file


def _event(one: Owed, unit: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{settings.SITE_URL.split('//')[-1]}")
    event.add("dtstamp", now)
    event.add("dtstart", one.due_on)
    title = f"{one.title} – {one.period}" if one.period else one.title
    is_done = one.obligation is not None and one.obligation.state in DONE
    event.add("summary", (_("Đã gửi: %(title)s") if is_done else _("Hạn báo cáo: %(title)s")) % {"title": title})
    said = _("%(unit)s gửi chậm nhất %(at)s.") % {"unit": unit, "at": formats.moment(one.due_at)}
    if one.obligation is None:
        said += " " + _("Dự kiến, chưa giao.")
    else:
        event.add("url", f"{settings.SITE_URL}{one.obligation.get_absolute_url()}")
    event.add("description", said)
    event.add("transp", "TRANSPARENT")
    return event
