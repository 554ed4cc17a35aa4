"""Telling the sender of a letter how it fares here: assigned, being handled, finished (statuses 04 to 06).

Two ways: a person says so on the letter's page, or the work itself shows it. Each is told once, and never one that is behind what
was told before.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from lachan.campaigns.models import Campaign
from lachan.exchange.crossing import say
from lachan.exchange.models import Answer, TakenEnvelope
from lachan.exchange.models.envelopes import Status
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters.models import Arrival, Letter
from lachan.orgs.models import Person

STEPS = (Status.ASSIGNED, Status.IN_PROGRESS, Status.FINISHED)


def steps_left(letter: Letter) -> list[Status]:
    """What may still be told of a letter that came over the exchange: what lies ahead of what was told."""
    if letter.state == Letter.State.CANCELLED or not letter.came_in.exists():
        return []
    told = Answer.objects.filter(envelope__letter=letter, status__in=STEPS).order_by("-status").first()
    return [step for step in STEPS if told is None or step > told.status]


@transaction.atomic
def tell(letter: Letter, status: Status, *, note: str, by: Person, now: datetime) -> None:
    """Tell the sender by a person's word. The same again changes nothing; refused for a step that lies behind."""
    letter = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
    if Answer.objects.filter(envelope__letter=letter, status=status).exists():
        return
    if status not in steps_left(letter):
        raise Refused(_("Nơi gửi đã được báo bước sau, hoặc văn bản đã bị thu hồi, nên không báo bước này nữa."))
    for envelope in letter.came_in.all():
        say(envelope, status, note.strip(), now)
    audit.record("exchange.tell", letter, by=by, now=now, detail={"status": status, "note": note.strip()})


@transaction.atomic
def tell_what_was_done(*, now: datetime) -> int:
    """Tell what the work shows: passed to somebody in the book; its campaign runs; its campaigns have all ended. Gives how many."""
    campaigns = Campaign.objects.filter(letter=OuterRef("letter"))
    begun, ended = campaigns.exclude(state=Campaign.State.DRAFT), campaigns.filter(state=Campaign.State.CLOSED)
    running = campaigns.exclude(state=Campaign.State.CLOSED)
    passed = Arrival.objects.filter(letter=OuterRef("letter"), unit=OuterRef("unit")).exclude(handled_by="")
    assigned = _untold(Status.ASSIGNED).annotate(to=passed.values("handled_by")[:1]).exclude(to=None)
    found: list[tuple[TakenEnvelope, Status, str]] = [(one, Status.ASSIGNED, str(one.to)) for one in assigned]
    found += [(one, Status.IN_PROGRESS, "") for one in _untold(Status.IN_PROGRESS).filter(Exists(begun))]
    found += [(one, Status.FINISHED, "") for one in _untold(Status.FINISHED).filter(Exists(ended), ~Exists(running))]
    for envelope, status, note in found:
        say(envelope, status, note, now)
        audit.record("exchange.tell", envelope, by=None, now=now, detail={"status": status})
    return len(found)


def _untold(status: Status) -> QuerySet[TakenEnvelope]:
    """Letters that came in and still count, of which neither `status` nor a later step was told."""
    later = [step for step in STEPS if step >= status]
    told = Answer.objects.filter(envelope=OuterRef("pk"), status__in=later)
    return (
        TakenEnvelope.objects.exclude(letter=None).exclude(letter__state=Letter.State.CANCELLED).filter(~Exists(told))
    )
