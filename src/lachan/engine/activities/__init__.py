"""What was done: by which channel, how much, and what that answers in a report form."""

from lachan.engine.activities.channels import AUDIENCES, CHANNELS, Audience, Channel
from lachan.engine.activities.counting import FilledFrom, Folded, Sum, Tally, fold, merged
from lachan.engine.activities.suggesting import LIKELY, Suggestion, suggest

__all__ = [
    "AUDIENCES",
    "CHANNELS",
    "LIKELY",
    "Audience",
    "Channel",
    "FilledFrom",
    "Folded",
    "Suggestion",
    "Sum",
    "Tally",
    "fold",
    "merged",
    "suggest",
]
