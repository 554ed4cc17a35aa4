"""What makes a number worth a second look before somebody stands by it."""

from decimal import Decimal

FACTOR = 2
"""Our own measure, to be tried in use: more than twice what it was, or less than half."""

SMALL = 10
"""Our own measure: below this, a difference is the ordinary ups and downs of a small unit."""


def far_from(now: Decimal, before: Decimal) -> bool:
    """Whether a number lies far from what it was last time. The same in both directions."""
    low, high = sorted((now, before))
    return high - low >= SMALL and high > FACTOR * low
