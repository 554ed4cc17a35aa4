"""What a pattern's places are filled with, from the letter a unit writes about and the campaign that came of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from lachan.campaigns.models import Assignment, Campaign, Dispatch
from lachan.engine.patterns import fill
from lachan.engine.vietnamese import fold
from lachan.foundation import formats
from lachan.letters.actions import Content, Heading
from lachan.letters.citing import about, cited
from lachan.letters.models import Letter
from lachan.letters.patterns import Wording
from lachan.orgs.models import Unit, UnitVersion
from lachan.portal.tasks import sorted_for
from lachan.reporting.letterhead import letterhead
from lachan.reporting.models import Obligation

REPORTING = ("bao cao", "gui bao cao", "dinh ky bao cao")
"""How tasks begin that only ask for the report, which the letter asks for anyway, with its own deadline."""
SHORT = {
    "kế hoạch": "KH",
    "quyết định": "QĐ",
    "thông báo": "TB",
    "báo cáo": "BC",
    "tờ trình": "TTr",
    "giấy mời": "GM",
    "chỉ thị": "CT",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
}
"""How the symbol names the kind of letter (Decree 30/2020, annex III); a công văn has none."""


@dataclass(frozen=True)
class Case:
    """A unit, the letter it writes about, and what it has of the campaign that came of that letter."""

    version: UnitVersion
    source: Letter | None
    giver: str
    campaign: Campaign | None = None
    assignment: Assignment | None = None
    below: Collection[UnitVersion] = ()

    def values(self, now: datetime) -> dict[str, str]:
        """What is known for each place; what is not stays open."""
        known = {"đơn vị": self.version.body_name, "cấp trên": self.giver}
        if self.source:
            known |= {"văn bản gốc": cited(self.source, self.giver), "về việc": about(self._first or self.source)}
        if self.campaign:
            known |= self._of_campaign(self.campaign, now)
        return known

    @property
    def _first(self) -> Letter | None:
        """The letter that says what it is about: one of our own only says which it carries out."""
        is_own = self.source is not None and self.source.direction == Letter.Direction.ISSUED
        return self.campaign.letter if self.campaign and is_own else self.source

    def _of_campaign(self, campaign: Campaign, now: datetime) -> dict[str, str]:
        asked = self.tasks()
        due = self.assignment.dispatch.report_due if self.assignment else campaign.report_due
        period = [formats.day(day) for day in (campaign.starts_on, campaign.ends_on) if day]
        return {
            "chiến dịch": campaign.name[:1].lower() + campaign.name[1:]
            if campaign.name[1:2].islower()
            else campaign.name,
            "nhiệm vụ": "\n".join(f"{number}. {text}" for number, text in enumerate(asked, start=1)),
            "số tiếp": str(len(asked) + 1),
            "hạn báo cáo": f"{formats.clock(due)} ngày {formats.day(due)}" if due else "",
            "thời gian thực hiện": f"từ ngày {period[0]} đến ngày {period[1]}" if len(period) > 1 else "",
            "đơn vị chậm": "\n".join(f"- {name}." for name in late_units(campaign, self.version.unit_id, now)),
        }

    def tasks(self) -> list[str]:
        """What the campaign asks of the unit and those below it, a sentence each."""
        if self.campaign is None:
            return []
        kinds = {self.version.kind_id, *(one.kind_id for one in self.below)}
        tasks = sorted_for(self.campaign.tasks.all(), kinds=kinds, names=[self.version.name, self.version.body_name])
        asked = [one for one in [*tasks.own, *tasks.common] or tasks.others if not fold(one.text).startswith(REPORTING)]
        return [" ".join(task.text.split()).rstrip(" ;,.") + "." for task in asked]


def case_of(unit: Unit, source: Letter | None, now: datetime) -> Case:
    """The case of a unit that writes about `source`: the campaign it was given with it, runs from it, or handed down with it."""
    day = localdate(now)
    version = unit.version_on(day)
    if source is None:
        above = version.parent.version_on(day).body_name if version.parent else ""
        return Case(version, None, above)
    assignment = (
        Assignment.objects.filter(Q(dispatch__letter=source) | Q(dispatches__letter=source), unit=unit)
        .select_related("campaign__letter", "dispatch__unit")
        .first()
    )
    campaign = assignment.campaign if assignment else _run_from(unit, source)
    giver = assignment.dispatch.unit.version_on(day) if assignment else source.holder.version_on(day)
    below = list(UnitVersion.objects.on(day).children_of(unit).select_related("kind"))
    return Case(version, source, giver.body_name, campaign, assignment, below)


def _run_from(unit: Unit, source: Letter) -> Campaign | None:
    own = Campaign.objects.filter(owner=unit, regime=None).select_related("letter")
    return own.filter(Q(letter=source) | Q(dispatches__letter=source)).first()


def late_units(campaign: Campaign, unit: int, now: datetime) -> list[str]:
    """Units this one gave the campaign to whose time to report has passed without a return, in Vietnamese order."""
    handed = Dispatch.objects.filter(campaign=campaign, unit=unit)
    owed = Obligation.objects.filter(assignment__dispatch__in=handed, counted=None, excused_at=None, due_at__lt=now)
    return list(owed.order_by("assignment__unit_sort_key").values_list("assignment__unit_name", flat=True))


def symbol_of(version: UnitVersion, doc_type: str = "công văn") -> str:
    """As on the unit's last letter of this kind; else made from the kind and what the unit's letters are known by."""
    last = Letter.objects.filter(
        holder=version.unit_id, direction=Letter.Direction.ISSUED, state=Letter.State.ISSUED, doc_type=doc_type
    ).order_by("-id")
    if symbol := last.values_list("symbol", flat=True).first():
        return symbol
    known_by = version.unit.letter_symbol or (
        "UBND" if version.kind.level else "".join(word[0] for word in version.name.split() if word[0].isupper()) or "VP"
    )
    if doc_type in SHORT:
        return f"{SHORT[doc_type]}-{known_by}"
    return f"{known_by}-VX" if version.kind.level else known_by


def drafted(case: Case, wording: Wording, now: datetime) -> tuple[Heading, Content]:
    """A letter of the case's unit in that wording, as far as it can be filled in."""
    day = localdate(now)
    head = letterhead(case.version.unit, day)
    values = case.values(now)
    symbol = symbol_of(case.version, wording.doc_type)
    heading = head.heading(wording.doc_type, fill(wording.abstract, values), day, symbol)
    content = Content(
        bases=fill(wording.bases, values).splitlines(),
        body=fill(wording.body, values),
        authority=[head.authority] if head.authority else [],
        copies=["Lưu: VT"],
        decided_by=_deciding(case.version, head.signer_title) if wording.decided else "",
    )
    return heading, content


def _deciding(version: UnitVersion, title: str) -> str:
    """Who decides, in full: "Chủ tịch Ủy ban nhân dân xã Gò Cao", "Giám đốc Sở Giáo dục và Đào tạo"."""
    name = f"Ủy ban nhân dân {version.name[:1].lower()}{version.name[1:]}" if version.kind.level else version.name
    return f"{title.capitalize()} {name}"
