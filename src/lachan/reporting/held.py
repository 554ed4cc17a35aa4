"""Drafts of returns that somebody saved last. They are the unit's: a colleague goes on with them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lachan.accounts.held import Holding
from lachan.orgs.models import Person, Unit
from lachan.reporting.models import Obligation


def held_by(person: Person, unit: Unit) -> list[Holding]:
    states = (Obligation.State.DRAFTED, Obligation.State.SENT_BACK)
    drafts = Obligation.objects.filter(unit=unit, draft_saved_by=person, state__in=states).select_related(
        "form__campaign"
    )
    return [
        Holding(
            _("Bản nháp báo cáo: %(campaign)s") % {"campaign": one.form.campaign.name},
            reverse("reporting:return", args=[one.pk]),
        )
        for one in drafts
    ]
