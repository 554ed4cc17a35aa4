"""Messages gathered into clusters as they come, each message looked at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from lachan.engine.similar.groups import Groups
from lachan.engine.similar.likeness import Shape
from lachan.engine.similar.nearby import Nearby
from lachan.engine.similar.saving import packed, unpacked
from lachan.engine.similar.wordings import runs, wording

Key = int | str


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster as a message finds it. Numbers are never used again; those of `took_in` have gone into this one."""

    number: int
    size: int
    by: tuple[str, ...] = ()  # what tied the message to others: "text", or the indicators they share
    took_in: tuple[int, ...] = ()


class Clusters:
    """Messages that are copies of one text, or share an indicator, are in one cluster.

    What people decide (`together`, `apart`) holds for ever, whether said before or after the messages come; only another such
    decision can stand against it, and is refused with `Contradicts`. As long as nobody has kept messages apart, no more than
    `nearby.DEEPEST` wordings share a part of a sketch, and none shares parts with more than `nearby.MOST_COMPARED` others, the
    order in which messages come changes nothing.
    """

    def __init__(self, passages: Iterable[str] = ()) -> None:
        """`passages`: words that stand in many messages and say nothing of which one it is, such as a province's own advice."""
        self._passages = tuple(passages)
        self._runs = runs(self._passages)
        self._numbers: dict[Key, int] = {}
        self._keys: list[Key] = []
        self._seen = array("Q")  # what was last added under each key; 0 for one that is only spoken of
        self._groups = Groups()
        self._nearby = Nearby()
        self._holders = array("I")  # of each wording, the message that had it first
        self._sharers: dict[str, int] = {}  # of each indicator, the message that had it first

    def add(self, key: Key, text: str, indicators: Sequence[str] = ()) -> Cluster:
        """Put in a message. The same message again changes nothing; another text or indicator under a known key adds to it."""
        was_known = key in self._numbers
        member = self._member(key)
        mark = _mark(text, *indicators)
        if self._seen[member] == mark:
            return self._cluster(member)
        self._seen[member] = mark
        self._groups.arrive(member)
        group = self._groups.group
        before = {group[member]} if was_known else set()
        by = []
        for name, other in (*self._copies(member, text), *self._sharing(member, indicators)):
            before.add(group[other])
            if self._groups.join(member, other) and member != other:
                by.append(name)
        return self._cluster(member, tuple(dict.fromkeys(by)), before)

    def together(self, one: Key, other: Key) -> Cluster:
        """Keep two messages in one cluster for ever. Raises `Contradicts` when they were kept apart."""
        first, second = self._member(one), self._member(other)
        before = {self._groups.group[first], self._groups.group[second]}
        self._groups.tie(first, second)
        return self._cluster(first, before=before)

    def apart(self, leaving: Iterable[Key], staying: Iterable[Key] = ()) -> None:
        """Keep each of `leaving` out of the clusters of `staying` for ever; without `staying`: of all that are with them now.

        Messages kept together with one of `leaving` go with it. Raises `Contradicts` when that would part what was kept together.
        """
        self._groups.part(map(self._member, leaving), map(self._member, staying))

    def of(self, key: Key) -> Cluster:
        """The cluster of a message; `KeyError` for one that was never spoken of."""
        return self._cluster(self._numbers[key])

    def members(self, number: int) -> list[Key]:
        """The messages of a cluster; none for one that has gone into another."""
        return [self._keys[member] for member in self._groups.members(number)]

    def __len__(self) -> int:
        return sum(map(bool, self._seen))

    def _member(self, key: Key) -> int:
        member = self._numbers.get(key)
        if member is None:
            member = self._numbers[key] = self._groups.new()
            self._keys.append(key)
            self._seen.append(0)
        return member

    def _copies(self, member: int, text: str) -> list[tuple[str, int]]:
        """Messages with the same text or nearly so, nearest first: with whom to join if a parting allows no more than one."""
        words = wording(text, self._runs)
        if not words:
            return []
        same = self._nearby.same(words)
        if same is not None:
            return [("text", self._holders[same])]
        found = self._nearby.add(words)
        self._holders.append(member)
        if not found:
            return []
        shape = Shape(words)
        nearest: dict[int, tuple[float, int]] = {}
        for number in found:
            holder = self._holders[number]
            group = self._groups.group[holder]
            if group in nearest and not self._groups.is_walled(group):
                continue
            likeness = shape.likeness(self._nearby[number])
            if likeness:
                nearest[group] = max(nearest.get(group, (0.0, 0)), (likeness, -holder))
        return [("text", -holder) for _likeness, holder in sorted(nearest.values(), reverse=True)]

    def _sharing(self, member: int, indicators: Sequence[str]) -> list[tuple[str, int]]:
        return [(one, self._sharers.setdefault(one, member)) for one in indicators]

    def _cluster(self, member: int, by: tuple[str, ...] = (), before: Iterable[int] = ()) -> Cluster:
        number = self._groups.group[member]
        gone = sorted(filter(self._groups.is_gone, before))
        return Cluster(number, self._groups.size(number), by, tuple(gone))

    def state(self) -> dict[str, Any]:
        """Everything, as values that JSON can hold, for `load`."""
        return {
            "version": 1,
            "passages": list(self._passages),
            "keys": list(self._keys),
            "seen": packed(self._seen),
            "holders": packed(self._holders),
            "sharers": dict(self._sharers),
            "groups": self._groups.state(),
            "nearby": self._nearby.state(),
        }

    @classmethod
    def load(cls, state: dict[str, Any]) -> Clusters:
        """As they were when `state` was taken; later changes to either do not touch the other."""
        if state["version"] != 1:
            raise ValueError(state["version"])
        clusters = cls(state["passages"])
        clusters._keys = list(state["keys"])
        clusters._numbers = {key: number for number, key in enumerate(clusters._keys)}
        clusters._seen, clusters._holders = unpacked("Q", state["seen"]), unpacked("I", state["holders"])
        clusters._sharers = dict(state["sharers"])
        clusters._groups, clusters._nearby = Groups.load(state["groups"]), Nearby.load(state["nearby"])
        return clusters


def _mark(*texts: str) -> int:
    """A number that tells the texts from others; never 0."""
    digest = blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1
