"""Lists of which several parts can be looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tab:
    """One part: its name, address and size."""

    word: str
    href: str
    count: int
    current: bool
