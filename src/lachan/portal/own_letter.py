"""The letter with which a unit hands a campaign down: drafted for it, so that somebody only has to read and sign."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.timezone import localtime

from lachan.campaigns.models import Assignment
from lachan.engine.vietnamese import fold
from lachan.foundation import formats
from lachan.letters.actions import Content, Heading
from lachan.letters.models import Letter
from lachan.orgs.models import Grant, Role, UnitVersion
from lachan.portal.inbox import names_of
from lachan.portal.tasks import sorted_for
from lachan.reporting.actions.giving import OwnLetter

DEADLINE = "[hạn báo cáo]"
"""Stands in the draft for the deadline chosen beside it."""
REPORTING = ("bao cao", "gui bao cao", "dinh ky bao cao")
"""How tasks begin that only ask for the report, which the letter asks for anyway, with its own deadline."""
NAMED = 4  # units of one kind that are named one by one in "Kính gửi"; more are addressed as their kind
POSITIONS = {
    "department": "GIÁM ĐỐC",
    "office-section": "TRƯỞNG PHÒNG",
    "press": "TỔNG BIÊN TẬP",
    "university": "HIỆU TRƯỞNG",
    "college": "HIỆU TRƯỞNG",
    "upper-secondary-school": "HIỆU TRƯỞNG",
    "lower-secondary-school": "HIỆU TRƯỞNG",
    "primary-school": "HIỆU TRƯỞNG",
    "kindergarten": "HIỆU TRƯỞNG",
    "hospital": "GIÁM ĐỐC",
    "public-service-unit": "GIÁM ĐỐC",
    "enterprise": "GIÁM ĐỐC",
    "telecom-enterprise": "GIÁM ĐỐC",
    "bank-branch": "GIÁM ĐỐC",
    "association": "CHỦ TỊCH",
    "mass-organisation": "CHỦ TỊCH",
    "front": "CHỦ TỊCH",
}


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
    above = _above(version, day)
    giver = names_of([assignment.dispatch.unit_id], day).get(assignment.dispatch.unit_id, "")
    source = cited(assignment.dispatch.letter, giver)
    is_area = bool(version.kind.level)
    return Draft(
        issuer=" ".join(version.heading),
        issuer_parent="" if is_area or not above else " ".join(above[-1].heading),
        place=next((one.area for one in [version, *reversed(above)] if one.kind.level), ""),
        symbol=_symbol(version),
        abstract=f"triển khai {source}",
        body=_body(assignment, version, below, giver, source),
        authority="TM. ỦY BAN NHÂN DÂN" if is_area else "",
        signer_title="CHỦ TỊCH" if is_area else POSITIONS.get(version.kind_id, "THỦ TRƯỞNG ĐƠN VỊ"),
        signer_name=_head(version),
        copies="\n".join([f"{giver} (để b/c)", "Lưu: VT"]),
    )


def _above(version: UnitVersion, day: date) -> list[UnitVersion]:
    found = UnitVersion.objects.on(day).of_units(version.ancestor_keys)
    return [found[key] for key in version.ancestor_keys if key in found]


def _symbol(version: UnitVersion) -> str:
    """As on the unit's last letter of this kind; else made from what the unit's letters are known by."""
    last = Letter.objects.filter(
        holder=version.unit_id, direction=Letter.Direction.ISSUED, state=Letter.State.ISSUED, doc_type="công văn"
    ).order_by("-id")
    if symbol := last.values_list("symbol", flat=True).first():
        return symbol
    if version.kind.level:
        return "UBND-VX"
    return version.unit.letter_symbol or "".join(word[0] for word in version.name.split() if word[0].isupper()) or "VP"


def _head(version: UnitVersion) -> str:
    heads = Grant.objects.in_force().filter(role=Role.HEAD, unit=version.unit_id).order_by("given_at", "id")
    return heads.values_list("person__name", flat=True).first() or ""


def cited(letter: Letter, giver: str) -> str:
    """A letter as a sentence names it: "Kế hoạch số 116/KH-UBND ngày 10/3/2025 của UBND tỉnh Sông Lam"."""
    kind = letter.doc_type[:1].upper() + letter.doc_type[1:]
    number = f" số {letter.full_symbol}" if letter.full_symbol else ""
    day = f" ngày {letter.dated_on.day:02d}/{letter.dated_on.month}/{letter.dated_on.year}" if letter.dated_on else ""
    issuer = giver if letter.direction == Letter.Direction.ISSUED or not letter.issuer else as_written(letter)
    return f"{kind}{number}{day} của {issuer}"


def as_written(letter: Letter) -> str:
    """The issuer as the letter's own text writes it in running words; a heading gives it in capitals only."""
    for found in re.finditer(re.escape(letter.issuer), letter.text, re.IGNORECASE):
        if not found[0].isupper():
            return found[0]
    committee = re.fullmatch(r"(?:ỦY BAN NHÂN DÂN|UBND)\s+(\S+)\s+(.+)", letter.issuer)
    return f"UBND {committee[1].lower()} {committee[2].title()}" if committee else letter.issuer


def _body(assignment: Assignment, version: UnitVersion, below: Collection[UnitVersion], giver: str, source: str) -> str:
    campaign = assignment.campaign
    kinds = {version.kind_id, *(one.kind_id for one in below)}
    tasks = sorted_for(campaign.tasks.all(), kinds=kinds, names=[version.name, version.body_name])
    asked = [task for task in [*tasks.own, *tasks.common] or tasks.others if not fold(task.text).startswith(REPORTING)]
    abstract = campaign.letter.abstract.strip().rstrip(".;")
    about = f" về {abstract[:1].lower()}{abstract[1:]}" if abstract else ""
    lines = [
        f"Thực hiện {source}{about}, {version.body_name} đề nghị các đơn vị triển khai thực hiện các nội dung sau:",
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
