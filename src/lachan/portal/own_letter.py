"""The letter with which a unit hands a campaign down: drafted for it, so that somebody only has to read and sign."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.timezone import localtime

from lachan.campaigns.models import Assignment
from lachan.engine.patterns import fill
from lachan.foundation import formats
from lachan.letters import patterns
from lachan.letters.actions import Content, Heading
from lachan.orgs.models import UnitVersion
from lachan.portal.case import Case, symbol_of
from lachan.portal.inbox import names_of
from lachan.reporting.actions.giving import OwnLetter
from lachan.reporting.letterhead import letterhead

PATTERN = "cong-van-trien-khai"
DEADLINE = "[hạn báo cáo]"
"""Stands in the draft for the deadline chosen beside it."""
NAMED = 4  # units of one kind that are named one by one in "Kính gửi"; more are addressed as their kind


@dataclass(frozen=True)
class Draft:
    """What the form starts with, and what stands in the letter's heading whatever is typed."""

    pattern: str
    issuer: str
    issuer_parent: str
    place: str
    symbol: str
    doc_type: str
    abstract: str
    bases: str
    body: str
    authority: str
    signer_title: str
    signer_name: str
    copies: str


def draft(assignment: Assignment, below: Collection[UnitVersion], *, now: datetime, pattern: str = PATTERN) -> Draft:
    """A letter of the assignment's unit to the units `below` it, in the wording of a pattern."""
    day = localtime(now).date()
    version = assignment.unit.version_on(day)
    head = letterhead(assignment.unit, day)
    giver = names_of([assignment.dispatch.unit_id], day).get(assignment.dispatch.unit_id, "")
    case = Case(version, assignment.dispatch.letter, giver, assignment.campaign, assignment, below)
    wording = patterns.find(assignment.unit, pattern) or patterns.of_the_house()[0]
    values = case.values(now) | {"hạn báo cáo": DEADLINE}
    return Draft(
        pattern=wording.code,
        issuer=head.issuer,
        issuer_parent=head.issuer_parent,
        place=head.place,
        symbol=symbol_of(version, wording.doc_type),
        doc_type=wording.doc_type,
        abstract=fill(wording.abstract, values),
        bases=fill(wording.bases, values),
        body=fill(wording.body, values),
        authority=head.authority,
        signer_title=head.signer_title,
        signer_name=head.signer_name,
        copies="\n".join([f"{giver} (để b/c)", "Lưu: VT"]),
    )


def addressees(units: Iterable[UnitVersion]) -> list[str]:
    """The lines after "Kính gửi": few units of a kind by name, more of them together; areas of one level in one line."""
    lines = []
    for _rank, group in groupby(sorted(units, key=_family), key=_family):
        family = list(group)
        if len(family) <= NAMED:
            lines += [one.body_name for one in family]
        elif family[0].kind.level:
            ranked = sorted(family, key=lambda one: -one.kind.rank)
            kinds = dict.fromkeys(one.kind.name.lower().removesuffix(" thuộc tỉnh") for one in ranked)
            lines.append(f"UBND các {', '.join(kinds)}")
        else:
            lines.append(f"Các {family[0].kind.name[:1].lower()}{family[0].kind.name[1:]}")
    return lines


def _family(version: UnitVersion) -> tuple[int, str]:
    return (0, version.kind.level) if version.kind.level else (version.kind.rank, version.kind_id)


def letter_from(
    draft: Draft, typed: Mapping[str, Any], *, to: Iterable[UnitVersion], report_due: datetime | None
) -> OwnLetter:
    """The letter as it is issued: what was typed, the units chosen after "Kính gửi", and the deadline in its place."""
    deadline = f"{formats.clock(report_due)} ngày {formats.day(report_due)}" if report_due else "thời hạn được giao"
    heading = Heading(
        doc_type=draft.doc_type,
        issuer=draft.issuer,
        issuer_parent=draft.issuer_parent,
        symbol=typed["symbol"],
        place=draft.place,
        abstract=typed["abstract"],
        signer_name=typed["signer_name"],
        signer_title=typed["signer_title"],
        dated_on=typed["dated_on"],
        number=typed["number"],
    )
    content = Content(
        recipients=addressees(to),
        bases=[line.strip() for line in typed["bases"].splitlines() if line.strip()],
        body=typed["body"].replace(DEADLINE, deadline),
        authority=[line for line in [draft.authority] if line],
        copies=[line.strip() for line in typed["copies"].splitlines() if line.strip()],
    )
    return OwnLetter(heading, content)
