"""Everything that changes units, people and roles."""

from lachan.orgs.actions.boundaries import Plan, change_boundaries, choose, undo
from lachan.orgs.actions.catalogue import GroupDraft, remove_group, remove_kind, write_group, write_kind
from lachan.orgs.actions.loading import Loaded, load_catalogue, load_units
from lachan.orgs.actions.people import add_person, close_account, end_role, grant_role, invite
from lachan.orgs.actions.units import (
    CONTACTS,
    Founding,
    Particulars,
    change_contacts,
    close,
    found_unit,
    found_units,
    free_codes,
    move,
    reclassify,
    rename,
    revise,
)

__all__ = [
    "CONTACTS",
    "Founding",
    "GroupDraft",
    "Loaded",
    "Particulars",
    "Plan",
    "add_person",
    "change_boundaries",
    "change_contacts",
    "choose",
    "close",
    "close_account",
    "end_role",
    "found_unit",
    "found_units",
    "free_codes",
    "grant_role",
    "invite",
    "load_catalogue",
    "load_units",
    "move",
    "reclassify",
    "remove_group",
    "remove_kind",
    "rename",
    "revise",
    "undo",
    "write_group",
    "write_kind",
]
