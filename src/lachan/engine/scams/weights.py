"""What words add to a verdict, learnt from labelled messages, beside the signs that people wrote.

The weights are those of a logistic regression on the words of a message and on pairs that follow one another, fitted to what the
signs leave open: the log-odds that the signs give stand in it as they are. Each word's part is thus a number of log-odds that can
be shown with the word. The file is small JSON; `lachan weights train` makes it anew from a CSV file (docs/model-card.md).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path

from lachan.engine.scams.folding import LINK

FILE = Path(__file__).parent / "model" / "weights.json"
MOST = 3.0  # log-odds that learnt words add or take, all together: signs decide, words help
SHOWN = 4  # words that are shown for it
LEAST_SHOWN = 0.1


Part = tuple[float, int, int]
"""What a word or a pair adds, in log-odds, and the places of its first and last word."""


@dataclass(frozen=True)
class Weights:
    """`words`: what each word, or two joined by a space, adds, before it is divided by the length of the message."""

    words: Mapping[str, float]
    bias: float
    slope: float = 1.0
    offset: float = 0.0

    def score(self, total: float) -> float:
        """How likely a message of so many log-odds, by signs and words, is bad: calibrated on messages not learnt from."""
        return chance(self.slope * total + self.offset)

    def parts(self, words: Sequence[str]) -> list[Part]:
        """What each known word or pair adds, where it stands last."""
        shapes = shapes_of(words)
        begun = self._begun
        scale = scale_of(words)
        found: dict[tuple[str, str], Part] = {}
        for at, (word, known) in enumerate(zip(shapes, map(begun.get, shapes), strict=True)):
            if known:
                adds, on = known
                if adds:
                    found[word, ""] = adds * scale, at, at
                after = shapes[at + 1] if on and at + 1 < len(shapes) else ""
                if after in on:
                    found[word, after] = on[after] * scale, at, at + 1
        return [*found.values()]

    @cached_property
    def _begun(self) -> dict[str, tuple[float, dict[str, float]]]:
        """By the first word: what it adds alone, and with the word after it."""
        begun: dict[str, tuple[float, dict[str, float]]] = {}
        for feature, adds in self.words.items():
            word, _, after = feature.partition(" ")
            alone, on = begun.get(word, (0.0, {}))
            if after:
                on[after] = adds
            begun[word] = (alone if after else adds, on)
        return begun


def chance(log_odds: float) -> float:
    """Log-odds as a share, 0 to 1, never quite either."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


def scale_of(words: Sequence[str]) -> float:
    """What is learnt counts less for each word the longer the message is."""
    return 1 / sqrt(max(1, 2 * len(words)))


def shapes_of(words: Iterable[str]) -> list[str]:
    """Words as they are learnt."""
    return [word if word.isalpha() else shape(word) for word in words]


def features_of(words: Sequence[str]) -> list[str]:
    """The different words and pairs of a text. Numbers are told by their length only."""
    shapes = shapes_of(words)
    return [*dict.fromkeys(shapes), *map(" ".join, dict.fromkeys(pairwise(shapes)))]


@lru_cache(maxsize=50_000)
def shape(word: str) -> str:
    """A word as it is learnt: "500k" as "#k", "191" as "#3", so that no number of anybody is kept."""
    if word == LINK or not any(c.isdigit() for c in word):
        return word
    letters = "".join(c for c in word if c.isalpha())
    return f"#{letters[:4]}" if letters else f"#{min(len(word), 9)}"


@cache
def learnt() -> Weights | None:
    """The weights in the package; None when there are none."""
    if not FILE.exists():
        return None
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return Weights(read["words"], read["bias"], read["slope"], read["offset"])


def added(parts: Iterable[Part], bias: float) -> float:
    """What the parts come to, within what learnt words may add."""
    return max(-MOST, min(MOST, bias + sum([adds for adds, _, _ in parts])))
