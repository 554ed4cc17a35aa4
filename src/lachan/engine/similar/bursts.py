"""Many messages in a short stretch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Burst:
    """A stretch in which many came, from the first of them to the last."""

    first: datetime
    last: datetime
    times: int


def bursts(times: Iterable[datetime], *, within: timedelta, at_least: int) -> tuple[Burst, ...]:
    """The stretches made of moments from which `at_least` came `within` so long, both ends counted; in order, apart.

    The order in which `times` come changes nothing.
    """
    ordered = sorted(times)
    spans: list[list[int]] = []
    start = 0
    for end, time in enumerate(ordered):
        while time - ordered[start] > within:
            start += 1
        if end - start + 1 < at_least:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return tuple(Burst(ordered[first], ordered[last], last - first + 1) for first, last in spans)
