"""What words add to a verdict, learnt from labelled messages, beside the signs that people wrote.

The weights are those of a logistic regression on the words of a message, with their marks and without, and on pairs that follow
one another. Each word's part is thus a number of log-odds that can be shown with the word. The file is small JSON; `lachan weights
train` makes it anew from a CSV file (docs/model-card.md). It also says what each sign adds where words are known.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import count, pairwise, repeat
from math import exp, sqrt
from pathlib import Path
from sys import intern
from typing import NamedTuple

from lachan.engine.scams.memo import Memo
from lachan.engine.scams.openings import LINK
from lachan.engine.scams.spelling import MARKS

FILE = Path(__file__).parent / "model" / "weights.json"


DOUBT = 5.0  # log-odds from which a text counts as a warning: lures that are passed on with a few words reach 4.6
LEAST_TOLD = 0.3  # log-odds: what adds or takes less is not told by itself
MOST = 8.0  # log-odds that the words of a text may add or take, all together


@dataclass(frozen=True)
class Line:
    """How words and signs count together, from `bias` on: words so many times as much, and each sign as `signs` has it.

    A sign that is not in it adds what people gave it.
    """

    words: float = 1.0
    bias: float = 0.0
    signs: Mapping[str, float] = field(default_factory=dict)


class Parts(NamedTuple):
    """What the known words of a text add, and pairs of words, in log-odds: all together, and those of `LEAST_TOLD` or more.

    Of each of these what it adds or takes, and the place of its (first) word.
    """

    words: Sequence[tuple[float, int]]
    pairs: Sequence[tuple[float, int]]
    total: float


class _Told(NamedTuple):
    """What is learnt of a word with its marks."""

    shape: str  # as it is learnt without them
    marked: str  # and with them
    adds: float  # as both
    marks_add: float  # what of that its marks add
    before: Mapping[str, float]  # what it adds before another


@dataclass(frozen=True)
class Words:
    """What is learnt of words for one question; all of it, for a text, comes to log-odds.

    `words`: what each word, word with its marks, or two joined by a space adds, before it is divided by the message's length.
    """

    words: Mapping[str, float]
    bias: float

    def parts(self, marked: Sequence[str], times: float = 1.0, beside: Sequence[str] = ()) -> Parts:
        """What each known word or pair adds, so many times, where it stands last. `marked`: the words with their marks.

        `beside`: what is learnt of the whole text; it counts in the total alone.
        """
        if not marked:
            return Parts((), (), 0.0)
        scale = scale_of(marked) * times
        least = LEAST_TOLD / scale
        shapes, with_marks, adds, marks_add, before = zip(*map(self._told.__getitem__, marked), strict=True)
        follow = [*map(dict.get, before, shapes[1:], repeat(0.0))]
        pairs = {shapes[at : at + 2]: at for at, add in enumerate(follow) if not -least < add < least}
        places = dict(zip(shapes, count(), strict=False)).values()
        words = [(adds[at], at) for at in places]
        if len(set(with_marks)) > len(places):  # a word stands there with different marks
            others = set(dict(zip(with_marks, count(), strict=False)).values()).difference(places)
            words += [(marks_add[at], at) for at in others]
        whole = sum([add for add, _ in words], sum(dict(zip(pairwise(shapes), follow, strict=True)).values()))
        whole += sum(self.words.get(feature, 0.0) for feature in beside)
        return Parts(
            [(add * scale, at) for add, at in words if not -least < add < least],
            [(follow[at] * scale, at) for at in pairs.values()],
            whole * scale,
        )

    @cached_property
    def _told(self) -> Memo[str, _Told]:
        """What is learnt of words with their marks."""
        before: dict[str, dict[str, float]] = {}
        numbers: dict[float, float] = {}  # each kept once: a small table is at hand sooner
        for feature, adds in self.words.items():
            word, _, after = feature.partition(" ")
            if after:
                before.setdefault(word, {})[intern(after)] = numbers.setdefault(adds, adds)
        nothing: dict[str, float] = {}

        def told(marked: str) -> _Told:
            word = marked.rstrip(MARKS)
            bare = intern(shape(word))
            with_marks = marked if bare == word else bare + marked.removeprefix(word)
            marks_add = self.words.get(with_marks, 0.0) if marked != word else 0.0
            adds = self.words.get(bare, 0.0) + marks_add
            return _Told(bare, with_marks, numbers.setdefault(adds, adds), marks_add, before.get(bare, nothing))

        return Memo(told)


@dataclass(frozen=True)
class Weights(Words):
    """What is learnt of words and signs; all of it, for a text, comes to the log-odds that it is bad.

    Signs were made for messages, and how people tell is learnt otherwise: each kind has its own line. `warning`: the words by which
    a text that only warns of a scam, or tells how one ended, is known from the scam that it quotes; None where they are not learnt.
    """

    message: Line = field(default_factory=Line)
    story: Line = field(default_factory=Line)
    warning: Words | None = None

    def line(self, *, story: bool) -> Line:
        """That of messages, or of told stories."""
        return self.story if story else self.message


def share_of_warning(log_odds: float) -> float:
    """What a warning takes of what speaks against a text: the chance that it is one; nothing below `DOUBT`.

    `log_odds`: as learnt from as many warnings as lures. Who passes on a lure in quotation marks with a few words of his own is
    near to one who warns, and to take a scam for a warning is worse than the reverse.
    """
    return chance(log_odds) if log_odds >= DOUBT else 0.0


def chance(log_odds: float) -> float:
    """Log-odds as a share, 0 to 1, never quite either."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


def scale_of(words: Sequence[str]) -> float:
    """What is learnt counts less for each word the longer the message is; that of a few words no more than that of ten."""
    return 1 / sqrt(2 * max(10, len(words)))


def shapes_of(words: Iterable[str]) -> list[str]:
    """Words as they are learnt."""
    return [*map(shape, words)]


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


def shape(word: str) -> str:
    """A word as it is learnt: "500k" as "#k", "191" as "#3", so that no number of anybody is kept."""
    if word.isalpha() or word == LINK or not any(c.isdigit() for c in word):
        return word
    letters = "".join(c for c in word if c.isalpha())
    return f"#{letters[:4]}" if letters else f"#{min(len(word), 9)}"


@cache
def learnt() -> Weights | None:
    """The weights in the package; None when there are none."""
    if not FILE.exists():
        return None
    read = json.loads(FILE.read_text(encoding="utf-8"))
    message, story = (Line(**read[kind]) for kind in ("message", "story"))
    warning = Words(**read["warning"]) if read.get("warning") else None
    return Weights(read["words"], read["bias"], message, story, warning)


def added(total: float, bias: float) -> float:
    """What parts that come to `total` add, within what learnt words may add."""
    return max(-MOST, min(MOST, bias + total))
