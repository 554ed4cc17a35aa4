"""Patterns of letters: wording with places in square brackets, "[hạn báo cáo]", filled from a case."""

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\[([^\[\]\n]{2,60})\]")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into their places. A place without a value, or with an empty one, stays as it is for a person to fill.

    A place that is a line of its own may take several lines: tasks, a list of units.
    """
    return _PLACE.sub(lambda found: values.get(_key(found[1])) or found[0], text)


def unfilled(text: str) -> list[str]:
    """The places still open in a text, in order, each once and with its brackets."""
    return list(dict.fromkeys(found[0] for found in _PLACE.finditer(text)))


def _key(place: str) -> str:
    return " ".join(place.lower().split())
