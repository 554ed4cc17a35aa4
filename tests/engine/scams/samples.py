"""Messages and told stories written by hand for the tests, none of them sent by anyone: lures of each type, and genuine ones that
look alike. Hosts, accounts and numbers in the lures are made up. Characters that do not show are written as escapes."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sample:
    """`type` is a type of scam in the lures, what the message is about in the genuine ones; `kind` is "message" or "story"."""

    id: str
    type: str
    kind: str
    text: str
    sender: str = ""


@cache
def lures() -> tuple[Sample, ...]:
    return _read("lures.jsonl")


@cache
def written() -> tuple[Sample, ...]:
    """Lures and genuine ones that were written for words to be learnt from."""
    return _read("written_lures.jsonl") + _read("written_genuine.jsonl")


@cache
def genuine() -> tuple[Sample, ...]:
    return _read("genuine.jsonl")


@cache
def unseen_lures() -> tuple[Sample, ...]:
    """Lures by people who had not read the signs; no sign is ever changed because of one with an odd id."""
    return _read("unseen_lures.jsonl")


@cache
def unseen_genuine() -> tuple[Sample, ...]:
    """Genuine ones to go with `unseen_lures`, odd ids kept apart in the same way."""
    return _read("unseen_genuine.jsonl")


def _read(name: str) -> tuple[Sample, ...]:
    return tuple(Sample(**json.loads(line)) for line in (HERE / name).read_text("utf-8").splitlines())
