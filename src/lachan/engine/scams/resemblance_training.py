"""Learning which pieces the names of reported sites share: logistic regression by gradient steps, in plain Python.

Three kinds of names go in: reported ones, well-known ones of the world, and names made of Vietnamese words that follow one another
in ordinary text. The last stand for the shops and firms of Vietnam that no list of the world holds: without them every Vietnamese
word would speak against a site, since nearly all Vietnamese names on such lists are reported ones.

A third of all domains, by their hash, is never learnt from (`is_held_out`), and some of the rest is kept to set the limit by.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import exp
from zlib import crc32

from lachan.engine.scams.domains import split
from lachan.engine.scams.resemblance import Table, pieces
from lachan.engine.vietnamese import fold

ROUNDS = 12
STEP = 0.2
RIDGE = 3.0  # L2, for all names together, so that rare pieces are held back most
RAREST = 4  # names in which a piece must stand
LEAST = 0.1  # a weight below it is not kept
KNOWN_WEIGHS = 3.0  # a well-known name counts as so many: a false alarm is dearer than a miss
FALSE_ALARMS = 0.0042  # of the well-known names kept apart may reach the limit
MADE_UP = 6_000  # names made of each text

Row = tuple[tuple[str, ...], bool, float]


def is_held_out(host: str) -> bool:
    """Whether the site is kept for measuring only: a third of all, by their registered domain."""
    return crc32(split(host).domain.encode()) % 3 == 0


def _sets_the_limit(host: str) -> bool:
    return crc32(split(host).domain.encode()) % 15 in {1, 2}


def train(reported: Iterable[str], known: Iterable[str], texts: Sequence[Iterable[str]], seed: int = 0) -> Table:
    """The table that tells `reported` hosts best from `known` ones and from names made of `texts`, lines of Vietnamese."""
    good = sorted(known)
    well_known = {split(host).domain for host in good}
    bad = {split(host).domain for host in reported if not is_held_out(host)} - well_known
    rng = random.Random(seed)  # noqa: S311 (an order of steps and made-up names, no secret)
    rows: list[Row] = [(_pieces(domain), True, 1.0) for domain in sorted(bad)]
    rows += [(_pieces(host), False, KNOWN_WEIGHS) for host in good if not (is_held_out(host) or _sets_the_limit(host))]
    rows += [(_pieces(host), False, 1.0) for lines in texts for host in ordinary(lines, rng)]
    table = _fitted(rows, rng)
    scores = sorted((table.score(split(host)) for host in good if _sets_the_limit(host)), reverse=True)
    at = scores[int(len(scores) * FALSE_ALARMS)] if scores else 0.0
    return Table(table.pieces, table.bias, round(at + 0.01, 2))


def _pieces(host: str) -> tuple[str, ...]:
    return tuple(sorted(pieces(split(host))))


def _fitted(rows: list[Row], rng: random.Random) -> Table:
    """AdaGrad with weight decay. The same rows give the same weights."""
    times = Counter(piece for found, _, _ in rows for piece in found)
    kept = {piece for piece, often in times.items() if often >= RAREST}
    weights = dict.fromkeys(sorted(kept), 0.0)
    squares = dict.fromkeys(weights, 1e-3)
    shrink = {piece: RIDGE / times[piece] for piece in weights}
    bias, bias_square = 0.0, 1e-3
    ready = [([piece for piece in found if piece in kept], bad, weight) for found, bad, weight in rows]
    for _ in range(ROUNDS):
        rng.shuffle(ready)
        for found, bad, weight in ready:
            score = bias + sum(map(weights.__getitem__, found))
            error = weight * (1 / (1 + exp(-max(-30.0, min(30.0, score)))) - bad)
            bias_square += error * error
            bias -= STEP * error / bias_square**0.5
            for piece in found:
                slope = error + shrink[piece] * weights[piece]
                squares[piece] += slope * slope
                weights[piece] -= STEP * slope / squares[piece] ** 0.5
    return Table({p: round(w, 1) for p, w in weights.items() if abs(w) >= LEAST}, round(bias, 2), 0.0)


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
