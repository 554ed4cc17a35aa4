"""Messages put into clusters, by `engine.similar` and by datasketch beside it: what it costs and how right it is."""

from __future__ import annotations

import multiprocessing
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise
from random import Random
from typing import Any, Protocol

from lachan.engine.similar import Clusters, indicators_of
from lachan.engine.similar.likeness import ALIKE_WITH_MORE
from lachan.engine.similar.wordings import runs, wording
from lachan.project.bench.copies import agreement, copies
from lachan.project.memory import held_mb, peak_mb

with suppress(ImportError):
    from datasketch import MinHash, MinHashLSH

Message = tuple[int, str]
"""The number of the text that it is a copy of, or a negative one of its own, and its words."""
BATCH = 500
_SHORTEST, _LONGEST = 12, 40  # words of a text made up


def families(texts: Sequence[str], times: int) -> list[Message]:
    """So many copies of each text, shuffled."""
    random = Random(1)  # noqa: S311 - the same in each run
    made = [(number, copy) for number, text in enumerate(texts) for copy in copies(text, times, random)]
    random.shuffle(made)
    return made


def stream(texts: Sequence[str]) -> Iterator[Message]:
    """Messages without end: half are copies of the texts, half walk from word to word through them, each a text of its own.

    Walks leave out links and numbers, which are of one text: two that bore the same would belong together.
    """
    random = Random(2)  # noqa: S311 - the same in each run
    after: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for one, two in pairwise(word for word in text.split() if word.strip(".,:;!?()").isalpha()):
            after[one].append(two)
    starts = [word for followers in after.values() for word in followers]
    own = 0
    while True:
        number = random.randrange(len(texts))
        yield number, next(copies(texts[number], 1, random))
        own -= 1
        words = [random.choice(starts)]
        for _word in range(random.randint(_SHORTEST, _LONGEST)):
            words.append(random.choice(after.get(words[-1], starts)))
        yield own, " ".join(words)


class Gatherer(Protocol):
    """Puts messages into clusters, one by one."""

    def add(self, key: int, text: str) -> None:
        """Put in a message."""

    def labels(self) -> list[int]:
        """Of each message, in the order of their keys, its cluster."""


class Ours:
    """`engine.similar`; with `shared`, the indicators of each text are read and count too, as they do in use."""

    def __init__(self, *, shared: bool = True) -> None:
        self.clusters = Clusters()
        self.shared = shared

    def add(self, key: int, text: str) -> None:
        self.clusters.add(key, text, indicators_of(text) if self.shared else ())

    def labels(self) -> list[int]:
        return [self.clusters.of(key).number for key in range(len(self.clusters))]


class Datasketch:
    """MinHashLSH as its documentation shows it: whoever is found joins. It gets the same words, ready masked and folded, and of
    our thresholds, as a Jaccard coefficient, the one that serves it better.
    """

    def __init__(self) -> None:
        self.index = MinHashLSH(threshold=ALIKE_WITH_MORE / (2 - ALIKE_WITH_MORE), num_perm=128)
        self.passages = runs(())
        self.parents: list[int] = []

    def add(self, key: int, text: str) -> None:
        words = wording(text, self.passages)
        sketch = MinHash(num_perm=128)
        sketch.update_batch([word.to_bytes(4, "little") for word in words])
        sketch.update_batch([b"%d %d" % pair for pair in pairwise(words)])
        self.parents.append(key)
        for other in self.index.query(sketch):
            self.parents[self._top(other)] = self._top(key)
        self.index.insert(key, sketch)

    def labels(self) -> list[int]:
        return [self._top(key) for key in range(len(self.parents))]

    def _top(self, key: int) -> int:
        while self.parents[key] != key:
            self.parents[key] = key = self.parents[self.parents[key]]
        return key


PEERS: dict[str, Callable[[], Gatherer]] = {"lachan": Ours, "lachan, words alone": lambda: Ours(shared=False)}
if "MinHashLSH" in globals():
    PEERS["datasketch"] = Datasketch


@dataclass(frozen=True, slots=True)
class Run:
    """Who gathers what: `messages` of a stream over `texts`, or with `times` that many copies of each."""

    peer: str
    texts: tuple[str, ...]
    messages: int = 0
    times: int = 0


def measured(run: Run) -> dict[str, Any]:
    """What the run takes, in a process of its own: messages a second of its processor time, memory, agreement with the truth."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(gather, (run,))


def gather(run: Run) -> dict[str, Any]:
    """The same in this process."""
    said = iter(families(run.texts, run.times)) if run.times else islice(stream(run.texts), run.messages)
    gatherer = PEERS[run.peer]()
    truth: list[int] = []
    costs: list[float] = []
    before = round(held_mb())
    while batch := list(islice(said, BATCH)):
        began = time.process_time()
        for key, (_number, text) in enumerate(batch, len(truth)):
            gatherer.add(key, text)
        costs.append((time.process_time() - began) / len(batch))
        truth += [number for number, _text in batch]
    peak = round(peak_mb())
    tenth = max(1, len(costs) // 10)
    return {
        "peer": run.peer,
        "messages": len(truth),
        "per_second": round(len(costs) / sum(costs)),
        "us_first_tenth": round(sum(costs[:tenth]) / tenth * 1e6),
        "us_last_tenth": round(sum(costs[-tenth:]) / tenth * 1e6),
        "peak_mb": peak,
        "mb_before": before,
        **agreement(truth, gatherer.labels()),
    }
