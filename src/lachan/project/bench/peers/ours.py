"""The recognition engine itself: with words learnt from the messages, and by its rules alone."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from lachan.engine.scams.signs import read
from lachan.engine.scams.training import BY_HAND, SENT, Example, example, learn
from lachan.engine.scams.verdict import Verdict, judge
from lachan.engine.scams.weights import Weights
from lachan.project.bench.peers.trial import AS_IS, Message, Texts, Trial, scored, spent


def learnt(messages: Sequence[Message], texts: Texts) -> Trial:
    """Rules and learnt words: the weights in the package are not used, since they may have seen these messages."""
    examples, reading = zip(*map(_read, messages), strict=True)
    began = spent()
    weights, _totals = learn(examples, parts=2)
    return _judged(texts, weights, sum(reading) + spent() - began)


def rules(_messages: Sequence[Message], texts: Texts) -> Trial:
    """Rules alone: nothing is learnt."""
    return _judged(texts, None, 0.0)


@cache
def _read(one: Message) -> tuple[Example, float]:
    """What is learnt from a message, read once for all folds, and the seconds that took, which count in each of them."""
    began = spent()
    counts = BY_HAND if one.by_hand else SENT
    made = example(one.text, one.verdict, one.group, counts, story=one.story, warns=one.warns)
    return made, spent() - began


def _judged(texts: Texts, weights: Weights | None, train_s: float) -> Trial:
    verdicts: list[Verdict] = []

    def score(asked: Sequence[str]) -> list[float]:
        found = [judge(read(text), weights) for text in asked]
        verdicts.extend(found)
        return [verdict.score for verdict in found]

    trial = scored(texts, score, train_s)
    return replace(trial, levels=[verdict.level.value for verdict in verdicts[: len(texts[AS_IS])]])
