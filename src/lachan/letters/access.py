"""Whose letter it is, and who may read it: for the guards of the pages."""

from collections.abc import Collection

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, reach_of, today, units_of
from lachan.orgs.models import Role, Unit

CLERKS = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)


def holder(request: StaffRequest, letter: int, **rest: int) -> Unit:
    """The unit in whose book it is."""
    return get_object_or_404(Letter.objects.select_related("holder"), pk=letter).holder


def readers(request: StaffRequest, letter: int, **rest: int) -> Collection[Unit]:
    """The holder, and the unit of this person that the letter was handed to, if there is one."""
    found = get_object_or_404(Letter.objects.select_related("holder"), pk=letter)
    mine = reach_of(request.user, today(request)).values("unit_id")
    return [found.holder, *found.sent_to.filter(pk__in=mine)[:1]]


def keeps_a_book(request: HttpRequest) -> bool:
    """Whether the person works with the letters of some unit."""
    return request.user.is_authenticated and bool(units_of(request.user, *CLERKS))
