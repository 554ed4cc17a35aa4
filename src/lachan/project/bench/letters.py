"""`lachan bench letters`: how long the reader takes for a letter, and how that grows with its length."""

import os
import statistics
import time
from pathlib import Path
from typing import Any

import click

from lachan.engine.letters import read
from lachan.project.bench.telling import machine, tell
from lachan.project.language import chosen, speak
from lachan.project.sample import HERE

LIMIT_MS = 50  # for a letter of 20 KB, on one core of the reference machine (2 cores)
SIZES = (20_000, 200_000)  # octets of UTF-8
ROUNDS = 15

_ = speak(chosen((), os.environ))


@click.command(help=_("Đọc văn bản 20 KB và 200 KB."))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
def letters(*, as_json: bool) -> None:
    rows = [_reading(size) for size in SIZES]
    told: dict[str, Any] = {
        "machine": machine(),
        "limit_ms_at_20_kb": LIMIT_MS,
        "of_limit": round(rows[0]["median_ms"] / LIMIT_MS, 2),
        "times_dearer_for_ten_times_the_text": round(rows[1]["median_ms"] / rows[0]["median_ms"], 1),
        "rows": rows,
    }
    tell(told, _lines, as_json=as_json)


def _lines(told: dict[str, Any]) -> list[str]:
    rows = [f"{r['octets']:>9} B  {r['median_ms']:>8} ms  ({r['min_ms']}–{r['max_ms']})" for r in told["rows"]]
    return [*rows, f"{told['of_limit']} × {LIMIT_MS} ms; × {told['times_dearer_for_ten_times_the_text']}"]


def _reading(size: int) -> dict[str, Any]:
    text = _text(size)
    read(text)  # loads the engine's knowledge
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        read(text)
        times.append((time.perf_counter() - began) * 1000)
    return {
        "octets": len(text.encode()),
        "median_ms": round(statistics.median(times), 1),
        "min_ms": round(min(times), 1),
        "max_ms": round(max(times), 1),
    }


def _text(size: int) -> str:
    """A letter in the genre of `size` octets: the sample's, its body repeated as numbered tasks."""
    letter = (Path(HERE) / "long_letter.txt").read_text(encoding="utf-8")
    head, body, foot = letter.split("\n====\n")
    room = size - len((head + foot).encode())
    tasks, number = [], 0
    while room > 0:
        number += 1
        tasks.append(f"{number}. {body.strip()}")
        room -= len(tasks[-1].encode()) + 1
    return "\n".join([head, *tasks, foot])
