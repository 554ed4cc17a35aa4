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
from lachan.engine.scams.verdict import reasons
from lachan.engine.scams.weights import Line, Weights, chance, features_of, marked_of, scale_of

ROUNDS = 12
STEP = 0.5
SHRINK = 0.01  # L2, over all messages
RAREST = 2  # messages of different groups in which a word must stand
BY_HAND = 3.0  # what a hand-written message counts
SMOOTH = 0.5  # messages added to each side before a word's shares are compared
FOLDS = 5
CALIBRATING = 25  # steps
TEACHING = "teaching-"  # begins the names of samples that were written to learn from
ROUNDS_OF_SIGNS = 40
FIRST = 0.3  # times what people gave a sign, before anything is learnt
HOLD = 1.0  # how strongly a sign is held there, over all messages
LEAST_TRUST = 0.05
LEAST = 0.02  # weights below it are left out


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled message: its words, how much each adds, and its signs with the weights that people gave them."""

    group: str
    bad: bool
    features: tuple[str, ...]
    scale: float = 1.0
    counts: float = 1.0
    signs: tuple[tuple[str, float], ...] = ()
    marked: tuple[str, ...] = ()  # the words that have marks, with them
    story: bool = False

    def sum_of_words(self, weights: Weights) -> float:
        """What its words come to."""
        known = weights.words
        return weights.bias + self.scale * sum(known[f] for f in self.features + self.marked if f in known)

    def total(self, weights: Weights, words: float) -> float:
        """What signs and words come to, `words` being what its words do."""
        line = weights.line(story=self.story)
        return line.bias + line.words * words + sum(weights.signs.get(code, hand) for code, hand in self.signs)


def example(text: str, verdict: str, group: str, counts: float = 1.0, *, story: bool = False) -> Example:
    """`text` made ready. A message to be careful with counts as bad: words alone do not tell how bad."""
    apart = read(text)
    words = apart.folded.words
    signs = tuple((one.code, one.weight) for one in reasons(apart, story=story))
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
    """What the words of each example come to, weighed by what other groups have taught."""
    sums = [0.0] * len(examples)
    parts = folds(examples)
    for part in range(FOLDS):
        weights = train([one for one, its in zip(examples, parts, strict=True) if its != part])
        for at, (one, its) in enumerate(zip(examples, parts, strict=True)):
            if its == part:
                sums[at] = one.sum_of_words(weights)
    return sums


def beside(weights: Weights, examples: Sequence[Example], sums: Sequence[float], seed: int = 0) -> Weights:
    """`weights` with what signs add beside words, and words beside signs: logistic regression on both.

    `sums`: what the words of each example come to, as `out_of_fold` tells. A sign never changes sides: what people gave it is
    multiplied, by `FIRST` where nothing is learnt of it. The sum of all is then the log-odds that such a text is bad.
    """
    uses = Counter(code for one in examples for code, _hand in one.signs)
    shrink = {code: HOLD / times for code, times in uses.items()}
    trust = dict.fromkeys(sorted(uses), FIRST)
    lines = {story: [1.0, 0.0] for story in (False, True)}
    squares: dict[object, float] = dict.fromkeys([*trust, (False, 0), (False, 1), (True, 0), (True, 1)], 1e-6)
    sizes = Counter(one.group for one in examples)
    rows = [(one, words, one.counts / sqrt(sizes[one.group])) for one, words in zip(examples, sums, strict=True)]
    rng = random.Random(seed)  # noqa: S311
    for _ in range(ROUNDS_OF_SIGNS):
        rng.shuffle(rows)
        for one, words, counts in rows:
            line = lines[one.story]
            total = line[0] * words + line[1] + sum([trust[code] * hand for code, hand in one.signs])
            error = (chance(total) - one.bad) * counts
            for at, by in enumerate((words, 1.0)):
                squares[one.story, at] += (error * by) ** 2
                line[at] -= STEP * error * by / sqrt(squares[one.story, at])
            for code, hand in one.signs:
                down = error * hand + shrink[code] * (trust[code] - FIRST)
                squares[code] += down * down
                trust[code] = max(LEAST_TRUST, trust[code] - STEP * down / sqrt(squares[code]))
    known = {code: hand for one in examples for code, hand in one.signs}
    signs = {code: round(trust[code] * hand, 2) for code, hand in sorted(known.items())}
    message, story = (Line(round(words, 3), round(bias, 3)) for words, bias in lines.values())
    return replace(weights, signs=signs, message=message, story=story)


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
