"""A change of boundaries tried out: what would come of it, with nothing written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from lachan.orgs.actions import Plan, change_boundaries
from lachan.orgs.models import Person
from lachan.orgs.passing_on import WORDS
from lachan.orgs.undecided import Undecided, undecided


@dataclass(frozen=True)
class Rehearsed:
    """The change's name, what it would write, and what would wait for a person."""

    name: str
    counts: Mapping[str, int]
    waiting: list[Undecided]


def rehearsed(plan: Plan, *, by: Person, now: datetime) -> Rehearsed:
    """Makes the change and takes it back at once. Refused as the change itself is."""
    with transaction.atomic():
        change = change_boundaries(plan, by=by, now=now)
        waiting = undecided(localdate(now), [one.pk for one in plan.ended])
        transaction.set_rollback(True)
    return Rehearsed(change.name, told(change.counts), waiting)


def told(counts: Mapping[str, int]) -> dict[str, int]:
    """What came of a change, in words and in order; what is none is left out, and so are rows nobody but the software counts."""
    return {
        str(word): counts[key] for key, word in WORDS.items() if counts.get(key) and key not in ("versions", "links")
    }
