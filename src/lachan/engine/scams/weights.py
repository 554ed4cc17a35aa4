"""What words add to a verdict, learnt from labelled messages, beside the signs that people wrote.

The weights are those of a logistic regression on the words of a message, with their marks and without, and on pairs that follow
one another. Each word's part is thus a number of log-odds that can be shown with the word. The file is small JSON; `lachan weights
train` makes it anew from a CSV file (docs/model-card.md).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path

from lachan.engine.scams.folding import LINK

FILE = Path(__file__).parent / "model" / "weights.json"


MOST = 8.0  # log-odds that the words of a text may add or take, all together


@dataclass(frozen=True)
class Line:
    """How words count beside signs: `words` times what they come to, from `bias` on."""

    words: float = 1.0
    bias: float = 0.0


Part = tuple[float, int, int]
"""What a word or a pair adds, in log-odds, and the places of its first and last word."""


@dataclass(frozen=True)
class Weights:
    """What is learnt of words and signs; all of it, for a text, comes to the log-odds that it is bad.

    `words`: what each word, word with its marks, or two joined by a space adds, before it is divided by the message's length.
    `signs`: what each sign adds beside words; one that is not in it adds what people gave it.
    """

    words: Mapping[str, float]
    bias: float
    signs: Mapping[str, float] = field(default_factory=dict)
    message: Line = Line()
    story: Line = Line()

    def line(self, *, story: bool) -> Line:
        """How words count: signs were made for messages, and how people tell is learnt otherwise."""
        return self.story if story else self.message

    def parts(self, words: Sequence[str], marks: Sequence[str] = (), *, story: bool = False) -> list[Part]:
        """What each known word or pair adds, where it stands last. `marks`: those of each word, where the text has any."""
        shapes = shapes_of(words)
        begun = self._begun
        scale = scale_of(words) * self.line(story=story).words
        found: dict[str | tuple[str, str], Part] = {}
        for at, known in enumerate(map(begun.get, shapes)):
            if known:
                adds, on = known
                if adds:
                    found[shapes[at]] = adds * scale, at, at
                if on and at + 1 < len(shapes) and (after := shapes[at + 1]) in on:
                    found[shapes[at], after] = on[after] * scale, at, at + 1
        for at, mark in enumerate(marks):
            marked = shapes[at] + mark
            if mark and marked in begun:
                found[marked, ""] = begun[marked][0] * scale, at, at
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
    """What is learnt counts less for each word the longer the message is; that of a few words no more than that of ten."""
    return 1 / sqrt(2 * max(10, len(words)))


def shapes_of(words: Iterable[str]) -> list[str]:
    """Words as they are learnt."""
    return [word if word.isalpha() else shape(word) for word in words]


def features_of(words: Sequence[str]) -> list[str]:
    """The different words and pairs of a text, without marks. A link or a number says nothing by itself, only beside a word."""
    shapes = shapes_of(words)
    telling = (word for word in shapes if not _stands_for_others(word))
    pairs = (pair for pair in pairwise(shapes) if not all(map(_stands_for_others, pair)))
    return [*dict.fromkeys(telling), *map(" ".join, dict.fromkeys(pairs))]


def marked_of(words: Sequence[str], marks: Sequence[str]) -> list[str]:
    """The different words of a text that have marks, with them."""
    return [*dict.fromkeys(word + mark for word, mark in zip(shapes_of(words), marks, strict=False) if mark)]


def _stands_for_others(word: str) -> bool:
    """Whether a word as it is learnt stands for any link or any number."""
    return word == LINK or (word[0] == "#" and word[1:].isdigit())


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
    lines = (Line(**read[kind]) for kind in ("message", "story"))
    return Weights(read["words"], read["bias"], read["signs"], *lines)


def added(parts: Iterable[Part], bias: float) -> float:
    """What the parts come to, within what learnt words may add."""
    return max(-MOST, min(MOST, bias + sum([adds for adds, _, _ in parts])))
