"""How much the name of a site is like the names of sites that were reported, by the pieces it is made of.

Swindlers and betting houses take names by the hundred, and take them alike: "sd1604.xyz", "nhanqua-vay247.top". What each piece
adds was learnt (`resemblance_training.py`, docs/model-card.md): a table of short pieces, no name of any site. Only the registered
label and its ending are looked at; what stands before them is anybody's choice.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum
from pathlib import Path

from lachan.engine.scams.domains import Name

FILE = Path(__file__).parent / "model" / "hosts.json"
SIZES = (2, 3, 4, 5, 6)  # letters of a piece
LONGEST = 40  # letters of a name that are looked at
SHOWN = 4

_TOKENS = re.compile(r"[a-z]+|[0-9]+")
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Table:
    """`pieces`: what each adds; a name whose sum is `at` or more is like those of reported sites."""

    pieces: Mapping[str, float]
    bias: float
    at: float

    def score(self, name: Name) -> float:
        """What the pieces of `name` come to, whatever the order they are added in."""
        known = self.pieces
        return fsum((self.bias, *(known.get(piece, 0.0) for piece in pieces(name))))

    def told(self, name: Name) -> tuple[str, ...]:
        """The parts of `name` that add most, as a reader sees them, the heaviest first."""
        known = self.pieces
        heavy = sorted((-adds, piece) for piece in pieces(name) if (adds := known.get(piece, 0.0)) > 0)
        seen: list[str] = []
        for _adds, piece in heavy:
            part = piece.strip("^$~")
            if ":" not in part and "#" not in part and not _inside(part, seen):
                seen.append(part)
                if len(seen) == SHOWN:
                    break
        return tuple(seen)


def _inside(part: str, seen: list[str]) -> bool:
    return (len(part) < 3 and not part.isdigit()) or any(part in one or one in part for one in seen)


def pieces(name: Name) -> set[str]:
    """What is looked at: the ending, runs of letters, how long it is, where digits stand among letters."""
    label = name.label[:LONGEST]
    ending = name.suffix.rpartition(".")[2]
    tokens = _TOKENS.findall(label)
    shape = "".join(f"{'d' if token[0].isdigit() else 'a'}{min(len(token), 5)}" for token in tokens)[:14]
    found = {f".{ending}", f".{name.suffix}", f"len:{len(label)}", f"run:{shape}", f"run:{shape}.{ending}"}
    found.add(f"end:{ending}{''.join('d' if token[0].isdigit() else 'a' for token in tokens)[:4]}")
    found.update(f"~{token}" for token in tokens)
    framed = f"^{label}$"
    _cut(framed, found)
    masked = _DIGIT.sub("#", framed)
    if masked != framed:
        _cut(masked, found)
    return found


def _cut(framed: str, into: set[str]) -> None:
    for size in SIZES:
        into.update([framed[at : at + size] for at in range(len(framed) - size + 1)])


@cache
def learnt() -> Table:
    """The table of the package."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return Table(
        {piece: float(weight) for weight, those in read["pieces"].items() for piece in those.split()},
        read["bias"],
        read["at"],
    )


def written(table: Table) -> str:
    """A table as it is kept: pieces under the weight they share, in hundredths."""
    shared: dict[str, list[str]] = {}
    for piece, weight in sorted(table.pieces.items(), key=lambda one: (one[1], one[0])):
        shared.setdefault(f"{weight:.2f}", []).append(piece)
    kept = {"bias": table.bias, "at": table.at, "pieces": {weight: " ".join(those) for weight, those in shared.items()}}
    return json.dumps(kept, ensure_ascii=False, indent=0) + "\n"
