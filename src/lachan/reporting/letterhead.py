"""What a unit's consolidated report starts with: its letterhead, opening and closing, to be read over and corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.vietnamese import fold
from lachan.letters.actions import Heading
from lachan.letters.citing import about, cited, issuer_in_words
from lachan.letters.models import Letter
from lachan.orgs.models import Grant, Role, Unit, UnitVersion

HEADS = {
    "department": "GIÁM ĐỐC",
    "office-section": "TRƯỞNG PHÒNG",
    "press": "TỔNG BIÊN TẬP",
    "university": "HIỆU TRƯỞNG",
    "college": "HIỆU TRƯỞNG",
    "upper-secondary-school": "HIỆU TRƯỞNG",
    "lower-secondary-school": "HIỆU TRƯỞNG",
    "primary-school": "HIỆU TRƯỞNG",
    "hospital": "GIÁM ĐỐC",
    "public-service-unit": "GIÁM ĐỐC",
    "enterprise": "GIÁM ĐỐC",
    "telecom-enterprise": "GIÁM ĐỐC",
    "association": "CHỦ TỊCH",
    "mass-organisation": "CHỦ TỊCH",
    "front": "CHỦ TỊCH",
}


@dataclass(frozen=True)
class Letterhead:
    """How the unit's letters begin and end."""

    name: str
    issuer: str
    issuer_parent: str
    place: str
    symbol: str
    authority: str
    signer_title: str
    signer_name: str

    def heading(self, doc_type: str, abstract: str, day: date, symbol: str = "") -> Heading:
        """The head of a letter of that type, dated `day`; `symbol` where it is not a report's."""
        return Heading(
            doc_type=doc_type,
            issuer=self.issuer,
            issuer_parent=self.issuer_parent,
            symbol=symbol or self.symbol,
            place=self.place,
            abstract=abstract,
            signer_name=self.signer_name,
            signer_title=self.signer_title,
            dated_on=day,
        )


@dataclass(frozen=True)
class Wording:
    """The words around the figures."""

    abstract: str
    opening: str
    closing: str
    recipient: str


def letterhead(unit: Unit, day: date) -> Letterhead:
    """The unit's letterhead for a report, from the tree and the people of `day`."""
    version = unit.version_on(day)
    is_area = bool(version.kind.level)
    known = UnitVersion.objects.on(day).of_units(version.ancestor_keys)
    above = [known[key] for key in reversed(version.ancestor_keys) if key in known]
    heads = Grant.objects.in_force().filter(role=Role.HEAD, unit=unit).order_by("given_at", "id")
    return Letterhead(
        name=version.body_name,
        issuer=" ".join(version.heading),
        issuer_parent=" ".join(above[0].heading) if above and not is_area else "",
        place=next((one.area for one in [version, *above] if one.kind.level), ""),
        symbol=f"BC-{'UBND' if is_area else unit.letter_symbol or _initials(version.name)}",
        authority="TM. ỦY BAN NHÂN DÂN" if is_area else "",
        signer_title="CHỦ TỊCH" if is_area else HEADS.get(version.kind_id, "THỦ TRƯỞNG ĐƠN VỊ"),
        signer_name=heads.values_list("person__name", flat=True).first() or "",
    )


def _initials(name: str) -> str:
    """As offices make them: "Sở Thông tin và Truyền thông" → "STTTT"."""
    return "".join(word[0] for word in name.split() if word not in ("và", "của") and word[0].isalpha()).upper()


def wording(campaign: Campaign, top: Assignment | None, name: str, day: date) -> Wording:
    """Opening and closing for the report of `name` on the campaign, or on the branch of `top`."""
    source = top.dispatch.letter if top else campaign.letter
    giver = top.dispatch.unit.version_on(day).body_name if top else issuer_in_words(campaign.letter)
    reader = giver if top or not _is_own(campaign) else _above(campaign.owner, day)
    return Wording(
        abstract=f"Kết quả triển khai {_called(campaign.name)}",
        opening=f"Thực hiện {cited(source, giver)} {about(source)}".strip()
        + f", {name} báo cáo kết quả triển khai như sau:",
        closing=f"Trên đây là kết quả triển khai {_called(campaign.name)}, {name} kính báo cáo {reader}.",
        recipient=reader,
    )


def _is_own(campaign: Campaign) -> bool:
    """The campaign comes from a letter of its owner, not from one from above."""
    letter, owner = campaign.letter, campaign.owner.version_on(campaign.letter.day)
    return letter.direction == Letter.Direction.ISSUED or fold(letter.issuer) == fold(" ".join(owner.heading))


def _above(unit: Unit, day: date) -> str:
    version = unit.version_on(day)
    return version.parent.version_on(day).body_name if version.parent else version.body_name


def _called(campaign: str) -> str:
    return campaign if re.match(r"(?i)(chiến dịch|đợt|chương trình|tháng)\b", campaign) else f"Chiến dịch “{campaign}”"
