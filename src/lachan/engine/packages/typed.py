"""JSON from elsewhere as frozen dataclasses, each field held to its type; nothing is guessed and nothing is passed over."""

import json
import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from lachan.engine.packages.unfit import Unfit, Why

Made = TypeVar("Made")
LONGEST = 100_000
"""Characters in one text."""
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database keeps and nobody types."""


def read(kind: type[Made], data: bytes, name: str) -> Made:
    """The JSON of the file `name` as `kind`. Raises Unfit with the path of the first field that is not of its type."""
    made: Made = built(kind, parsed(data, name), name)
    return made


def parsed(data: bytes, name: str) -> Any:
    """The JSON of the file `name`. Raises Unfit where it is none."""
    try:
        return json.loads(data, parse_constant=_no_number, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise Unfit(Why.WRONG_TYPE, name) from None


def _no_number(word: str) -> None:
    raise ValueError(word)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a field stands twice")
    return dict(pairs)


def built(kind: Any, value: Any, where: str) -> Any:
    """`value` as `kind`: a dataclass, a tuple of one kind, a plain type, or one of several."""
    if isinstance(kind, UnionType):
        return (
            None if value is None else built(next(one for one in get_args(kind) if one is not NoneType), value, where)
        )
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise Unfit(Why.WRONG_TYPE, where)
        return tuple(built(get_args(kind)[0], one, f"{where}[{at}]") for at, one in enumerate(value))
    if is_dataclass(kind):
        return _record(kind, value, where)
    return _plain(kind, value, where)


def _record(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise Unfit(Why.WRONG_TYPE, where)
    hints = get_type_hints(kind)
    given = {}
    for one in fields(kind):
        if one.name in value:
            given[one.name] = built(hints[one.name], value[one.name], f"{where}.{one.name}")
        elif one.default is MISSING:
            raise Unfit(Why.WRONG_TYPE, f"{where}.{one.name}")
    make: Callable[..., Any] = kind
    try:
        return make(**given)
    except ValueError as problem:  # what the record itself says of its fields
        raise Unfit(Why.WRONG_TYPE, f"{where}.{problem}") from None


def _plain(kind: type[Any], value: Any, where: str) -> Any:
    if issubclass(kind, StrEnum):
        if value not in list(kind):
            raise Unfit(Why.WRONG_TYPE, where)
        return kind(value)
    if type(value) is not kind:  # True is no number here
        raise Unfit(Why.WRONG_TYPE, where)
    if kind is str and (len(value) > LONGEST or _UNKEEPABLE.search(value)):
        raise Unfit(Why.WRONG_TYPE, where)
    if kind is int and not 0 <= value < 2**53:
        raise Unfit(Why.WRONG_TYPE, where)
    return value
