"""The channels and audiences, as data: `channels.csv` and `audiences.csv` beside this, each with its source at the head."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Channel:
    """One way in which information reaches people.

    `grassroots`: which of the eight kinds of Decree 49/2024/NĐ-CP, from 1; None outside them. `asks`: the numbers that are asked
    besides how many times: "audience", "copies", "minutes". `phrases`: how indicators of report forms name it.
    """

    code: str
    grassroots: int | None
    name: str
    name_en: str
    counted_in: str
    counted_in_en: str
    reached: str
    reached_en: str
    asks: frozenset[str]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an activity was for."""

    code: str
    name: str
    name_en: str
    phrases: tuple[str, ...]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file beside this, its head left out."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _listed(text: str, separator: str | None) -> tuple[str, ...]:
    return tuple(part for part in text.split(separator) if part)


CHANNELS: Mapping[str, Channel] = {
    row["code"]: Channel(
        **row
        | {
            "grassroots": int(row["grassroots"]) if row["grassroots"] else None,
            "asks": frozenset(_listed(row["asks"], None)),
            "phrases": _listed(row["phrases"], "|"),
        }  # type: ignore[arg-type]  # the columns of the file are the fields of the class
    )
    for row in rows("channels.csv")
}
"""By code, in the order in which they are offered."""

AUDIENCES: Mapping[str, Audience] = {
    row["code"]: Audience(row["code"], row["name"], row["name_en"], _listed(row["phrases"], "|"))
    for row in rows("audiences.csv")
}
"""By code, in the order in which they are offered."""
