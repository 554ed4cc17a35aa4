"""Learning the weights of words from labelled messages: logistic regression with L2 by gradient steps, in plain Python.

Words are learnt as if there were no signs. The signs were written with such messages in sight, so that words fitted to what signs
leave open would be of no help where the signs fail, as they will on new messages. A group of near-duplicates counts as the square
root of its size. A message with marks teaches twice, half with them and half without. How words and signs count together is learnt
after that, from what words come to in messages that they were not learnt from, for messages and for told stories.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, log, sqrt
from typing import NamedTuple
from zlib import crc32

from lachan.engine.scams.quotes import unquoted
from lachan.engine.scams.signs import may_warn, read
from lachan.engine.scams.verdict import reasons
from lachan.engine.scams.weights import Line, Weights, Words, chance, features_of, marked_of, scale_of, share_of_warning

ROUNDS = 12
STEP = 0.5
SHRINK = 0.01  # L2, over all messages
SENT = 12.0  # what a message counts that was sent: they are few, and what is to be judged is like them
OF_WARNINGS = 8.0  # a warning counts so many times less where the words of lures are learnt: it is full of them
BY_HAND = 3.0  # what a hand-written one counts: new forms are learnt from it
SMOOTH = 0.5  # messages added to each side before a word's shares are compared
EVEN = 1e-9  # how a word leans that both sides share: so little that nothing comes of it
FOLDS = 5
TEACHING = "teaching-"  # begins the names of samples that were written to learn from
ROUNDS_OF_SIGNS = 40
# By how much a sign's weight is multiplied beside words before anything is learnt, and how strongly it is held there.
OF_MESSAGES = 0.9, 100.0
OF_STORIES = 0.3, 20.0
LEAST_TIMES, MOST_TIMES = 0.05, 1.0
LEAST = 0.02  # weights below it are left out


@dataclass(frozen=True, slots=True)
class Said:
    """The words and pairs of words of a text, those that have marks with them, and how much each adds."""

    features: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    scale: float = 1.0

    def comes_to(self, weights: Words) -> float:
        """Log-odds."""
        known = weights.words
        return weights.bias + self.scale * sum(known[f] for f in self.features + self.marked if f in known)


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled message: its words, and its signs with the weights that people gave them."""

    group: str
    bad: bool
    said: Said = Said()
    counts: float = SENT
    signs: tuple[tuple[str, float], ...] = ()
    story: bool = False
    warns: bool = False  # it warns of scams, or tells how one ended
    unquoted: Said = Said()  # outside quotation marks

    def sums(self, weights: Weights) -> "Sums":
        """What its words come to, and how much they are those of a warning."""
        heeds = weights.warning if may_warn(code for code, _hand in self.signs) else None
        warns = share_of_warning(self.unquoted.comes_to(heeds)) if heeds else 0.0
        return Sums(self.said.comes_to(weights), warns)

    def total(self, weights: Weights, sums: "Sums") -> float:
        """What signs and words come to, `sums` being what its words do."""
        line = weights.line(story=self.story)
        signs = [line.signs.get(code, hand) for code, hand in self.signs]
        return line.bias + line.words * sums.words + sum(one * (1 - sums.warns) if one > 0 else one for one in signs)


class Sums(NamedTuple):
    """What the words of a text come to, and what share of its signs goes to a warning."""

    words: float
    warns: float = 0.0


def example(
    text: str, verdict: str, group: str, counts: float = SENT, *, story: bool = False, warns: bool = False
) -> Example:
    """`text` made ready. A message to be careful with counts as bad: words alone do not tell how bad."""
    apart = read(text)
    words, marks = apart.folded.words, apart.folded.marks
    signs = tuple((one.code, one.weight) for one in reasons(apart, story=story))
    places, beside = unquoted(apart.folded, story=story)
    outside = _said([words[place] for place in places], [marks[place] for place in places], beside)
    return Example(group, verdict != "none", _said(words, marks), counts, signs, story, warns, outside)


def _said(words: Sequence[str], marks: Sequence[str], beside: tuple[str, ...] = ()) -> Said:
    return Said((*features_of(words), *beside), tuple(marked_of(words, marks)), scale_of(words))


