"""Drafts of letters that somebody began. They are the unit's: a colleague goes on with them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lachan.accounts.held import Holding
from lachan.letters.models import Letter
from lachan.orgs.models import Person, Unit


def held_by(person: Person, unit: Unit) -> list[Holding]:
    states = (Letter.State.DRAFT, Letter.State.SIGNING)
    drafts = Letter.objects.filter(holder=unit, entered_by=person, state__in=states).order_by("id")
    return [
        Holding(
            _("Dự thảo văn bản: %(abstract)s") % {"abstract": one.abstract}, reverse("letters:draft", args=[one.pk])
        )
        for one in drafts
    ]
