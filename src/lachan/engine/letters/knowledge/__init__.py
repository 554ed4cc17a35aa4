"""What the reader knows: kinds of documents, bodies, posts, names; lists with their source at the head of each file."""

import csv
from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `name`.csv, by column."""
    return tuple(csv.DictReader(_lines(f"{name}.csv")))


@cache
def column(name: str, head: str) -> tuple[str, ...]:
    """One column of `name`.csv, each value once, in the file's order."""
    return tuple(dict.fromkeys(row[head] for row in rows(name)))


@cache
def words(name: str, separator: str | None = None) -> tuple[str, ...]:
    """The entries of `name`.txt: separated by spaces, or by `separator`."""
    return tuple(dict.fromkeys(entry.strip() for line in _lines(f"{name}.txt") for entry in line.split(separator)))
