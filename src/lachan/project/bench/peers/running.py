"""All peers on the same messages in the same folds: who they are, who is absent, and what each made of the messages."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib.util import find_spec
from typing import Any

from lachan.engine.scams.training import FOLDS, example, folds
from lachan.project.bench.peers.changes import CHANGES
from lachan.project.bench.peers.trial import AS_IS, Message


@dataclass(frozen=True, slots=True)
class Peer:
    """Where its trial is (a function of a module of this folder), and how to get what it needs; "" where it is here."""

    module: str
    trial: str
    absent: Callable[[], str] = str
    slow: bool = False  # scores the texts as they are, not as they may be changed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a peer made of the messages, each scored by what was learnt from other folds."""

    scores: Mapping[str, Sequence[float]]  # by how the texts were changed, in the order of the messages
    levels: Sequence[str]
    train_s: float  # of one fold
    per_second: float
    peak_mb: float


def _program(name: str) -> Callable[[], str]:
    return lambda: "" if shutil.which(name) else f"apt install {name}"


def _scikit_learn() -> str:
    return "" if find_spec("sklearn") else "pip install --require-hashes -r requirements/bench.txt"


PEERS: dict[str, Peer] = {
    "lachan": Peer("ours", "learnt"),
    "lachan, rules only": Peer("ours", "rules"),
    "TF-IDF, SVM": Peer("tfidf", "svm", _scikit_learn),
    "TF-IDF, logistic": Peer("tfidf", "logistic", _scikit_learn),
    "bogofilter": Peer("bogofilter", "trial", _program("bogofilter")),
    "SpamAssassin": Peer("spamassassin", "trial", _program("spamassassin"), slow=True),
}


def parted(messages: Sequence[Message]) -> list[int]:
    """Which fold each message is in, as for `lachan weights out-of-fold`; a group is never parted."""
    return folds([example("", one.verdict, one.group) for one in messages])


def run(peer: Peer, messages: Sequence[Message], parts: Sequence[int], beside: Sequence[Message] = ()) -> Outcome:
    """All folds of one peer. `beside`: messages that it may learn from in each of them."""
    changes = {AS_IS: CHANGES[AS_IS]} if peer.slow else CHANGES
    places = [[at for at, its in enumerate(parts) if its == part] for part in range(FOLDS)]
    asked = [
        {
            "learn": [
                astuple(one)
                for one in (*(one for one, its in zip(messages, parts, strict=True) if its != part), *beside)
            ],
            "check": {name: [change(messages[at].text) for at in here] for name, change in changes.items()},
        }
        for part, here in enumerate(places)
    ]
    said = _said(peer, json.dumps(asked))
    order = sorted((at, part, place) for part, here in enumerate(places) for place, at in enumerate(here))
    trials = said["trials"]
    return Outcome(
        {name: [trials[part]["scores"][name][place] for _at, part, place in order] for name in changes},
        [trials[part]["levels"][place] for _at, part, place in order] if trials[0]["levels"] else [],
        round(sum(one["train_s"] for one in trials) / FOLDS, 2),
        round(len(messages) / max(1e-6, sum(one["check_s"] for one in trials))),
        said["peak_mb"],
    )


def _said(peer: Peer, asked: str) -> dict[str, Any]:
    """The answer of a process of its own: it has nothing in memory but what the peer needs, and works on one core."""
    done = subprocess.run(
        [sys.executable, "-m", "lachan.project.bench.peers", peer.module, peer.trial],
        input=asked,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"},
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