_Row = tuple[Sequence[str], float, bool, float]
"""What a message teaches: its features, their scale, whether the answer is yes, what it counts."""


def train(examples: Sequence[Example]) -> Weights:
    """The weights of words that fit `examples` best. The same examples give the same weights.

    How a warning is known from what it quotes is learnt from warnings and lures alone: where lures are among all that is honest,
    the words of a lure speak against whoever quotes it.
    """
    said = [replace(one, counts=one.counts / OF_WARNINGS) if one.warns else one for one in examples]
    bad = _learnt(_rows([(one, one.said, one.bad) for one in said]))
    warnings, lures = ([one for one in examples if one.warns], [one for one in examples if one.bad])
    if not warnings:
        return Weights(bad.words, bad.bias)
    as_many = sum(one.counts for one in lures) / sum(one.counts for one in warnings)
    told = [*lures, *(replace(one, counts=one.counts * as_many) for one in warnings)]
    return Weights(bad.words, bad.bias, warning=_learnt(_rows([(one, one.unquoted, one.warns) for one in told])))


@dataclass(slots=True, eq=False)
class _Feature:
    """What a feature adds as far as it is learnt: an object of its own, so that a step looks up nothing by name."""

    shrink: float  # L2, for each time it is met
    step: float
    square: float  # sum of the squares of the slopes so far
    adds: float = 0.0


def _learnt(rows: Sequence[_Row], seed: int = 0) -> Words:
    features = _features(rows)
    steps = [([features[name] for name in names], scale, bad, counts) for names, scale, bad, counts in rows]
    bias, bias_square = 0.0, 1e-6
    rng = random.Random(seed)  # noqa: S311 (an order of steps, no secret)
    for _ in range(ROUNDS):
        rng.shuffle(steps)
        for found, scale, bad, counts in steps:
            error = (chance(bias + scale * sum([one.adds for one in found])) - bad) * counts
            bias_square += error * error
            bias -= STEP * error / sqrt(bias_square)
            slope = error * scale
            for one in found:
                adds = one.adds
                down = slope + one.shrink * adds
                one.square = square = one.square + down * down
                one.adds = adds - one.step * down / sqrt(square)
    return Words({name: round(one.adds, 2) for name, one in features.items() if abs(one.adds) >= LEAST}, round(bias, 3))


def _features(rows: Sequence[_Row]) -> dict[str, _Feature]:
    """Those of `rows`, nothing learnt yet.

    The weight of a feature, by which what it adds is its lean, takes AdaGrad's steps; they are counted here in what it adds.
    """
    uses = Counter(name for names, *_told in rows for name in names)
    return {
        name: _Feature(SHRINK / uses[name] / lean**2, STEP * lean, 1e-6 / lean**2)
        for name, lean in _leans(rows).items()
    }


def _rows(examples: Sequence[tuple[Example, Said, bool]]) -> list[_Row]:
    """What is learnt from: features that more than one group has; of a message with marks one row with them and one without."""
    first: dict[str, str] = {}
    shared = {
        feature
        for one, said, _answer in examples
        for feature in said.features + said.marked
        if first.setdefault(feature, one.group) != one.group
    }
    sizes = Counter(one.group for one, _said, _answer in examples)
    rows: list[_Row] = []
    for one, said, answer in examples:
        counts = one.counts / sqrt(sizes[one.group]) / (2 if said.marked else 1)
        for features in (said.features, said.features + said.marked)[: 2 if said.marked else 1]:
            rows.append(([f for f in features if f in shared], said.scale, answer, counts))
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
    return {feature: abs(log(both[1] / ill * good / both[0])) or EVEN for feature, both in sorted(held.items())}


def learn(examples: Sequence[Example], parts: int = FOLDS) -> tuple[Weights, list[float]]:
    """The weights that fit `examples` best, and the log-odds of each by those of `taught_by_others`."""
    unseen = taught_by_others(examples, parts)
    weights = together(train(examples), examples, [sums for _weights, sums in unseen])
    return weights, [one.total(*its) for one, its in zip(examples, unseen, strict=True)]


