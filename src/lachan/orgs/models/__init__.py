"""Units and what becomes of them, the groups letters address, lists of units, and the people who act for units."""

from lachan.orgs.models.boundaries import BoundaryChange, BoundaryStep, Succession
from lachan.orgs.models.lists import UnitList, UnitListRow
from lachan.orgs.models.people import Grant, GrantQuerySet, People, Person, Role
from lachan.orgs.models.units import (
    AREA_TYPES,
    STILL_VALID,
    UNRECORDED_START,
    DateRange,
    Group,
    Kind,
    Level,
    Unit,
    UnitVersion,
    UnitVersionQuerySet,
    searchable,
    split_name,
)

__all__ = [
    "AREA_TYPES",
    "STILL_VALID",
    "UNRECORDED_START",
    "BoundaryChange",
    "BoundaryStep",
    "DateRange",
    "Grant",
    "GrantQuerySet",
    "Group",
    "Kind",
    "Level",
    "People",
    "Person",
    "Role",
    "Succession",
    "Unit",
    "UnitList",
    "UnitListRow",
    "UnitVersion",
    "UnitVersionQuerySet",
    "searchable",
    "split_name",
]
