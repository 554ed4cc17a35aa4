"""From counts to lengths: scales, round ticks, parts of a bar laid end to end."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Takes values of [low, high] to places in [start, end], in a straight line."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        return self.start + (self.end - self.start) * ((value - self.low) / span if span else 0)


def ticks(high: int, about: int = 4) -> tuple[int, ...]:
    """Round counts from 0 to the first not under `high`: steps of 1, 2 or 5 times a power of ten, `about` of them at most."""
    high = max(high, 1)
    round_steps = (times * 10**power for power in itertools.count() for times in (1, 2, 5))
    step = next(step for step in round_steps if step * about >= high)
    return tuple(range(0, math.ceil(high / step) * step + 1, step))


@dataclass(frozen=True)
class Segment:
    """One part of a bar: where it begins and how long it is."""

    start: float
    length: float


def stack(counts: Sequence[int], scale: Scale) -> tuple[Segment, ...]:
    """Parts of a bar laid end to end, each as long as its count says."""
    segments, done = [], 0
    for count in counts:
        start = scale(done)
        done += count
        segments.append(Segment(start, scale(done) - start))
    return tuple(segments)
