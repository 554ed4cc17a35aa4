"""The units of the demonstration: Thanh Hóa in its three-level shape of 30 June 2025, with bodies made up around it.

The province is frozen in that shape (its units do not end on 1 July 2025), so that the sample can be used on any day.
"""

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lachan.orgs.actions import Founding, found_units, load_catalogue
from lachan.orgs.models import Unit
from lachan.orgs.official import REFORM, read_country
from lachan.project.sample import HERE

PROVINCE = "38"
UPPER_SECONDARY_SCHOOLS = 3  # in each district, under the department of education
LOWER_SECONDARY_SCHOOLS = 14  # at most, in each district


@dataclass(frozen=True)
class Province:
    """The units by code. Districts and communes keep their official codes; other bodies have codes of the sample."""

    units: dict[str, Unit]
    names: dict[str, str]

    def named(self, name: str) -> Unit:
        """The unit of exactly that name."""
        return self.units[next(code for code, known in self.names.items() if known == name)]


def found_province(*, now: datetime) -> Province:
    """Found all units of the sample, from the province down: 26 districts, 547 communes, and some 450 other bodies."""
    load_catalogue()
    units: dict[str, Unit] = {}
    names: dict[str, str] = {}
    old = [v for v in read_country({PROVINCE}).versions if v.valid_from < REFORM]
    official = [(v.key.code, v.parent.code if v.parent else None, v.kind, v.name, "UBND") for v in old]
    for length in (2, 3, 5):  # province, district, commune: the code's length is the level
        _found([row for row in official if len(row[0]) == length], units, names, now)
    bodies = [(r["code"], r["parent"], r["kind"], r["name"], r["symbol"]) for r in csv.DictReader(lines("bodies.csv"))]
    _found([row for row in bodies if row[1] == PROVINCE], units, names, now)
    _found([row for row in bodies if row[1] != PROVINCE], units, names, now)
    _found(_schools(official), units, names, now)
    return Province(units, names)


Body = tuple[str, str | None, str, str, str]


def _schools(official: Sequence[Body]) -> list[Body]:
    found: list[Body] = []
    for code, _parent, _kind, name, _symbol in official:
        if len(code) != 3:
            continue
        short = name.split(" ", 2)[2] if name.startswith(("Thành phố", "Thị xã")) else name.split(" ", 1)[1]
        found += [
            (f"TH{code}{n}", "T03", "upper-secondary-school", f"Trường THPT {short} {n}", f"THPT{n}")
            for n in range(1, UPPER_SECONDARY_SCHOOLS + 1)
        ]
        communes = [row for row in official if row[1] == code][:LOWER_SECONDARY_SCHOOLS]
        found += [
            (f"CS{row[0]}", code, "lower-secondary-school", f"Trường THCS {_without_kind(row[3])}", "THCS")
            for row in communes
        ]
    return found


def _without_kind(name: str) -> str:
    return name.removeprefix("Thị trấn ").removeprefix("Phường ").removeprefix("Xã ")


def _found(bodies: Sequence[Body], units: dict[str, Unit], names: dict[str, str], now: datetime) -> None:
    founded = found_units(
        [
            Founding(code=code, name=name, kind=kind, parent=units[parent] if parent else None, letter_symbol=symbol)
            for code, parent, kind, name, symbol in bodies
        ],
        by=None,
        now=now,
    )
    for (code, _parent, _kind, name, _symbol), unit in zip(bodies, founded, strict=True):
        units[code], names[code] = unit, name


def letter_template() -> dict[str, object]:
    """The sample's letter, its dates still open."""
    return tomllib.loads((HERE / "letter.toml").read_text(encoding="utf-8"))


def lines(file: str) -> list[str]:
    """The lines of one of the sample's text files."""
    return (HERE / file).read_text(encoding="utf-8").splitlines()
