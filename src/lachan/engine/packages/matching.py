"""Which question of our form each question of a package is: only where nothing about it differs that would change its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lachan.engine.comparison import plain
from lachan.engine.packages.report import Question


@dataclass(frozen=True)
class Here:
    """A question as it is put to the unit here, under its key."""

    key: str
    question: Question


@dataclass(frozen=True)
class Matched:
    """`found`: our questions, by the codes of the package. `lacking`: ours that must be answered and are not in it."""

    found: dict[str, Here]
    lacking: tuple[Question, ...]
    beyond: tuple[Question, ...]  # in the package, and not asked here


def match(theirs: Sequence[Question], ours: Iterable[Here]) -> Matched:
    """Match by wording, kind, unit of count and rule of merging; of several alike, by code.

    A code alone decides nothing: two forms drawn up apart both have a question "1".
    """
    free: dict[tuple[object, ...], list[Question]] = {}
    for one in theirs:
        free.setdefault(_meaning(one), []).append(one)
    found, lacking = {}, []
    for here in ours:
        alike = free.get(_meaning(here.question), [])
        same = next((one for one in alike if one.code == here.question.code), alike[0] if alike else None)
        if same:
            alike.remove(same)
            found[same.code] = here
        elif here.question.required:
            lacking.append(here.question)
    return Matched(found, tuple(lacking), tuple(one for one in theirs if one.code not in found))


def _meaning(one: Question) -> tuple[object, ...]:
    columns = tuple((plain(column.label), column.kind) for column in one.columns)
    return plain(one.text), one.kind, one.measure, plain(one.counted_in), columns
