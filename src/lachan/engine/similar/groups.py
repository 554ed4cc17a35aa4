"""Members in groups that grow as the machine joins them, inside what people have decided.

A person ties members (they stay together) and parts them (they stay apart). Both hold for ever: what the machine would join against
a parting stays apart, and what it has joined gives way to a tie. Only another decision of a person can stand against one, and is
refused.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from lachan.engine.similar.saving import packed, unpacked


class Contradicts(Exception):
    """A decision that cannot hold beside an earlier one."""


Walls = dict[int, int]
"""By the number of a parting, the side one is on."""


_NONE = 0xFFFFFFFF


class Groups:
    """A partition of the numbers from 0 on. A group is known by its number, which is never used again.

    A member may be spoken of before it is there; until then it is not counted or listed.
    """

    def __init__(self) -> None:
        self.group = array("I")  # of each member
        self._here = bytearray()  # of each member, whether it is there
        self._next = array("I")  # the members of a group stand in a ring
        self._size = array("I")  # of each group
        self._first = array("I")  # some member of each group; _NONE where it has gone into another
        self._ties: dict[int, set[int]] = {}  # of members a person has tied: all of that tie, in one set
        self._walls: dict[int, Walls] = {}  # of members a person has parted from others; never changed in place
        self._group_walls: dict[int, Walls] = {}
        self._partings = 0

    def new(self) -> int:
        """A further member, in a group of its own, not there yet."""
        member = len(self.group)
        self.group.append(self._found(member))
        self._here.append(0)
        self._next.append(member)
        return member

    def arrive(self, member: int) -> None:
        """The member is there from now on."""
        self._size[self.group[member]] += 1 - self._here[member]
        self._here[member] = 1

    def size(self, group: int) -> int:
        """How many are in a group."""
        return self._size[group]

    def members(self, group: int) -> Iterator[int]:
        """Those of a group who are there; none where it has gone into another."""
        return (member for member in self._all(group) if self._here[member])

    def is_gone(self, group: int) -> bool:
        """Whether the group has gone into another."""
        return self._first[group] == _NONE

    def is_walled(self, group: int) -> bool:
        """Whether somebody in the group was parted from others."""
        return group in self._group_walls

    def join(self, one: int, other: int) -> bool:
        """Put the groups of two members together, unless a person has parted any of theirs; whether they are together now."""
        a, b = self.group[one], self.group[other]
        if a == b:
            return True
        if not _agree(self._group_walls.get(a), self._group_walls.get(b)):
            return False
        self._merge(a, b)
        return True

    def tie(self, one: int, other: int) -> None:
        """Keep two members together for ever. Where a parting keeps their groups apart, they leave those that hinder them.

        Raises `Contradicts` when they, or members tied to them, were parted.
        """
        these, those = self._tied(one), self._tied(other)
        if these is those:
            return
        if not _agree(self._walls_of(these), self._walls_of(those)):
            raise Contradicts
        if not self.join(one, other):
            self._bring_together(these, those)
        few, many = sorted((these, those), key=len)
        many |= few
        self._ties.update(dict.fromkeys((*few, one, other), many))

    def part(self, leaving: Iterable[int], staying: Iterable[int] = ()) -> None:
        """Keep each of `leaving` apart from each of `staying` for ever; without `staying`: from all others in their groups.

        Those tied to one of them go with it; others of a group that is cut stay. Raises `Contradicts` when some are tied across.
        """
        out = {tied for member in leaving for tied in self._tied(member)}
        stay = {tied for member in staying for tied in self._tied(member)}
        cut = {self.group[member] for member in out}
        stay = stay or {member for group in cut for member in self._all(group)} - out
        if out & stay:
            raise Contradicts
        for group in cut & {self.group[member] for member in stay}:
            self._carve(group, {member for member in out if self.group[member] == group})
        self._partings += 1
        for side, members in enumerate((out, stay)):
            self._wall(members, side)

    def _wall(self, members: Iterable[int], side: int) -> None:
        """Put members on a side of the latest parting. Those with the same walls before share one object after, however many."""
        shared: dict[tuple[tuple[int, int], ...], Walls] = {}
        for member in members:
            before = self._walls.get(member, {})
            self._walls[member] = shared.setdefault(tuple(before.items()), before | {self._partings: side})
            self._group_walls.setdefault(self.group[member], {})[self._partings] = side

    def _tied(self, member: int) -> set[int]:
        return self._ties.get(member) or {member}

    def _walls_of(self, members: Iterable[int]) -> Walls:
        different = {id(walls): walls for member in members if (walls := self._walls.get(member))}
        return {wall: side for walls in different.values() for wall, side in walls.items()}

    def _bring_together(self, these: set[int], those: set[int]) -> None:
        """Those leave their group for that of these, or the other way round, or both leave."""
        one, other = min(these), min(those)
        for movers, goal in ((those, one), (these, other)):
            walls = self._group_walls.get(self.group[goal])
            if _agree(self._walls_of(movers), walls):
                self._carve(self.group[min(movers)], movers)
                break
        else:
            self._carve(self.group[one], these)
            self._carve(self.group[other], those)
        self._merge(self.group[one], self.group[other])

    def _found(self, member: int) -> int:
        self._size.append(0)
        self._first.append(member)
        return len(self._size) - 1

    def _all(self, group: int) -> Iterator[int]:
        first = at = self._first[group]
        while at != _NONE:
            yield at
            at = self._next[at]
            if at == first:
                return

    def _merge(self, a: int, b: int) -> None:
        """The smaller group goes into the larger one, of equals the later into the earlier."""
        keep, lost = (a, b) if (self._size[a], -a) > (self._size[b], -b) else (b, a)
        group, kept, gone = self.group, self._first[keep], self._first[lost]
        for member in self._all(lost):
            group[member] = keep
        self._next[kept], self._next[gone] = self._next[gone], self._next[kept]
        self._size[keep] += self._size[lost]
        self._size[lost], self._first[lost] = 0, _NONE
        if lost in self._group_walls:
            self._group_walls.setdefault(keep, {}).update(self._group_walls.pop(lost))

    def _carve(self, group: int, leaving: set[int]) -> None:
        staying = [member for member in self._all(group) if member not in leaving]
        if not staying:
            return
        self._group_walls.pop(group, None)
        self._settle(group, staying)
        self._settle(self._found(min(leaving)), sorted(leaving))

    def _settle(self, group: int, members: list[int]) -> None:
        self._size[group], self._first[group] = sum(self._here[member] for member in members), members[0]
        for place, member in enumerate(members):
            self.group[member] = group
            self._next[member] = members[place - 1]
        if walls := self._walls_of(members):
            self._group_walls[group] = walls

    def state(self) -> dict[str, Any]:
        """Everything, as plain values, for `load`."""
        ties = {id(tie): sorted(tie) for tie in self._ties.values()}
        walled: dict[tuple[tuple[int, int], ...], list[int]] = {}
        for member, walls in self._walls.items():
            walled.setdefault(tuple(walls.items()), []).append(member)
        return {
            "group": packed(self.group),
            "here": packed(self._here),
            "next": packed(self._next),
            "size": packed(self._size),
            "first": packed(self._first),
            "ties": sorted(ties.values()),
            "walls": sorted([sorted(members), list(map(list, walls))] for walls, members in walled.items()),
            "partings": self._partings,
        }

    @classmethod
    def load(cls, state: dict[str, Any]) -> Groups:
        """As they were when `state` was taken."""
        groups = cls()
        groups.group, groups._next = unpacked("I", state["group"]), unpacked("I", state["next"])
        groups._size, groups._first = unpacked("I", state["size"]), unpacked("I", state["first"])
        groups._here = bytearray(unpacked("B", state["here"]))
        for tie in map(set, state["ties"]):
            groups._ties.update(dict.fromkeys(tie, tie))
        for members, pairs in state["walls"]:
            walls = dict(map(tuple, pairs))
            groups._walls.update(dict.fromkeys(members, walls))
            for member in members:
                groups._group_walls.setdefault(groups.group[member], {}).update(walls)
        groups._partings = state["partings"]
        return groups


def _agree(one: Walls | None, other: Walls | None) -> bool:
    """Whether no parting has the two on different sides."""
    return not one or not other or all(other.get(wall, side) == side for wall, side in one.items())
