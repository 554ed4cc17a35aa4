"""A periodic report among the cast: monthly, of the districts, cities and communes of Tỉnh Sông Lam."""

from dataclasses import replace
from typing import Any

from cascades import a_campaign
from cast import NOW, Cast

from lachan.campaigns.models import Campaign, Regime
from lachan.orgs.models import Group, Kind
from lachan.reporting.actions import regimes
from lachan.reporting.actions.regimes import RegimeDraft


def drafted(**changes: Any) -> RegimeDraft:
    """Monthly, of districts and communes, due three working days after the 14th, given out ten days before."""
    draft = RegimeDraft(
        name="Báo cáo phòng, chống lừa đảo",
        rhythm="month",
        last_day=14,
        counting="working_days",
        number=3,
        opens_days=10,
        newcomers=True,
        kinds=list(Kind.objects.filter(pk__in=["rural-district", "provincial-city"])),
        groups=list(Group.objects.filter(pk="ubnd-cap-xa")),
        within=[],
        but=[],
    )
    return replace(draft, **changes)


def a_pattern(cast: Cast) -> Campaign:
    """A campaign whose form a periodic report takes over."""
    return a_campaign(cast.province, [cast.education], by=cast.an)


def prescribed(pattern: Campaign, **changes: Any) -> Regime:
    return regimes.prescribe(pattern, draft=drafted(**changes), by=pattern.created_by, now=NOW)


def in_force(pattern: Campaign, **changes: Any) -> Regime:
    return regimes.switch_on(prescribed(pattern, **changes), by=pattern.created_by, now=NOW)
