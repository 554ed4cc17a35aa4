"""Work done in the background: long lists of units."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.foundation.refused import Refused
from lachan.orgs.actions import listing
from lachan.orgs.models import Person, UnitList


@app.task(name="orgs.judge_list")
def judge_list(brought: int) -> None:
    """Judge a list row by row."""
    try:
        waiting = UnitList.objects.filter(pk=brought, state=UnitList.State.READING).first()
        if waiting:
            listing.judge_list(waiting)
    finally:
        connection.close()  # the worker's thread may wait for hours; a connection must not wait with it


@app.task(name="orgs.take_list")
def take_list(brought: int, by: int) -> None:
    """Write a long list."""
    try:
        waiting = UnitList.objects.filter(pk=brought, state=UnitList.State.TAKING).first()
        if waiting:
            take(waiting, Person.objects.get(pk=by))
    finally:
        connection.close()


def take(waiting: UnitList, by: Person) -> None:
    """Write it, or let it wait again with the reason."""
    now = timezone.now()  # noqa: TID251 - the job's one reading of the clock
    try:
        listing.take_list(waiting, by=by, now=now)
    except Refused as no:
        listing.give_up_taking(waiting, str(no))
