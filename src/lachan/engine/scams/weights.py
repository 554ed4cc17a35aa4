"""What words add to a verdict, learnt from labelled messages, beside the signs that people wrote.

The weights are those of a logistic regression on the words of a message and on pairs that follow one another, fitted to what the
signs leave open: the log-odds that the signs give stand in it as they are. Each word's part is thus a number of log-odds that can
be shown with the word. The file is small JSON; `lachan weights train` makes it anew from a CSV file (docs/model-card.md).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

from lachan.engine.scams.folding import LINK

FILE = Path(__file__).parent / "model" / "weights.json"
MOST = 3.0  # log-odds that learnt words add or take, all together: signs decide, words help
SHOWN = 4  # words that are shown for it
LEAST_SHOWN = 0.1


@dataclass(frozen=True, slots=True)
class Weights:
    """`words`: what each word, or two joined by a space, adds, before it is divided by the length of the message."""

    words: Mapping[str, float]
    bias: float

    def parts(self, words: Sequence[str]) -> list[tuple[int, int, float]]:
        """What each known word or pair adds: the places of its first and last word, and its log-odds."""
        features = list(features_of(words))
        scale = 1 / sqrt(max(1, len(features)))
        known = self.words
        return [(a, b, known[feature] * scale) for feature, a, b in features if feature in known]


def features_of(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The different words and pairs of a text, each where it stands first. Numbers are told by their length only."""
    shapes = [shape(word) for word in words]
    seen: set[str] = set()
    for place, word in enumerate(shapes):
        if word not in seen:
            seen.add(word)
            yield word, place, place
        if place + 1 < len(shapes):
            pair = f"{word} {shapes[place + 1]}"
            if pair not in seen:
                seen.add(pair)
                yield pair, place, place + 1


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
    return Weights(read["words"], read["bias"])


def added(parts: Iterable[tuple[int, int, float]], bias: float) -> float:
    """What the parts come to, within what learnt words may add."""
    return max(-MOST, min(MOST, bias + sum(part for _, _, part in parts)))
