"""Work done in the background: long lists of units."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.foundation.background import job
from lachan.foundation.refused import Refused
from lachan.orgs.actions import listing
from lachan.orgs.models import Person, UnitList


@app.task(name="orgs.judge_list")
@job
def judge_list(brought: int) -> None:
    """Judge a list row by row."""
    waiting = UnitList.objects.filter(pk=brought, state=UnitList.State.READING).first()
    if waiting:
        listing.judge_list(waiting)


@app.task(name="orgs.take_list")
@job
def take_list(brought: int, by: int) -> None:
    """Write a long list."""
    waiting = UnitList.objects.filter(pk=brought, state=UnitList.State.TAKING).first()
    if waiting:
        take(waiting, Person.objects.get(pk=by))


def take(waiting: UnitList, by: Person) -> None:
    """Write it, or let it wait again with the reason."""
    now = timezone.now()  # noqa: TID251 - the job's one reading of the clock
    try:
        listing.take_list(waiting, by=by, now=now)
    except Refused as no:
        listing.give_up_taking(waiting, str(no))
