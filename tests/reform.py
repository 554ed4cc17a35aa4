"""A small reform among the cast: communes merged into a new one while the district ends, or one commune divided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from cast import NOW, Cast
from django.utils.timezone import localdate

from lachan.engine.vietnamese import sort_key
from lachan.orgs.actions import Plan, change_boundaries
from lachan.orgs.models import Succession, Unit, UnitVersion, searchable

LATER = NOW + timedelta(days=3)
THEN = localdate(LATER)


def begun(unit: Unit, name: str, kind: str, parent: Unit | None) -> UnitVersion:
    return UnitVersion(
        unit=unit,
        valid_from=THEN,
        name=name,
        kind_id=kind,
        parent=parent,
        sort_key=sort_key(name),
        search_text=searchable([name]),
    )


def merge(cast: Cast, *olds: Unit, key: str = "merge") -> Unit:
    """The communes of the district become one, right under the province; the district is no more."""
    new = Unit(code="99901", valid_from=THEN)
    links = [Succession(old=old, new=new, day=THEN, event="merged") for old in olds]
    plan = Plan(
        name="Sắp xếp năm 2025",
        day=THEN,
        request_key=key,
        units=[new],
        versions=[begun(new, "Xã Bến Đá", "commune", cast.province)],
        ended=[*olds, cast.district],
        events=[*links, Succession(old=cast.district, new=None, day=THEN, event="abolished")],
    )
    change_boundaries(plan, by=cast.an, now=LATER)
    return Unit.objects.get(code="99901")


def split(cast: Cast, shares: Sequence[Decimal | None] = (None, None)) -> list[Unit]:
    """The commune Gò Cao goes in parts to its two neighbours."""
    parts = [cast.other_commune, cast.township]
    plan = Plan(
        name="Chia xã Gò Cao",
        day=THEN,
        request_key="split",
        ended=[cast.commune],
        events=[
            Succession(old=cast.commune, new=one, day=THEN, event="split", share=share)
            for one, share in zip(parts, shares, strict=True)
        ],
    )
    change_boundaries(plan, by=cast.an, now=LATER)
    return parts


def communes(cast: Cast) -> tuple[Unit, Unit, Unit]:
    return cast.commune, cast.other_commune, cast.township