def taught_by_others(examples: Sequence[Example], parts: int = FOLDS) -> list[tuple[Weights, Sums]]:
    """For each example weights that its group has not taught, and what its words come to by them."""
    part_of = folds(examples, parts)
    weights = [train([one for one, its in zip(examples, part_of, strict=True) if its != part]) for part in range(parts)]
    sums = [one.sums(weights[its]) for one, its in zip(examples, part_of, strict=True)]
    for part in range(parts):
        others = [(one, its_sums) for one, its_sums, its in zip(examples, sums, part_of, strict=True) if its != part]
        weights[part] = together(weights[part], [one for one, _sums in others], [its_sums for _one, its_sums in others])
    return [(weights[its], its_sums) for its, its_sums in zip(part_of, sums, strict=True)]


def together(weights: Weights, examples: Sequence[Example], sums: Sequence[Sums]) -> Weights:
    """`weights` with how words and signs count together, so that their sum is the log-odds that such a text is bad.

    `sums`: what the words of each example come to by weights it has not taught.
    """
    message, story = (
        _line([(one, its) for one, its in zip(examples, sums, strict=True) if one.story is story], *held)
        for story, held in ((False, OF_MESSAGES), (True, OF_STORIES))
    )
    return replace(weights, message=message, story=story)


def _line(told: Sequence[tuple[Example, Sums]], first: float, hold: float, seed: int = 0) -> Line:
    """Logistic regression on words and signs. A sign never changes sides nor adds more than people gave it: that is multiplied.

    `first`: by how much before anything is learnt of it. `hold`: how strongly it is held there.
    """
    sizes = Counter(one.group for one, _sums in told)
    rows = [
        ([*_heard(one, sums), (_WORDS, sums.words), (_BIAS, 1.0)], one.bad, one.counts / sqrt(sizes[one.group]))
        for one, sums in told
    ]
    uses = Counter(code for one, _sums in told for code, _hand in one.signs)
    factors = {code: _Factor(first, first, hold / number) for code, number in sorted(uses.items())}
    factors |= {_WORDS: _Factor(1.0, least=-inf, most=inf), _BIAS: _Factor(0.0, least=-inf, most=inf)}
    steps = [([(factors[what], by) for what, by in found], bad, counts) for found, bad, counts in rows]
    rng = random.Random(seed)  # noqa: S311
    for _ in range(ROUNDS_OF_SIGNS):
        rng.shuffle(steps)
        for found, bad, counts in steps:
            error = (chance(sum([one.times * by for one, by in found])) - bad) * counts
            for one, by in found:
                down = error * by + one.held * (one.times - one.start)
                one.square = square = one.square + down * down
                times = one.times - STEP * down / sqrt(square)
                one.times = times if one.least < times < one.most else min(one.most, max(one.least, times))
    known = dict(sorted({code: hand for one, _sums in told for code, hand in one.signs}.items()))
    signs = {code: round(factors[code].times * hand, 2) for code, hand in known.items()}
    return Line(round(factors[_WORDS].times, 3), round(factors[_BIAS].times, 3), signs)


@dataclass(slots=True, eq=False)
class _Factor:
    """By how much something is multiplied, as far as it is learnt. It is held to `start` by `held`."""

    times: float
    start: float = 0.0
    held: float = 0.0
    least: float = LEAST_TIMES
    most: float = MOST_TIMES
    square: float = 1e-6  # sum of the squares of the slopes so far


def _heard(one: Example, sums: Sums) -> list[tuple[str, float]]:
    """The signs of an example: the more it warns, the less counts what speaks against it."""
    return [(code, hand * (1 - sums.warns) if hand > 0 else hand) for code, hand in one.signs]


_WORDS, _BIAS = "<words>", "<bias>"


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


def folds(examples: Sequence[Example], parts: int = FOLDS, seed: int = 0) -> list[int]:
    """Which of so many parts each example is in; a group is never parted."""
    groups = sorted({one.group for one in examples})
    random.Random(seed).shuffle(groups)  # noqa: S311
    part = {group: place % parts for place, group in enumerate(groups)}
    return [part[one.group] for one in examples]
