"""Which of a campaign's tasks name a unit, or units like it."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lachan.campaigns.models import Task
from lachan.engine.vietnamese import fold
from lachan.orgs.models import Group

_LINK = re.compile(r"https?://[^\s<>\"'“”()]+")


@dataclass(frozen=True)
class Sorted:
    """Tasks that name the unit or its like; those that name nobody; those for others."""

    own: Sequence[Task]
    common: Sequence[Task]
    others: Sequence[Task]


def sorted_for(tasks: Iterable[Task], *, kinds: Collection[str], names: Collection[str]) -> Sorted:
    """`kinds`: codes of the kinds of unit; `names`: what the unit is called. Marks and case do not matter."""
    calls = {fold(name) for name in names}
    groups = Group.objects.filter(kinds__in=kinds).distinct()
    for phrases in groups.values_list("phrases", flat=True):
        calls.update(fold(phrase) for phrase in phrases.splitlines())
    own: list[Task] = []
    common: list[Task] = []
    others: list[Task] = []
    for task in tasks:
        bodies = [fold(body) for body in task.bodies.splitlines() if body.strip()]
        (common if not bodies else own if calls.intersection(bodies) else others).append(task)
    return Sorted(own, common, others)


def links_in(text: str) -> list[str]:
    """The addresses a letter names, where its materials are; each once."""
    return list(dict.fromkeys(found.rstrip(".,;:") for found in _LINK.findall(text)))
