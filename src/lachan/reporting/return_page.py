"""How a return is laid out on its pages, and what stands beside each answer: last time's, what activities give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from lachan.activities.totals import Filled, totals_for
from lachan.engine.activities import FilledFrom
from lachan.reporting.models import Obligation, Question
from lachan.reporting.sheet import Grid, laid_out


@dataclass(frozen=True)
class Block:
    """Questions asked one under another in the same way: "numbers", "words", a "list", or the cells of a "table"."""

    kind: str
    questions: Sequence[Question]
    grid: Grid | None = None


@dataclass(frozen=True)
class Chapter:
    """A heading of the form (none where it has none), and what is asked under it."""

    title: str
    blocks: list[Block] = field(default_factory=list)


def chapters(questions: Iterable[Question]) -> list[Chapter]:
    """The questions, in the form's order, as the pages of a return lay them out."""
    found = []
    for section in laid_out(questions):
        blocks: list[Block] = []
        for kind, parts in groupby(section.parts, key=_kind):
            blocks += _blocks(kind, list(parts))
        found.append(Chapter(section.title, blocks))
    return found


def _kind(part: Question | Grid) -> str:
    if isinstance(part, Grid):
        return "table"
    return "numbers" if part.is_number else "list" if part.is_list else "words"


def _blocks(kind: str, parts: list[Any]) -> list[Block]:
    if kind == "table":
        return [Block(kind, grid.questions, grid) for grid in parts]
    return [Block(kind, [part]) for part in parts] if kind == "list" else [Block(kind, parts)]


def suggested(obligation: Obligation, questions: Iterable[Question]) -> dict[str, Filled]:
    """What the unit's activities in the period give for each question that says so, by key. One query."""
    wanted = {one.key: by for one in questions if (by := FilledFrom.from_json(one.filled_from))}
    return totals_for(
        obligation.unit,
        obligation.form.campaign,
        wanted,
        since=obligation.period_from,
        until=obligation.period_to,
    )


def still_blank(suggestions: Mapping[str, Filled], typed: Mapping[str, str]) -> dict[str, str]:
    """The suggestions that no answer stands in the way of, as they would be typed."""
    return {key: str(filled.value) for key, filled in suggestions.items() if not typed.get(key)}
