"""Honest rates of reporting: what was owed, what came, what came in time, and what of it says something and holds together.

Five of them are those of DHIS2 (expected, actual, rate, on time, rate on time: docs.dhis2.org, "Reporting rate summary"); but here
a return came when its unit's head approved it, not when a user pressed "complete", and two more say whether it can be used.

What compares rounds, months or years counts only returns whose time has passed: one not due yet is neither missing nor, if it came
early, ahead of those it is compared with. A single campaign counts all it is owed, to show how it gets on.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of returns. None is ever more than it can be out of: no rate passes 100 %."""

    expected: int = 0  # owed for a period in which their unit lived; those excused left out
    received: int = 0  # approved by the unit's head, and not sent back since
    on_time: int = 0  # of those received: first sent up no later than due
    filled: int = 0  # of those received: with anything but zeros and blanks
    valid: int = 0  # of those received: they met every check of their form, also those that only ask
    excused: int = 0  # owe nothing, by a decision or because their unit ended; not among those expected
    not_due: int = 0  # owed, but left out of all the others, since their time has not passed

    def __post_init__(self) -> None:
        if not all(0 <= part <= self.received <= self.expected for part in (self.on_time, self.filled, self.valid)):
            raise ValueError(f"more than there can be: {self}")

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.expected + other.expected,
            self.received + other.received,
            self.on_time + other.on_time,
            self.filled + other.filled,
            self.valid + other.valid,
            self.excused + other.excused,
            self.not_due + other.not_due,
        )

    @property
    def missing(self) -> int:
        return self.expected - self.received

    @property
    def is_not_due(self) -> bool:
        """All that is owed is still to come: no rate to speak of, least of all 0."""
        return not self.expected and self.not_due > 0

    @property
    def rate(self) -> Decimal | None:
        """Received, of those expected."""
        return percent(self.received, self.expected)

    @property
    def rate_on_time(self) -> Decimal | None:
        """On time, of those expected."""
        return percent(self.on_time, self.expected)

    @property
    def rate_filled(self) -> Decimal | None:
        """Not empty, of those received."""
        return percent(self.filled, self.received)

    @property
    def rate_valid(self) -> Decimal | None:
        """Valid, of those received."""
        return percent(self.valid, self.received)


def percent(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in per cent, with one digit after the point; of nothing there is none, neither 0 nor 100.

    Only all is 100 and only none is 0: 9,999 of 10,000 are 99.9.
    """
    if not whole:
        return None
    share = round(_HUNDRED * part / whole, 1)
    if part < whole:
        share = min(share, _HUNDRED - _TENTH)
    return max(share, _TENTH) if part else share
