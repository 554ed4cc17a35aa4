"""Rows of figures as the database keeps them: numbers and coverage; words and lists are counted, not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from decimal import Decimal
from typing import Any

from lachan.engine.rollup import Coverage, Row, State


def to_json(row: Row) -> dict[str, Any]:
    """A row of figures as plain values; its words and lists are counted, not kept."""
    return {"coverage": astuple(row.coverage), "states": {key: state_to_json(one) for key, one in row.states.items()}}


def state_to_json(state: State) -> list[Any]:
    """One state of such a row."""
    return [*astuple(state.coverage), state.answers, state.positive, str(state.total), _text(state.highest)]


def from_json(kept: dict[str, Any]) -> Row:
    """A row as `to_json` gave it."""
    return Row({key: state_from_json(one) for key, one in kept["states"].items()}, Coverage(*kept["coverage"]))


def state_from_json(kept: Sequence[Any]) -> State:
    """A state as `state_to_json` gave it."""
    *coverage, answers, positive, added, highest = kept
    most = None if highest is None else Decimal(highest)
    return State(Decimal(added), answers, positive, most, coverage=Coverage(*coverage))


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
