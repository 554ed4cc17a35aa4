"""Second looks at the returns that count, for the level above: made when somebody looks, some at a time, and by the worker.

Neither sending a return nor the standing of a campaign waits for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.doubts import PEERS, Doubt, Usual, usual
from lachan.reporting.models import Question, Return, SecondLook, SetAside
from lachan.reporting.past import about, numbers_of, pasts_of, sentence

PEERS_ASKED = 200
"""The newest returns of as many units of a kind say what is usual among them: more would hardly move the middle."""

AT_ONCE, BY_THE_WORKER = 10, 200
"""So many returns are looked at while somebody waits; the worker does the others, so many at a time."""

RIPENS = timedelta(hours=1)
"""After this a return is measured anew, if others have come and its peers were few."""


def look(versions: Sequence[Return], *, now: datetime) -> dict[int, SecondLook]:
    """Look at counted versions of one campaign, by key. Six queries, however many. They carry obligation and assignment."""
    if not versions:
        return {}
    obligations = [one.obligation for one in versions]
    questions = list(Question.objects.filter(form=obligations[0].form_id))
    pasts = pasts_of({one.unit_id for one in obligations})
    peers = _peers(obligations[0].form_id, {one.assignment.unit_kind for one in obligations}, questions)
    aside = marks_aside([one.pk for one in obligations])
    made = []
    for version in versions:
        debt = version.obligation
        known = peers[debt.assignment.unit_kind]
        found = about(version, questions, pasts[debt.unit_id], known.usual)
        left = sum(one.mark not in aside[debt.pk] for one in found)
        kept = [one.to_json() for one in found]
        made.append(SecondLook(version=version, found=kept, open=left, peers=known.count, at=now))
    SecondLook.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["version"], update_fields=["found", "open", "peers", "at"]
    )
    return {one.version_id: one for one in made}


@dataclass(frozen=True)
class _Peers:
    count: int
    usual: Mapping[str, Usual]


def _peers(form: int, kinds: Collection[str], questions: Sequence[Question]) -> dict[str, _Peers]:
    """What is usual among the units of each kind, by question."""
    newest = Window(RowNumber(), partition_by="counted_for__assignment__unit_kind", order_by=["-submitted_at", "-pk"])
    counted = Return.objects.filter(counted_for__form=form, counted_for__assignment__unit_kind__in=kinds)
    sample = counted.annotate(place=newest, kind=F("counted_for__assignment__unit_kind"))
    given: dict[str, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    counts = dict.fromkeys(kinds, 0)
    for version in sample.filter(place__lte=PEERS_ASKED).only("values"):
        counts[version.kind] += 1
        for key, number in numbers_of(version, questions).items():
            given[version.kind][key].append(number)
    known = {kind: {key: usual(numbers, PEERS) for key, numbers in given[kind].items()} for kind in kinds}
    return {
        kind: _Peers(counts[kind], {key: one for key, one in by_key.items() if one}) for kind, by_key in known.items()
    }


def marks_aside(obligations: Collection[int]) -> Mapping[int, set[str]]:
    """The marks of the doubts set aside, by obligation."""
    found: dict[int, set[str]] = defaultdict(set)
    for obligation, mark in SetAside.objects.filter(obligation__in=list(obligations)).values_list("obligation", "mark"):
        found[obligation].add(mark)
    return found


def refresh_all(*, now: datetime) -> int:
    """`refresh` for every running campaign until nothing is left. Gives how many returns were looked at."""
    total = 0
    for campaign in Campaign.objects.filter(state=Campaign.State.RUNNING):
        while done := refresh(campaign, now=now, at_most=BY_THE_WORKER):
            total += done
    return total


def refresh(campaign: Campaign, *, now: datetime, at_most: int = AT_ONCE) -> int:
    """Look at returns that nobody has looked at as they stand now, at most so many. Gives how many there were."""
    versions = list(_unripe(campaign, now)[:at_most])
    look(versions, now=now)
    return len(versions)


def _unripe(campaign: Campaign, now: datetime) -> QuerySet[Return]:
    counted = Return.objects.filter(counted_for__form__campaign=campaign)
    newest = counted.aggregate(at=Max("submitted_at"))["at"] or now
    few = Q(second_look__peers__lt=PEERS_ASKED, second_look__at__lt=min(newest, now - RIPENS))
    waiting = counted.filter(Q(second_look=None) | few)
    return waiting.select_related("obligation__assignment").order_by(F("second_look__at").asc(nulls_first=True), "pk")


def not_looked_at(campaign: Campaign) -> bool:
    """Whether the worker still has returns of the campaign to look at."""
    seen = SecondLook.objects.filter(version=OuterRef("pk"))
    return Return.objects.filter(~Exists(seen), counted_for__form__campaign=campaign).exists()


def of_branch(campaign: Campaign, top: Assignment | None) -> QuerySet[SecondLook]:
    """The looks at the returns that count in that part of a campaign, in Vietnamese order of the units."""
    found = SecondLook.objects.filter(version__counted_for__form__campaign=campaign)
    if top:
        found = found.filter(version__counted_for__assignment__path__startswith=top.path)
    named = found.select_related("version__obligation__assignment__parent", "version__submitted_by")
    return named.order_by("version__counted_for__assignment__unit_sort_key", "pk")


def aside_in(campaign: Campaign, top: Assignment | None) -> QuerySet[SetAside]:
    """What was set aside in that part of the campaign, the newest first."""
    found = SetAside.objects.filter(obligation__form__campaign=campaign)
    if top:
        found = found.filter(obligation__assignment__path__startswith=top.path)
    return found.select_related("obligation__assignment", "version", "by").order_by("-id")


@dataclass(frozen=True)
class Told:
    """A doubt in a sentence, and how it was set aside, if it was."""

    doubt: Doubt
    sentence: str
    aside: SetAside | None


def told(looks: Collection[SecondLook], campaign: Campaign) -> dict[int, list[Told]]:
    """What was found, by version; two queries."""
    names = {one.key: str(one) for one in Question.objects.filter(form__campaign=campaign)}
    obligations = {one.version.obligation_id for one in looks}
    aside = SetAside.objects.filter(obligation__in=obligations).select_related("by")
    known = {(one.obligation_id, one.mark): one for one in aside}
    return {
        one.version_id: [
            Told(doubt, sentence(doubt, names.get(doubt.key, "")), known.get((one.version.obligation_id, doubt.mark)))
            for doubt in one.doubts
        ]
        for one in looks
    }
