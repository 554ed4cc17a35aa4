"""Learning the weights of words from labelled messages: logistic regression with L2 by gradient steps, in plain Python.

Words are learnt as if there were no signs. The signs were written with such messages in sight, so that words fitted to what signs
leave open would be of no help where the signs fail, as they will on new messages. A group of near-duplicates counts as the square
root of its size. What was written by hand counts more than what was sent, of which most is alike: it is where new forms are learnt.
A message with marks teaches twice, half with them and half without.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from zlib import crc32

from lachan.engine.scams.signs import read
from lachan.engine.scams.verdict import BIAS, balance, reasons
from lachan.engine.scams.weights import Weights, added, chance, counting, features_of, marked_of, scale_of

ROUNDS = 12
STEP = 0.5
SHRINK = 0.01  # L2, over all messages
RAREST = 2  # messages of different groups in which a word must stand
BY_HAND = 3.0  # what a hand-written message counts
SMOOTH = 0.5  # messages added to each side before a word's shares are compared
FOLDS = 5
CALIBRATING = 25  # steps
TEACHING = "teaching-"  # begins the names of samples that were written to learn from
LEAST = 0.02  # weights below it are left out


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled message: its words, how much each adds, and what the signs say of it, in log-odds."""

    group: str
    bad: bool
    features: tuple[str, ...]
    scale: float = 1.0
    counts: float = 1.0
    signs: float = BIAS
    marked: tuple[str, ...] = ()  # the words that have marks, with them
    story: bool = False

    def total(self, weights: Weights) -> float:
        """What signs and words come to."""
        known = weights.words
        scale = self.scale * counting(self.story)[0]
        return self.signs + added(
            sum(known[f] * scale for f in self.features + self.marked if f in known),
            weights.bias,
            story=self.story,
        )


def example(text: str, verdict: str, group: str, counts: float = 1.0, *, story: bool = False) -> Example:
    """`text` made ready. A message to be careful with counts as bad: words alone do not tell how bad."""
    apart = read(text)
    words = apart.folded.words
    signs = BIAS + balance(reasons(apart, story=story))
    marked = tuple(marked_of(words, apart.folded.marks))
    return Example(group, verdict != "none", tuple(features_of(words)), scale_of(words), counts, signs, marked, story)


_Row = tuple[Sequence[str], float, bool, float]
"""What a message teaches: its features, their scale, whether it is bad, what it counts."""


def train(examples: Sequence[Example], seed: int = 0) -> Weights:
    """The weights that fit `examples` best. The same examples give the same weights."""
    rows = _rows(examples)
    leans = _leans(rows)
    uses = Counter(feature for features, *_ in rows for feature in features)
    shrink = {feature: SHRINK / times for feature, times in uses.items()}
    words = dict.fromkeys(leans, 0.0)
    squares = dict.fromkeys(leans, 1e-6)
    bias, bias_square = 0.0, 1e-6
    rng = random.Random(seed)  # noqa: S311 (an order of steps, no secret)
    for _ in range(ROUNDS):
        rng.shuffle(rows)
        for features, scale, bad, counts in rows:
            score = bias + scale * sum([words[f] * leans[f] for f in features])
            error = (chance(score) - bad) * counts
            bias_square += error * error
            bias -= STEP * error / sqrt(bias_square)
            slope = error * scale
            for f in features:
                down = slope * leans[f] + shrink[f] * words[f]
                squares[f] += down * down
                words[f] -= STEP * down / sqrt(squares[f])
    adds = {f: leans[f] * w for f, w in words.items()}
    return Weights({f: round(w, 2) for f, w in adds.items() if abs(w) >= LEAST}, round(bias, 3))


def _rows(examples: Sequence[Example]) -> list[_Row]:
    """What is learnt from: features that more than one group has; of a message with marks one row with them and one without."""
    groups: dict[str, set[str]] = {}
    for one in examples:
        for feature in one.features + one.marked:
            groups.setdefault(feature, set()).add(one.group)
    sizes = Counter(one.group for one in examples)
    rows: list[_Row] = []
    for one in examples:
        counts = one.counts / sqrt(sizes[one.group]) / (2 if one.marked else 1)
        for features in (one.features, one.features + one.marked)[: 2 if one.marked else 1]:
            rows.append(([f for f in features if len(groups[f]) >= RAREST], one.scale, one.bad, counts))
    return rows


def _leans(rows: Sequence[_Row]) -> dict[str, float]:
    """How unevenly each feature is shared between bad and good: those that lean to one side learn faster (Wang and Manning 2012).

    The size of the log of the ratio of its shares.
    """
    held: dict[str, list[float]] = {}
    for features, _scale, bad, counts in rows:
        for feature in features:
            held.setdefault(feature, [SMOOTH, SMOOTH])[bad] += counts
    good, ill = (sum(both[side] for both in held.values()) for side in (0, 1))
    return {feature: abs(log(both[1] / ill * good / both[0])) for feature, both in sorted(held.items())}


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


_Scored = tuple[float, bool, float]


def _loss(line: tuple[float, float], rows: Sequence[_Scored]) -> float:
    """How badly a line tells good from bad (logarithmic loss)."""
    chances = ((chance(line[0] * total + line[1]), bad, counts) for total, bad, counts in rows)
    return -sum(counts * log(p if bad else 1 - p) for p, bad, counts in chances)


def _step(line: tuple[float, float], rows: Sequence[_Scored]) -> tuple[float, float]:
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
    """Whether a hand-written sample is kept for measuring: half, by their name, but none of those that were written to teach."""
    return not sample_id.startswith(TEACHING) and crc32(sample_id.encode()) % 2 == 1


def folds(examples: Sequence[Example], seed: int = 0) -> list[int]:
    """Which of `FOLDS` parts each example is in; a group is never parted."""
    groups = sorted({one.group for one in examples})
    random.Random(seed).shuffle(groups)  # noqa: S311
    part = {group: place % FOLDS for place, group in enumerate(groups)}
    return [part[one.group] for one in examples]
