"""What was read: a value, where in the text it stands, and how sure the reading is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

Span = tuple[int, int]  # start and end in the text as it was given


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value with its places in the text. `certainty` runs from 0 to 1; below `DOUBTFUL` a person should look."""

    value: T
    spans: tuple[Span, ...]
    certainty: float = 1.0


DOUBTFUL = 0.75


@dataclass(frozen=True)
class Field:
    """One finding for the screen: the name of the letter's field, the value in words, its places, how sure."""

    name: str
    value: str
    spans: tuple[Span, ...]
    certainty: float

    @property
    def doubtful(self) -> bool:
        return self.certainty < DOUBTFUL
