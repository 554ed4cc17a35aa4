"""What somebody holds in a unit: parts above tell it by `held_by` and `hand_over` on an AppConfig, paths of functions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from lachan.orgs.models import Person, Unit


@dataclass(frozen=True)
class Holding:
    """One thing in somebody's hands: in words, and where it is."""

    words: str
    href: str


def held_by(person: Person, unit: Unit) -> list[Holding]:
    """Everything `person` holds in `unit`, part by part."""
    tellers: list[Callable[[Person, Unit], list[Holding]]] = _named("held_by")
    return [holding for tell in tellers for holding in tell(person, unit)]


def hand_over(person: Person, to: Person, unit: Unit, *, by: Person, now: datetime) -> None:
    """What can stand under one name only passes to `to`. What is the unit's own needs no handing over."""
    givers: list[Callable[..., None]] = _named("hand_over")
    for give in givers:
        give(person, to, unit, by=by, now=now)


def _named(attribute: str) -> list[Any]:
    paths = [getattr(config, attribute) for config in apps.get_app_configs() if hasattr(config, attribute)]
    return [import_string(path) for path in paths]
