"""A graph laid out in layers, top to bottom, for drawings on the server: few nodes, no crossings worth a solver."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
_SWEEPS = 4


@dataclass(frozen=True)
class Placed(Generic[Key]):
    """A node in its layer (0 at the top) and its place in it, counted from the left."""

    key: Key
    layer: int
    place: int


def in_layers(keys: Sequence[Key], edges: Iterable[tuple[Key, Key]]) -> list[Placed[Key]]:
    """Place each node one layer under the lowest that leads to it, and in its layer near those it is tied to.

    An edge leads from above to below. Edges that close a circle, lead nowhere or to their own start are passed over. The same
    graph gives the same drawing.
    """
    known = set(keys)
    ties = [(a, b) for a, b in dict.fromkeys(edges) if a in known and b in known and a != b]
    ties = _without_circles(keys, ties)
    layer = _layers(keys, ties)
    rows: dict[int, list[Key]] = {}
    for key in keys:
        rows.setdefault(layer[key], []).append(key)
    near: dict[Key, list[Key]] = {key: [] for key in keys}
    for a, b in ties:
        near[a].append(b)
        near[b].append(a)
    for sweep in range(_SWEEPS):
        _straighten(rows, near, layer, down=sweep % 2 == 0)
    return [Placed(key, at, place) for at in sorted(rows) for place, key in enumerate(rows[at])]


def _without_circles(keys: Sequence[Key], ties: Sequence[tuple[Key, Key]]) -> list[tuple[Key, Key]]:
    """Keep each tie unless what it leads to already leads back to where it starts."""
    after: dict[Key, set[Key]] = {key: set() for key in keys}
    kept = []
    for a, b in ties:
        if not _leads(after, b, a):
            after[a].add(b)
            kept.append((a, b))
    return kept


def _leads(after: Mapping[Key, set[Key]], start: Key, end: Key) -> bool:
    seen, here = {start}, [start]
    while here:
        one = here.pop()
        if one == end:
            return True
        here += after[one] - seen
        seen |= after[one]
    return False


def _layers(keys: Sequence[Key], ties: Sequence[tuple[Key, Key]]) -> dict[Key, int]:
    layer = dict.fromkeys(keys, 0)
    for _round in keys:  # the longest way has fewer steps than there are nodes
        moved = False
        for a, b in ties:
            if layer[b] <= layer[a]:
                layer[b], moved = layer[a] + 1, True
        if not moved:
            break
    return layer


def _straighten(
    rows: dict[int, list[Key]], near: Mapping[Key, Sequence[Key]], layer: Mapping[Key, int], *, down: bool
) -> None:
    """Order each row by the middle of the nodes it is tied to in the row before it."""
    for at in sorted(rows, reverse=not down):
        beside = rows.get(at - 1 if down else at + 1, [])
        place = {key: nth for nth, key in enumerate(beside)}
        old = {key: nth for nth, key in enumerate(rows[at])}

        def middle(key: Key, place: dict[Key, int] = place, old: dict[Key, int] = old) -> float:
            found = [place[one] for one in near[key] if one in place]
            return sum(found) / len(found) if found else float(old[key])

        rows[at].sort(key=middle)
