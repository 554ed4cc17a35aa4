"""What the pages of units show, gathered in few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lachan.orgs.models import STILL_VALID, UNRECORDED_START, Grant, Succession, Unit, UnitVersion, UnitVersionQuerySet

CHILDREN = 24
"""So many units below are listed on a unit's page; the list of its branch has the rest."""


@dataclass(frozen=True)
class Placed:
    """A unit and the names of those above it, nearest first."""

    version: UnitVersion
    above: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """One state in a unit's history; a day that is not recorded or has not come is None."""

    version: UnitVersion
    since: date | None
    until: date | None
    parent: str


@dataclass(frozen=True)
class Linked:
    """A unit that came before or after, and how."""

    version: UnitVersion
    event: str
    day: date


@dataclass(frozen=True)
class UnitPage:
    """Who a unit is, where it stands, what it was called and what became of it; its people for those who may see them."""

    unit: Unit
    version: UnitVersion
    is_there: bool
    above: list[UnitVersion]
    children: list[UnitVersion]
    children_in_all: int
    states: list[State]
    before: list[Linked]
    after: list[Linked]
    grants: list[Grant] | None


def with_places(versions: Iterable[UnitVersion], day: date) -> list[Placed]:
    """`versions` with the names of the units above them: one query for all."""
    versions = list(versions)
    names = _names({key for version in versions for key in version.ancestor_keys}, day)
    return [Placed(one, tuple(names[key] for key in reversed(one.ancestor_keys) if key in names)) for one in versions]


@dataclass(frozen=True)
class Held:
    """A role and the unit it is held on."""

    grant: Grant
    version: UnitVersion


def with_units(grants: Iterable[Grant], day: date) -> list[Held]:
    """`grants` with their units as they stood on `day`, or last."""
    return [Held(grant, grant.unit.version_on(day)) for grant in grants]


def unit_page(unit: Unit, day: date, *, with_people: bool) -> UnitPage:
    version = unit.version_on(day)
    last_day = min(day, date.fromordinal(version.valid_to.toordinal() - 1))
    above = UnitVersion.objects.on(last_day).of_units(version.ancestor_keys)
    below: UnitVersionQuerySet = UnitVersion.objects.on(last_day).children_of(unit)
    grants = Grant.objects.in_force().filter(unit=unit).select_related("person").order_by("role", "person__name")
    return UnitPage(
        unit=unit,
        version=version,
        is_there=version.valid_from <= day < version.valid_to,
        above=[above[key] for key in version.ancestor_keys if key in above],
        children=list(below.select_related("kind").in_order()[:CHILDREN]),
        children_in_all=below.count(),
        states=_states(unit),
        before=_linked(unit.predecessions.exclude(old=unit), "old"),
        after=_linked(unit.successions.exclude(new=None).exclude(new=unit), "new"),
        grants=list(grants) if with_people else None,
    )


def _states(unit: Unit) -> list[State]:
    versions = list(unit.versions.select_related("kind").order_by("-valid_from"))
    above = _versions_of(version.parent_id for version in versions if version.parent_id)
    return [
        State(
            version=version,
            since=None if version.valid_from == UNRECORDED_START else version.valid_from,
            until=None if version.valid_to == STILL_VALID else version.valid_to,
            parent=_named_on(above.get(version.parent_id or 0, []), version.valid_from),
        )
        for version in versions
    ]


def _versions_of(units: Iterable[int]) -> dict[int, list[UnitVersion]]:
    found: dict[int, list[UnitVersion]] = defaultdict(list)
    for version in UnitVersion.objects.filter(unit_id__in=set(units)).order_by("unit_id", "valid_from"):
        found[version.unit_id].append(version)
    return found


def _named_on(versions: list[UnitVersion], day: date) -> str:
    return next((version.name for version in reversed(versions) if version.valid_from <= day), "")


def _names(units: Iterable[int], day: date) -> dict[int, str]:
    return dict(UnitVersion.objects.on(day).filter(unit_id__in=set(units)).values_list("unit_id", "name"))


def _linked(links: Iterable[Succession], end: str) -> list[Linked]:
    links = list(links)
    known = _versions_of(getattr(link, f"{end}_id") for link in links)
    return [Linked(known[getattr(link, f"{end}_id")][-1], link.get_event_display(), link.day) for link in links]
