"""What entries of the audit trail mean to other systems: what happened, at which unit, and who above sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from lachan.api.models import Event
from lachan.campaigns.models import Assignment, Dispatch
from lachan.foundation.models import AuditEntry
from lachan.reporting.models import Amendment, ConsolidatedReport, Obligation, Return

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Happened:
    """One thing that happened: `units` whose own affair it is, and units `above` that see it as it comes up to them."""

    entry: AuditEntry
    event: Event
    units: frozenset[int]
    above: frozenset[int]
    data: Data  # keys and codes, and where more is to be read: nothing about persons, and no figures


def happened(entries: Sequence[AuditEntry]) -> list[Happened]:
    """What other systems are told of, in the order it was done; in a number of queries that does not depend on how many."""
    by_reader: dict[_Reader, list[AuditEntry]] = defaultdict(list)
    for entry in entries:
        if entry.verb in _TOLD:
            by_reader[_TOLD[entry.verb][1]].append(entry)
    found = [one for reader, asked in by_reader.items() for one in reader(asked)]
    return sorted(found, key=lambda one: one.entry.pk)


def _returns(entries: Iterable[AuditEntry]) -> Iterable[Happened]:
    keys = {one.subject_id for one in entries}
    rows = Return.objects.filter(pk__in=keys).select_related(*_AROUND).only("number", *_ASKED)
    known = {str(one.pk): one for one in rows}
    for entry in entries:
        if version := known.get(entry.subject_id):
            owed, event = version.obligation, _TOLD[entry.verb][0]
            detail = entry.detail
            inside = event == Event.RETURN_SUBMITTED or (
                event == Event.RETURN_SENT_BACK and detail["unit"] == owed.unit_id
            )  # before it goes up: nobody else's business
            data = {**_about(owed), "number": version.number}
            if event == Event.RETURN_APPROVED:
                data["replaced"] = detail.get("replaced")
            yield _of(entry, owed, data, "version", [owed.pk, version.number], is_inside=inside)


def _amendments(entries: Iterable[AuditEntry]) -> Iterable[Happened]:
    keys = {one.subject_id for one in entries}
    rows = Amendment.objects.filter(pk__in=keys).select_related(*_AROUND, "mends").only("mends__number", *_ASKED)
    known = {str(one.pk): one for one in rows}
    for entry in entries:
        if amendment := known.get(entry.subject_id):
            owed = amendment.obligation
            data = {**_about(owed), "amendment": amendment.pk, "number": amendment.mends.number}
            yield _of(entry, owed, data, "amendments", [owed.pk])


def _campaigns(entries: Iterable[AuditEntry]) -> Iterable[Happened]:
    keys = {one.subject_id for one in entries}
    known = {str(one.pk): one for one in Dispatch.objects.filter(pk__in=keys).select_related("unit")}
    given: dict[int, set[int]] = defaultdict(set)
    for dispatch, unit in Assignment.objects.filter(dispatch__in=known.values()).values_list("dispatch", "unit"):
        given[dispatch].add(unit)
    for entry in entries:
        if one := known.get(entry.subject_id):
            href = f"{reverse('api:v1:obligations')}?campaign={one.campaign_id}"
            data = {"campaign": one.campaign_id, "unit": one.unit.code, "url": href}
            yield Happened(entry, Event.CAMPAIGN_ISSUED, frozenset(given[one.pk]), frozenset(), data)


def _reports(entries: Iterable[AuditEntry]) -> Iterable[Happened]:
    keys = {one.subject_id for one in entries}
    rows = ConsolidatedReport.objects.filter(pk__in=keys).select_related("campaign", "unit").defer("figures")
    known = {str(one.pk): one for one in rows}
    places = Assignment.objects.filter(campaign__in={one.campaign_id for one in known.values()})
    places = places.filter(unit__in={one.unit_id for one in known.values()}).select_related("campaign")
    above = {(one.campaign_id, one.unit_id): one.superior_keys for one in places}
    for entry in entries:
        if one := known.get(entry.subject_id):
            href = f"{reverse('api:v1:reports', args=[one.campaign_id])}?unit={one.unit.code}"
            data = {"campaign": one.campaign_id, "report": one.pk, "unit": one.unit.code, "url": href}
            superiors = frozenset(above.get((one.campaign_id, one.unit_id), ()))
            yield Happened(entry, Event.REPORT_SENT_UP, frozenset({one.unit_id}), superiors, data)


def _about(owed: Obligation) -> dict[str, Any]:
    return {"obligation": owed.pk, "campaign": owed.assignment.campaign_id, "unit": owed.unit.code}


def _of(
    entry: AuditEntry, owed: Obligation, data: Data, route: str, place: list[int], *, is_inside: bool = False
) -> Happened:
    above = frozenset() if is_inside else frozenset(owed.assignment.superior_keys)
    told = {**data, "url": reverse(f"api:v1:{route}", args=place)}
    return Happened(entry, _TOLD[entry.verb][0], frozenset({owed.unit_id}), above, told)


_Reader = Callable[[Iterable[AuditEntry]], Iterable[Happened]]
_AROUND = ("obligation__unit", "obligation__assignment__campaign")
_ASKED = ("obligation__unit__code", "obligation__assignment__path", "obligation__assignment__campaign__owner_id")
_TOLD: Mapping[str, tuple[Event, _Reader]] = {
    "campaigns.hand_down": (Event.CAMPAIGN_ISSUED, _campaigns),
    "reporting.submit": (Event.RETURN_SUBMITTED, _returns),
    "reporting.approved": (Event.RETURN_APPROVED, _returns),
    "reporting.sent_back": (Event.RETURN_SENT_BACK, _returns),
    "reporting.accepted": (Event.RETURN_ACCEPTED, _returns),
    "reporting.amend": (Event.AMENDMENT_BEGUN, _amendments),
    "reporting.drop_amendment": (Event.AMENDMENT_DROPPED, _amendments),
    "reporting.send_up": (Event.REPORT_SENT_UP, _reports),
}
"""Verbs of the trail that are told, as what, and how their entries are read."""
