"""One trial: learn from messages, then score others. Every peer answers it in the same way."""

import resource
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

AS_IS = "as_is"
Texts = Mapping[str, Sequence[str]]
"""Texts to score, by how they were changed; `AS_IS` is among them and is the one that is timed."""


@dataclass(frozen=True, slots=True)
class Message:
    """A labelled message: `verdict` is scam, caution or none; near-duplicates share their `group`."""

    id: str
    group: str
    text: str
    verdict: str
    by_hand: bool = False  # written for learning, never sent
    story: bool = False  # told of, not sent
    warns: bool = False  # genuine, and warns of scams

    @property
    def bad(self) -> bool:
        """What learners learn: a message to be careful with counts as bad."""
        return self.verdict != "none"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it. Seconds are processor time, so that what others do on the machine does not count."""

    scores: Mapping[str, Sequence[float]]  # by how the texts were changed; higher is more suspect
    train_s: float
    check_s: float  # for the texts as they are
    levels: Sequence[str] = ()  # of the texts as they are, where the peer says more than a score


def spent() -> float:
    """Processor seconds of this process and of those it has waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def scored(texts: Texts, score: Callable[[Sequence[str]], Sequence[float]], train_s: float) -> Trial:
    """The trial of a peer that has learnt for `train_s` and scores with `score`."""
    began = spent()
    scores = {AS_IS: score(texts[AS_IS])}
    check_s = spent() - began
    scores |= {name: score(changed) for name, changed in texts.items() if name != AS_IS}
    return Trial(scores, train_s, check_s)
