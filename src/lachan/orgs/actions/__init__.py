"""Everything that changes units, people and roles."""

from lachan.orgs.actions.loading import Loaded, load_catalogue, load_units
from lachan.orgs.actions.people import add_person, close_account, end_role, grant_role, invite
from lachan.orgs.actions.units import Founding, close, found_unit, found_units, move, rename

__all__ = [
    "Founding",
    "Loaded",
    "add_person",
    "close",
    "close_account",
    "end_role",
    "found_unit",
    "found_units",
    "grant_role",
    "invite",
    "load_catalogue",
    "load_units",
    "move",
    "rename",
]
