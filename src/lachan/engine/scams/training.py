"""Learning the weights of words from labelled messages: logistic regression with L2 by gradient steps, in plain Python.

Words are learnt as if there were no signs. The signs were written with such messages in sight, so that words fitted to what signs
leave open would be of no help where the signs fail, as they will on new messages. A group of near-duplicates counts as the square
root of its size, and what was written by hand counts less than what was sent.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from zlib import crc32

from lachan.engine.scams.signs import find, read
from lachan.engine.scams.verdict import BIAS, balance, weighed
from lachan.engine.scams.weights import Weights, added, chance, features_of, scale_of

ROUNDS = 20
STEP = 0.5
SHRINK = 0.04  # L2, over all messages
RAREST = 2  # messages of different groups in which a word must stand
BY_HAND = 0.6  # what a hand-written message counts
FOLDS = 5
CALIBRATING = 25  # steps
LEAST = 0.05  # weights below it are left out


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled message: its words, how much each adds, and what the signs say of it, in log-odds."""

    group: str
    bad: bool
    features: tuple[str, ...]
    scale: float = 1.0
    counts: float = 1.0
    signs: float = BIAS

    def total(self, weights: Weights) -> float:
        """What signs and words come to."""
        known = weights.words
        return self.signs + added([(known[f] * self.scale, 0, 0) for f in self.features if f in known], weights.bias)


def example(text: str, verdict: str, group: str, counts: float = 1.0) -> Example:
    """`text` made ready. A message to be careful with counts as bad: words alone do not tell how bad."""
    apart = read(text)
    words = apart.folded.words
    signs = BIAS + balance(weighed(find(apart)))
    return Example(group, verdict != "none", tuple(features_of(words)), scale_of(words), counts, signs)


def train(examples: Sequence[Example], seed: int = 0) -> Weights:
    """The weights that fit `examples` best. The same examples give the same weights."""
    groups: dict[str, set[str]] = {}
    uses = Counter(feature for one in examples for feature in one.features)
    for one in examples:
        for feature in one.features:
            groups.setdefault(feature, set()).add(one.group)
    shrink = {feature: SHRINK / uses[feature] for feature, held in sorted(groups.items()) if len(held) >= RAREST}
    sizes = Counter(one.group for one in examples)
    rows = [([f for f in one.features if f in shrink], one.counts / sqrt(sizes[one.group]), one) for one in examples]
    words = dict.fromkeys(shrink, 0.0)
    squares = dict.fromkeys(shrink, 1e-6)
    bias, bias_square = 0.0, 1e-6
    rng = random.Random(seed)  # noqa: S311 (an order of steps, no secret)
    for _ in range(ROUNDS):
        rng.shuffle(rows)
        for features, counts, one in rows:
            score = bias + one.scale * sum([words[f] for f in features])
            error = (chance(score) - one.bad) * counts
            bias_square += error * error
            bias -= STEP * error / sqrt(bias_square)
            slope = error * one.scale
            for f in features:
                down = slope + shrink[f] * words[f]
                squares[f] += down * down
                words[f] -= STEP * down / sqrt(squares[f])
    return Weights({f: round(w, 2) for f, w in words.items() if abs(w) >= LEAST}, round(bias, 3))


def out_of_fold(examples: Sequence[Example]) -> list[float]:
    """What signs and words come to for each example, its words weighed by what other groups have taught."""
    totals = [0.0] * len(examples)
    parts = folds(examples)
    for part in range(FOLDS):
        weights = train([one for one, its in zip(examples, parts, strict=True) if its != part])
        for at, (one, its) in enumerate(zip(examples, parts, strict=True)):
            if its == part:
                totals[at] = one.total(weights)
    return totals


def calibrated(weights: Weights, examples: Sequence[Example], totals: Sequence[float]) -> Weights:
    """`weights` that turn log-odds into the share of such messages that were bad (Platt 1999), by Newton's steps.

    `totals`: those of `out_of_fold`. A straight line keeps the order of messages, which steps (isotonic regression) would not.
    """
    rows = [(total, one.bad, one.counts) for one, total in zip(examples, totals, strict=True)]
    line = (1.0, 0.0)
    for _ in range(CALIBRATING):
        step = _step(line, rows)
        nearer = ((line[0] - step[0] / 2**halved, line[1] - step[1] / 2**halved) for halved in range(20))
        line = next((tried for tried in nearer if _loss(tried, rows) < _loss(line, rows)), line)
    return replace(weights, slope=round(line[0], 3), offset=round(line[1], 3))


_Row = tuple[float, bool, float]


def _loss(line: tuple[float, float], rows: Sequence[_Row]) -> float:
    """How badly a line tells good from bad (logarithmic loss)."""
    chances = ((chance(line[0] * total + line[1]), bad, counts) for total, bad, counts in rows)
    return -sum(counts * log(p if bad else 1 - p) for p, bad, counts in chances)


def _step(line: tuple[float, float], rows: Sequence[_Row]) -> tuple[float, float]:
    """Newton's step from a line."""
    first = second = 0.0
    aa = bb = 1e-6
    ab = 0.0
    for total, bad, counts in rows:
        p = chance(line[0] * total + line[1])
        error, spread = (p - bad) * counts, p * (1 - p) * counts
        first, second = first + error * total, second + error
        aa, ab, bb = aa + spread * total * total, ab + spread * total, bb + spread
    size = aa * bb - ab * ab
    return (bb * first - ab * second) / size, (aa * second - ab * first) / size


@dataclass(frozen=True, slots=True)
class Band:
    """Messages whose scores are near one another: how many, their mean score, and the share that was bad."""

    messages: int
    score: float
    bad: float


def reliability(scores: Sequence[tuple[float, bool]]) -> tuple[float, list[Band]]:
    """The expected calibration error (mean gap between score and share over ten bands of score), and the bands."""
    bands: dict[int, list[tuple[float, bool]]] = {}
    for score, bad in scores:
        bands.setdefault(min(9, int(score * 10)), []).append((score, bad))
    found = [
        Band(len(those), sum(score for score, _ in those) / len(those), sum(bad for _, bad in those) / len(those))
        for _, those in sorted(bands.items())
    ]
    return sum(band.messages * abs(band.score - band.bad) for band in found) / max(1, len(scores)), found


def is_held_apart(sample_id: str) -> bool:
    """Whether a hand-written sample is kept for measuring: half of them, by their name, are never learnt from."""
    return crc32(sample_id.encode()) % 2 == 1


def folds(examples: Sequence[Example], seed: int = 0) -> list[int]:
    """Which of `FOLDS` parts each example is in; a group is never parted."""
    groups = sorted({one.group for one in examples})
    random.Random(seed).shuffle(groups)  # noqa: S311
    part = {group: place % FOLDS for place, group in enumerate(groups)}
    return [part[one.group] for one in examples]
