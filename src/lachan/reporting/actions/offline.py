"""A return filled in without a network comes in as a file."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from lachan.engine.drafts import Page
from lachan.foundation import audit
from lachan.orgs.models import Person
from lachan.reporting.actions import returns
from lachan.reporting.models import Obligation


@transaction.atomic
def take_in(obligation: Obligation, *, typed: Mapping[str, str], page: Page, by: Person, now: datetime) -> bool:
    """Put what a file says into the draft, as if typed on `page`, whose key names the file. Whether it did: not a second time.

    Refused once the return was sent up.
    """
    locked = Obligation.objects.select_for_update(of=("self",)).get(pk=obligation.pk)
    if taken_in(locked, page.key):
        return False
    returns.save_draft(locked, typed=typed, page=page, by=by, now=now)
    detail = {"file": page.key, "answers": len(typed)}
    audit.record("reporting.take_in_file", locked, by=by, now=now, detail=detail)
    return True


def taken_in(obligation: Obligation, name: str) -> bool:
    """Whether a file of this name is in the draft already."""
    return name in dict(obligation.read_draft().turns)
