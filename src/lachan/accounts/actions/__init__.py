"""Everything that changes sessions and factors, invites people and lets them go."""

from lachan.accounts.actions.factors import note_change, reset_factors
from lachan.accounts.actions.invitations import (
    Invitee,
    accept_invitation,
    invitation_of,
    invite,
    invite_all,
    note_arrival,
    send_invitation,
    withdraw_invitation,
)
from lachan.accounts.actions.leaving import Leaving, colleagues, leave_unit, left_without
from lachan.accounts.actions.sessions import end_sessions

__all__ = [
    "Invitee",
    "Leaving",
    "accept_invitation",
    "colleagues",
    "end_sessions",
    "invitation_of",
    "invite",
    "invite_all",
    "leave_unit",
    "left_without",
    "note_arrival",
    "note_change",
    "reset_factors",
    "send_invitation",
    "withdraw_invitation",
]
