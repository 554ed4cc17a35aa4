"""The secret address of a person's calendar is made, renewed and given up."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from lachan.foundation import audit
from lachan.orgs.models import Person
from lachan.reporting.models import CalendarAddress


@transaction.atomic
def renew_address(person: Person, *, now: datetime) -> CalendarAddress:
    """A new address; the one there was leads nowhere from now on."""
    address, made = CalendarAddress.objects.get_or_create(person=person, defaults={"made_at": now})
    if not made:
        CalendarAddress.objects.filter(pk=address.pk).update(serial=F("serial") + 1, in_use=True, made_at=now)
        address.refresh_from_db()
    audit.record("reporting.renew_calendar_address", address, by=person, now=now)
    return address


@transaction.atomic
def give_up_address(person: Person, *, now: datetime) -> None:
    """The address leads nowhere from now on. Made again later, it is another one."""
    address = CalendarAddress.objects.filter(person=person).first()
    if address:
        CalendarAddress.objects.filter(pk=address.pk).update(serial=F("serial") + 1, in_use=False)
        audit.record("reporting.give_up_calendar_address", address, by=person, now=now)
