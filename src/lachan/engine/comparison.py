"""A figure beside the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lachan.engine.vietnamese import fold

Figure = Decimal | int | None


@dataclass(frozen=True, slots=True)
class Change:
    """From one figure to the next. `share`: of the figure before; 0.5 is half as much again."""

    difference: Decimal | None
    share: float | None


def change(before: Figure, now: Figure) -> Change:
    """How much more or less. Nothing is said where one of the two is missing, and no share of zero is taken."""
    if before is None or now is None:
        return Change(None, None)
    difference = Decimal(now) - Decimal(before)
    return Change(difference, float(difference / abs(Decimal(before))) if before else None)


def plain(text: str) -> str:
    """What is compared of an indicator's name."""
    return "".join(c for c in fold(text) if c.isalnum())
