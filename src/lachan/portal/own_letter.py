"""The letter with which a unit hands a campaign down: drafted for it, so that somebody only has to read and sign."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.timezone import localtime

from lachan.campaigns.models import Assignment
from lachan.engine.vietnamese import fold
from lachan.foundation import formats
from lachan.letters.actions import Content, Heading
from lachan.letters.citing import about, cited
from lachan.letters.models import Letter
from lachan.orgs.models import UnitVersion
from lachan.portal.inbox import names_of
from lachan.portal.tasks import sorted_for
from lachan.reporting.actions.giving import OwnLetter
from lachan.reporting.letterhead import letterhead

DEADLINE = "[hạn báo cáo]"
"""Stands in the draft for the deadline chosen beside it."""
REPORTING = ("bao cao", "gui bao cao", "dinh ky bao cao")
"""How tasks begin that only ask for the report, which the letter asks for anyway, with its own deadline."""
NAMED = 4  # units of one kind that are named one by one in "Kính gửi"; more are addressed as their kind


@dataclass(frozen=True)
class Draft:
    """What the form starts with, and what stands in the letter's heading whatever is typed."""

    issuer: str
    issuer_parent: str
    place: str
    symbol: str
    abstract: str
    body: str
    authority: str
    signer_title: str
    signer_name: str
    copies: str


def draft(assignment: Assignment, below: Collection[UnitVersion], *, now: datetime) -> Draft:
    """A letter of the assignment's unit to the units `below` it."""
    day = localtime(now).date()
    version = assignment.unit.version_on(day)
    head = letterhead(assignment.unit, day)
    giver = names_of([assignment.dispatch.unit_id], day).get(assignment.dispatch.unit_id, "")
    return Draft(
        issuer=head.issuer,
        issuer_parent=head.issuer_parent,
        place=head.place,
        symbol=symbol_of(version),
        abstract=f"triển khai {cited(assignment.dispatch.letter, giver)}",
        body=_body(assignment, version, below, giver),
        authority=head.authority,
        signer_title=head.signer_title,
        signer_name=head.signer_name,
        copies="\n".join([f"{giver} (để b/c)", "Lưu: VT"]),
    )


def symbol_of(version: UnitVersion) -> str:
    """As on the unit's last letter of this kind; else made from what the unit's letters are known by."""
    last = Letter.objects.filter(
        holder=version.unit_id, direction=Letter.Direction.ISSUED, state=Letter.State.ISSUED, doc_type="công văn"
    ).order_by("-id")
    if symbol := last.values_list("symbol", flat=True).first():
        return symbol
    if version.kind.level:
        return "UBND-VX"
    return version.unit.letter_symbol or "".join(word[0] for word in version.name.split() if word[0].isupper()) or "VP"


def _body(assignment: Assignment, version: UnitVersion, below: Collection[UnitVersion], giver: str) -> str:
    campaign, letter = assignment.campaign, assignment.dispatch.letter
    kinds = {version.kind_id, *(one.kind_id for one in below)}
    tasks = sorted_for(campaign.tasks.all(), kinds=kinds, names=[version.name, version.body_name])
    asked = [task for task in [*tasks.own, *tasks.common] or tasks.others if not fold(task.text).startswith(REPORTING)]
    source = (
        f"{cited(letter, giver)} {about(letter if letter.direction != Letter.Direction.ISSUED else campaign.letter)}"
    )
    lines = [
        f"Thực hiện {source.strip()}, {version.body_name} đề nghị các đơn vị triển khai thực hiện các nội dung sau:",
        *(f"{number}. {_sentence(task.text)}" for number, task in enumerate(asked, start=1)),
        f"{len(asked) + 1}. Báo cáo kết quả thực hiện về {version.body_name} trước {DEADLINE} để tổng hợp, báo cáo {giver}.",
        f"{version.body_name} đề nghị các đơn vị nghiêm túc triển khai thực hiện.",
    ]
    return "\n".join(lines)


def _sentence(text: str) -> str:
    return " ".join(text.split()).rstrip(" ;,.") + "."


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
        doc_type="công văn",
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
        body=typed["body"].replace(DEADLINE, deadline),
        authority=[line for line in [draft.authority] if line],
        copies=[line.strip() for line in typed["copies"].splitlines() if line.strip()],
    )
    return OwnLetter(heading, content)
