"""The quality of recognition and of its peers on one file of labelled messages, each message scored by what others taught."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from lachan.engine.scams.training import FOLDS
from lachan.project.bench.peers.running import PEERS, Outcome, parted, run
from lachan.project.bench.peers.trial import AS_IS, Message
from lachan.project.bench.ranking import Ranked, figures, told
from lachan.project.bench.telling import step
from lachan.project.language import chosen, speak
from lachan.project.weights_command import labelled, warns

_ = speak(chosen((), os.environ))
GOALS = {"ap": 0.97, "recall_at_1pct": 0.95, "recall_at_half_pct": 0.92}
"""What the engine is to reach; its rules alone, with nothing learnt, 0.75 of recall at 1 %."""
VERDICTS = ("scam", "caution", "none")
QUESTIONS: Mapping[str, tuple[str, ...]] = {"scam": ("scam",), "scam_or_caution": ("scam", "caution")}
"""What counts as bad, against none. Messages of no side are left out of the question."""


def messages(file: Path) -> list[Message]:
    """The messages of a CSV file (or of a JSONL file of hand-written samples), refused in a sentence when they cannot serve."""
    try:
        rows = labelled(file)
        read = [
            Message(
                row["id"],
                f"{file.name}:{row.get('group') or number}",
                row["text"],
                row["verdict"],
                file.suffix == ".jsonl",
                row.get("kind") == "story",
                warns(row),
            )
            for number, row in enumerate(rows)
        ]
    except KeyError as missing:
        raise click.UsageError(_("{file}: thiếu cột {column}.").format(file=file, column=missing)) from None
    except UnicodeDecodeError:
        raise click.UsageError(_("{file}: phải là UTF-8.").format(file=file)) from None
    wrong = next((number for number, one in enumerate(read, 1) if one.verdict not in VERDICTS), None)
    if wrong:
        sentence = _("{file}, tin thứ {number}: verdict phải là scam, caution hoặc none.")
        raise click.UsageError(sentence.format(file=file, number=wrong))
    return read


def quality(file: Path, beside: Iterable[Path], only: Sequence[str]) -> dict[str, Any]:
    """All figures of all peers, or of those named in `only`, that are installed here."""
    measured = messages(file)
    parts = parted(measured)
    if any(
        len({one.bad for one, its in zip(measured, parts, strict=True) if its != part}) < 2 for part in range(FOLDS)
    ):
        raise click.UsageError(_("{file}: quá ít nhóm tin xấu hoặc tin thật để chia năm phần.").format(file=file))
    taught = [one for each in beside for one in messages(each)]
    asked = {name: peer for name, peer in PEERS.items() if not only or name in only}
    systems: dict[str, Any] = {}
    absent: dict[str, str] = {}
    for name, peer in asked.items():
        if remedy := peer.absent():
            absent[name] = remedy
            step(_("{peer}: chưa cài ({remedy}), bỏ qua").format(peer=name, remedy=remedy))
            continue
        step(name)
        systems[name] = _told(measured, run(peer, measured, parts, taught))
    counts = {verdict: sum(one.verdict == verdict for one in measured) for verdict in VERDICTS}
    return {
        "messages": counts | {"groups": len({one.group for one in measured}), "beside": len(taught), "folds": FOLDS},
        "systems": systems,
        "absent": absent,
    }


def _told(measured: Sequence[Message], outcome: Outcome) -> dict[str, Any]:
    return {
        **{question: told(_ranked(measured, outcome, question)) for question in QUESTIONS},
        **{
            name: {question: _short(measured, outcome, question, name) for question in QUESTIONS}
            for name in outcome.scores
            if name != AS_IS
        },
        "levels": _levels(measured, outcome.levels),
        "train_s": outcome.train_s,
        "per_second": outcome.per_second,
        "peak_mb": outcome.peak_mb,
    }


def _ranked(measured: Sequence[Message], outcome: Outcome, question: str, change: str = AS_IS) -> list[Ranked]:
    bad = QUESTIONS[question]
    return [
        Ranked(score, one.verdict in bad, one.group)
        for one, score in zip(measured, outcome.scores[change], strict=True)
        if one.verdict in (*bad, "none")
    ]


def _short(measured: Sequence[Message], outcome: Outcome, question: str, change: str) -> dict[str, float]:
    """The figures of changed texts by row, without intervals."""
    ranked = sorted(_ranked(measured, outcome, question, change), key=lambda one: -one.score)
    found = figures(ranked)
    return {name: round(value, 3) for name, value in asdict(found).items()} if found else {}


def _levels(measured: Sequence[Message], levels: Sequence[str]) -> dict[str, int]:
    """How often the peer's own level was right or wrong; empty for peers that give scores only."""
    if not levels:
        return {}
    pairs = [(one.verdict, level) for one, level in zip(measured, levels, strict=True)]
    return {
        "red_on_genuine": pairs.count(("none", "scam")),
        "amber_on_genuine": pairs.count(("none", "caution")),
        "red_on_scam": pairs.count(("scam", "scam")),
        "amber_on_scam": pairs.count(("scam", "caution")),
        "red_or_amber_on_caution": pairs.count(("caution", "scam")) + pairs.count(("caution", "caution")),
    }
