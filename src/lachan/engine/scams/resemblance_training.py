"""Learning which pieces the names of reported sites share: a linear support vector machine, in plain Python.

Three kinds of names go in: reported ones, well-known ones of the world, and names made of Vietnamese words that follow one another
in ordinary text. The last stand for the shops and firms of Vietnam that no list of the world holds: without them every Vietnamese
word would speak against a site, since nearly all Vietnamese names on such lists are reported ones.

A third of all domains, by their hash, is never learnt from (`is_held_out`). The limit is set by what well-known names score in
tables that have not seen them.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from zlib import crc32

from lachan.engine.scams.domains import split
from lachan.engine.scams.resemblance import Table, pieces
from lachan.engine.vietnamese import fold

ROUNDS = 12
MISSES = 0.03  # what a miss costs beside the size of the weights, for a name that counts as one
RAREST = 2  # names in which a piece must stand
LEAST = 0.02  # a weight below it is not kept
KNOWN_WEIGHS = 3.0  # a well-known name counts as so many: a false alarm is dearer than a miss
FALSE_ALARMS = 0.0042  # of the well-known names may reach the limit of a table that has not seen them
PARTS = 3  # each is scored by a table learnt from the others
MADE_UP = 6_000  # names made of each text

Row = tuple[tuple[str, ...], bool, float]


def is_held_out(host: str) -> bool:
    """Whether the site is kept for measuring only: a third of all, by their registered domain."""
    return crc32(split(host).domain.encode()) % 3 == 0


def train(reported: Iterable[str], known: Iterable[str], texts: Sequence[Iterable[str]], seed: int = 0) -> Table:
    """The table that tells `reported` hosts best from `known` ones and from names made of `texts`, lines of Vietnamese."""
    good = sorted(host for host in known if not is_held_out(host))
    well_known = {split(host).domain for host in good}
    bad = {split(host).domain for host in reported if not is_held_out(host)} - well_known
    rng = random.Random(seed)  # noqa: S311 (an order of steps and made-up names, no secret)
    named = [(domain, True, 1.0) for domain in sorted(bad)]
    named += [(host, False, KNOWN_WEIGHS) for host in good]
    named += [(host, False, 1.0) for lines in texts for host in ordinary(lines, rng)]
    rows = [(_pieces(host), is_bad, weight) for host, is_bad, weight in named]
    parts = [_part(host) for host, _, _ in named]
    scores: list[float] = []
    for part in range(PARTS):
        unseen = _fitted([row for row, its in zip(rows, parts, strict=True) if its != part], rng)
        scores += [unseen.score(split(host)) for host in good if _part(host) == part]
    scores.sort(reverse=True)
    table = _fitted(rows, rng)
    return Table(table.pieces, table.bias, round(scores[int(len(scores) * FALSE_ALARMS)] + 0.01, 2) if scores else 0.0)


def _part(host: str) -> int:
    return crc32(split(host).domain.encode()) // 3 % PARTS


def _pieces(host: str) -> tuple[str, ...]:
    return tuple(sorted(pieces(split(host))))


def _fitted(rows: list[Row], rng: random.Random) -> Table:
    """Dual coordinate descent for the squared hinge loss (Hsieh and others, ICML 2008). The same rows give the same weights."""
    times = Counter(piece for found, _, _ in rows for piece in found)
    places = {piece: place for place, piece in enumerate(sorted(piece for piece, n in times.items() if n >= RAREST))}
    always = len(places)
    ready = [
        (
            (*(places[piece] for piece in found if piece in places), always),
            1.0 if bad else -1.0,
            0.5 / (MISSES * weight),
        )
        for found, bad, weight in rows
    ]
    weights = [0.0] * (always + 1)
    pulls = [0.0] * len(ready)  # how much each name pulls: nothing, when it is told well
    order = list(range(len(ready)))
    for _ in range(ROUNDS):
        rng.shuffle(order)
        for at in order:
            found, side, slack = ready[at]
            short = 1 - side * sum(map(weights.__getitem__, found)) - slack * pulls[at]
            pull = max(0.0, pulls[at] + short / (len(found) + slack))
            if pull != pulls[at]:
                step = side * (pull - pulls[at])
                for place in found:
                    weights[place] += step
                pulls[at] = pull
    kept = {piece: round(weights[place], 2) for piece, place in places.items()}
    return Table({piece: w for piece, w in kept.items() if abs(w) >= LEAST}, round(weights[always], 2), 0.0)


_ENDINGS = ("com", "com", "com", "vn", "vn", "com.vn", "com.vn", "net")
_ADDED = ("{}vn", "{}-vn", "{}vietnam", "viet{}", "{}24h", "{}365")
_VARIED = 0.15  # of the names have something added, as firms do


def ordinary(lines: Iterable[str], rng: random.Random) -> list[str]:
    """Hosts named by two to four words that follow one another in `lines`."""
    names: set[str] = set()
    for line in lines:
        words = re.findall(r"[a-z]+", fold(line).lower())
        at = 0
        while at < len(words):
            size = rng.choice((2, 2, 3, 3, 4))
            if at + size <= len(words):
                names.add("".join(words[at : at + size]))
            at += size
    chosen = rng.sample(sorted(names), min(MADE_UP, len(names)))
    varied = (rng.choice(_ADDED).format(name) if rng.random() < _VARIED else name for name in chosen)
    return [f"{name}.{rng.choice(_ENDINGS)}" for name in varied]
