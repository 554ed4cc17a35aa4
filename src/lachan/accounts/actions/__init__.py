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
from lachan.accounts.actions.sessions import end_sessions

__all__ = [
    "Invitee",
    "accept_invitation",
    "end_sessions",
    "invitation_of",
    "invite",
    "invite_all",
    "note_arrival",
    "note_change",
    "reset_factors",
    "send_invitation",
    "withdraw_invitation",
]
