"""`lachan weights`: what words add to a verdict, learnt anew from labelled messages, and measured on messages it has not seen."""

import csv
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from lachan.engine.scams import knowledge, resemblance
from lachan.engine.scams.resemblance_training import train as train_hosts
from lachan.engine.scams.signs import read
from lachan.engine.scams.training import (
    BY_HAND,
    SENT,
    Band,
    Example,
    example,
    is_held_apart,
    learn,
    reliability,
    taught_by_others,
)
from lachan.engine.scams.verdict import judge
from lachan.engine.scams.weights import FILE, Weights, chance
from lachan.project.check_command import Unreadable, as_json, as_line, asked
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))
csv_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help=_("Trọng số của từ ngữ trong nhận diện lừa đảo, học từ tin đã gán nhãn."))
def weights() -> None:
    pass


@weights.command(
    "train",
    help=_(
        "Học từ các tệp CSV có cột text, verdict (scam, caution, none) và group nếu có; "
        "từ tệp .jsonl các tin mẫu viết tay chỉ lấy nửa không để dành."
    ),
)
@click.argument("files", type=csv_file, nargs=-1, required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=FILE, help=_("Tệp JSON để ghi."))
def train_files(files: tuple[Path, ...], out: Path) -> None:
    examples = [one for file in files for _id, one in _examples(file)]
    learnt, totals = learn(examples)
    out.parent.mkdir(exist_ok=True)
    told = asdict(learnt) | {"messages": len(examples), "words": dict(sorted(learnt.words.items()))}
    out.write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    click.echo(_("{words} từ học từ {messages} tin.").format(words=len(learnt.words), messages=len(examples)))
    for name, counts in ((_("Tin có thật"), SENT), (_("Tin viết tay"), BY_HAND)):
        scored = [(chance(total), one.bad) for one, total in zip(examples, totals, strict=True) if one.counts == counts]
        _tell_reliability(name, *reliability(scored))


def _tell_reliability(name: str, error: float, bands: list[Band]) -> None:
    click.echo(_("{name}, tin chưa học: sai số hiệu chuẩn {error:.4f}").format(name=name, error=error))
    for band in bands:
        told = _("  {messages} tin, điểm {score:.3f}, xấu {bad:.3f}")
        click.echo(told.format(messages=band.messages, score=band.score, bad=band.bad))


@weights.command(
    "out-of-fold",
    help=_("Đọc từng dòng {id, text}; mỗi tin được chấm bằng trọng số học từ các nhóm tin khác trong FILE."),
)
@click.argument("file", type=csv_file)
@click.option("--beside", type=csv_file, multiple=True, help=_("Tệp CSV luôn dùng để học."))
def answer_out_of_fold(file: Path, beside: tuple[Path, ...]) -> None:
    named = _examples(file)
    more = [one for each in beside for _id, one in _examples(each)]
    unseen = taught_by_others([one for _id, one in named] + more)
    weights_of = {name: weights for (name, _one), (weights, _words) in zip(named, unseen, strict=False)}
    for line in sys.stdin:
        try:
            one = asked(line)
        except Unreadable as problem:
            raise click.ClickException(str(problem)) from None
        click.echo(as_line({"id": one.id} | _answer(one.text, weights_of[one.id])))


@weights.command(
    "hosts",
    help=_(
        "Học từ tên các trang: --bad là danh sách trang bị báo cáo (không ghi: các danh sách kèm theo), "
        "--good là trang nhiều người dùng, --text là văn bản tiếng Việt thường. Một phần ba tên miền luôn để dành để đo."
    ),
)
@click.option("--bad", type=csv_file, multiple=True)
@click.option("--good", type=csv_file, multiple=True, required=True)
@click.option("--text", type=csv_file, multiple=True, required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=resemblance.FILE)
def hosts(*, bad: tuple[Path, ...], good: tuple[Path, ...], text: tuple[Path, ...], out: Path) -> None:
    reported = _words(bad) if bad else {host for listed in knowledge.reported() for host in listed.hosts}
    table = train_hosts(reported, _words(good), [file.read_text(encoding="utf-8").splitlines() for file in text])
    out.write_text(resemblance.written(table), encoding="utf-8")
    click.echo(_("{pieces} mẩu tên học từ {hosts} trang.").format(pieces=len(table.pieces), hosts=len(reported)))


def _words(files: tuple[Path, ...]) -> set[str]:
    return {word for file in files for word in file.read_text(encoding="utf-8").split()}


def _answer(text: str, learnt: Weights) -> dict[str, Any]:
    return as_json(text, judge(read(text), learnt))


def _examples(file: Path) -> list[tuple[str, Example]]:
    counts = BY_HAND if file.suffix == ".jsonl" else SENT
    return [
        (row.get("id", ""), _example(row, f"{file.name}:{number}", counts)) for number, row in enumerate(labelled(file))
    ]


def _example(row: dict[str, str], alone: str, counts: float) -> Example:
    group = f"{alone.partition(':')[0]}:{row['group']}" if row.get("group") else alone
    return example(row["text"], row["verdict"], group, counts, story=row.get("kind") == "story", warns=warns(row))


def warns(row: dict[str, str]) -> bool:
    """Whether a labelled message is genuine and only warns of scams, or tells how one ended."""
    return row["verdict"] == "none" and row.get("type") == "warning"


def labelled(file: Path) -> list[dict[str, str]]:
    """The labelled messages of a CSV file, or those of a JSONL file of hand-written samples that may be learnt from."""
    return _samples(file) if file.suffix == ".jsonl" else _rows(file)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _samples(file: Path) -> list[dict[str, str]]:
    """Hand-written samples, of those that are not held apart: one of a type of scam is bad, others are genuine."""
    read_in = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [
        row | {"verdict": "scam" if row["type"] in knowledge.types() else "none"}
        for row in read_in
        if not is_held_apart(row["id"])
    ]
