"""How well scores put bad messages before good ones: average precision, recall at few false alarms, with intervals."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

FALSE_ALARMS = (0.01, 0.005)
RESAMPLED = 500


@dataclass(frozen=True, slots=True)
class Ranked:
    """A message, what it was given and what it is."""

    score: float
    bad: bool
    group: str


@dataclass(frozen=True, slots=True)
class Figures:
    """`ap`: average precision. The others: which share of the bad is found when 1 % or 0.5 % of the good may be flagged."""

    ap: float
    recall_at_1pct: float
    recall_at_half_pct: float


def figures(ranked: Sequence[Ranked], weights: Mapping[str, float] | None = None) -> Figures | None:
    """The figures of messages in falling order of score; None where there are none of one sort.

    `weights`: what a message of each group counts; else 1. Messages of equal score are taken together: none is before another.
    """
    blocks = list(_blocks(ranked, weights))
    all_bad, all_good = sum(bad for bad, _ in blocks), sum(good for _, good in blocks)
    if not (all_bad and all_good):
        return None
    found = flagged = ap = 0.0
    recalls = dict.fromkeys(FALSE_ALARMS, 1.0)
    open_ones = set(FALSE_ALARMS)
    for bad, good in blocks:
        flagged += good
        for most in [most for most in open_ones if flagged > most * all_good + 1e-9]:
            recalls[most] = found / all_bad
            open_ones.remove(most)
        found += bad
        if bad:
            ap += bad / all_bad * found / (found + flagged)
    return Figures(ap, *recalls.values())


def _blocks(ranked: Sequence[Ranked], weights: Mapping[str, float] | None) -> Iterator[tuple[float, float]]:
    """What the bad and the good of each score weigh."""
    for _score, block in groupby(ranked, key=lambda one: one.score):
        bad = good = 0.0
        for one in block:
            weight = 1.0 if weights is None else weights.get(one.group, 0.0)
            if one.bad:
                bad += weight
            else:
                good += weight
        yield bad, good


def told(messages: Sequence[Ranked]) -> dict[str, Any]:
    """Each figure by row, by group (each group counts once), and the middle 95 % of it over groups drawn again and again."""
    ranked = sorted(messages, key=lambda one: -one.score)
    sizes = Counter(one.group for one in ranked)
    by_row = figures(ranked)
    by_group = figures(ranked, {group: 1 / size for group, size in sizes.items()})
    if by_row is None or by_group is None:
        return {}
    chance = random.Random(0)  # noqa: S311 - the same in each run, so that all peers meet the same draws
    groups = sorted(sizes)
    drawn = [
        asdict(one)
        for _ in range(RESAMPLED)
        if (one := figures(ranked, Counter(chance.choices(groups, k=len(groups)))))
    ]
    grouped = asdict(by_group)
    return {
        name: {
            "value": round(value, 3),
            "interval": _middle([one[name] for one in drawn]),
            "by_group": round(grouped[name], 3),
        }
        for name, value in asdict(by_row).items()
    }


def _middle(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return round(ordered[int(len(ordered) * 0.025)], 3), round(ordered[int(len(ordered) * 0.975)], 3)
