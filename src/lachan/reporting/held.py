"""What somebody has in hand in a unit's reporting. Drafts are the unit's: a colleague goes on with them; lines given pass on."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.accounts.held import Holding
from lachan.orgs.models import Person, Unit
from lachan.reporting.actions.sharing import share, take_back
from lachan.reporting.models import Obligation, Share


def held_by(person: Person, unit: Unit) -> list[Holding]:
    """Drafts that `person` saved last, and lines of returns given to them and not done."""
    states = (Obligation.State.DRAFTED, Obligation.State.SENT_BACK)
    drafts = Obligation.objects.filter(unit=unit, draft_saved_by=person, state__in=states).select_related(
        "form__campaign"
    )
    told = [(_("Bản nháp báo cáo: %(campaign)s"), one) for one in drafts]
    told += [(_("Phần báo cáo được giao: %(campaign)s"), one.obligation) for one in _given_to(person, unit)]
    return [
        Holding(words % {"campaign": one.form.campaign.name}, reverse("reporting:return", args=[one.pk]))
        for words, one in told
    ]


def hand_over(person: Person, to: Person, unit: Unit, *, by: Person, now: datetime) -> None:
    """The lines of returns still open that were given to `person` are now given to `to`, beside what `to` has already."""
    for given in _given_to(person, unit):
        if not given.obligation.is_open:
            continue
        lines = set(given.questions.values_list("pk", flat=True))
        theirs = Share.objects.in_force().filter(obligation=given.obligation, person=to).first()
        if theirs:
            lines |= set(theirs.questions.values_list("pk", flat=True))
        due = given.due_on if given.due_on and given.due_on >= localdate(now) else None
        share(given.obligation, person=to, questions=lines, due_on=due, by=by, now=now)
        take_back(given, by=by, now=now)


def _given_to(person: Person, unit: Unit) -> list[Share]:
    waiting = Share.objects.filter(person=person, obligation__unit=unit, ended_at=None, done_at=None)
    return list(waiting.select_related("obligation__form__campaign"))
