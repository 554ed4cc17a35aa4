"""Learning the weights of words from labelled messages: logistic regression by gradient steps, in plain Python.

What the signs say stands in the sum as it is, but shrunk (`TRUST`), since the signs were written with such messages in sight. A
group of near-duplicates counts as the square root of its size.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from zlib import crc32

from lachan.engine.scams.signs import find, read
from lachan.engine.scams.verdict import BIAS, balance, weighed
from lachan.engine.scams.weights import Weights, features_of, scale_of

TRUST = 0.4
ROUNDS = 60
STEP = 0.5
SHRINK = 1e-3  # L2, for each step
RAREST = 2  # messages of different groups in which a word must stand
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled message, its words and what the signs say of it, in log-odds."""

    group: str
    bad: bool
    features: tuple[str, ...]
    signs: float
    scale: float = 1.0


def example(text: str, verdict: str, group: str) -> Example:
    """`text` made ready. A message to be careful with counts as bad: words alone do not tell how bad."""
    apart = read(text)
    words = apart.folded.words
    signs = BIAS + balance(weighed(find(apart)))
    return Example(group, verdict != "none", tuple(features_of(words)), signs, scale_of(words))


def train(examples: Sequence[Example], seed: int = 0) -> Weights:
    """The weights that fit `examples` best. The same examples give the same weights."""
    groups: dict[str, set[str]] = {}
    for one in examples:
        for feature in one.features:
            groups.setdefault(feature, set()).add(one.group)
    kept = {feature for feature, held in groups.items() if len(held) >= RAREST}
    rows = [([f for f in one.features if f in kept], one.scale, one) for one in examples]
    sizes = Counter(one.group for one in examples)
    words = dict.fromkeys(sorted(kept), 0.0)
    squares = dict.fromkeys(words, 1e-6)
    bias, bias_square = 0.0, 1e-6
    order = list(range(len(rows)))
    rng = random.Random(seed)  # noqa: S311 (an order of steps, no secret)
    for _ in range(ROUNDS):
        rng.shuffle(order)
        for at in order:
            features, scale, one = rows[at]
            score = bias + TRUST * one.signs + scale * sum(words[f] for f in features)
            error = (1 / (1 + exp(-max(-30.0, min(30.0, score)))) - one.bad) / sqrt(sizes[one.group])
            bias_square += error * error
            bias -= STEP * error / sqrt(bias_square)
            for f in features:
                slope = error * scale + SHRINK * words[f]
                squares[f] += slope * slope
                words[f] -= STEP * slope / sqrt(squares[f])
    return Weights({f: round(w, 3) for f, w in words.items() if abs(w) >= 0.05}, round(bias, 3))


def is_held_apart(sample_id: str) -> bool:
    """Whether a hand-written sample is kept for measuring: half of them, by their name, are never learnt from."""
    return crc32(sample_id.encode()) % 2 == 1


def folds(examples: Sequence[Example], seed: int = 0) -> list[int]:
    """Which of `FOLDS` parts each example is in; a group is never parted."""
    groups = sorted({one.group for one in examples})
    random.Random(seed).shuffle(groups)  # noqa: S311
    part = {group: place % FOLDS for place, group in enumerate(groups)}
    return [part[one.group] for one in examples]
