"""Ending sessions."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from lachan.foundation import audit
from lachan.orgs.models import Person


@transaction.atomic
def end_sessions(
    person: Person, *, by: Person | None, now: datetime, only: int | None = None, but: str | None = None
) -> int:
    """`person` is signed out at once: everywhere, or in the session with the key `only`, or but in that with session key `but`.

    Gives how many sessions ended.
    """
    ending = UserSession.objects.filter(user=person)
    if only is not None:
        ending = ending.filter(pk=only)
    if but is not None:
        ending = ending.exclude(session_key=but)
    keys = list(ending.values_list("session_key", flat=True))
    ended, _rows = Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    if ended:
        audit.record("accounts.end_sessions", person, by=by, now=now, detail={"sessions": ended})
    return ended
