"""States of figures as they are kept: a state as JSON, a row as the columns of `KeptRow`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from decimal import Decimal
from typing import Any

from lachan.engine.rollup import Coverage, Row, State
from lachan.reporting.summing import MERGED, RETURNS


def state_to_json(state: State) -> list[Any]:
    """What merging a number further needs."""
    highest = None if state.highest is None else str(state.highest)
    return [*astuple(state.coverage), state.answers, state.positive, str(state.total), highest]


def state_from_json(kept: Sequence[Any]) -> State:
    """A state as `state_to_json` gave it."""
    *coverage, answers, positive, added, highest = kept
    most = None if highest is None else Decimal(highest)
    return State(Decimal(added), answers, positive, most, coverage=Coverage(*coverage))


def columns_of(row: Row) -> dict[str, list[Any]]:
    """A row as the columns of `KeptRow`, by their names."""
    states = {RETURNS: State(coverage=row.coverage), **{int(key): one for key, one in row.states.items()}}
    parts = [(*astuple(one.coverage), one.answers, one.positive, one.total, one.highest) for one in states.values()]
    merged = dict(zip(MERGED, map(list, zip(*parts, strict=True)), strict=True))
    return {"questions": list(states), **merged}
