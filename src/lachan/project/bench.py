"""`lachan bench NAME`: figures beside their limits, measured in one run on this machine."""

import json
import os
import platform
import statistics
import time
from pathlib import Path
from typing import Any

import click

from lachan.engine.letters import read
from lachan.project.language import chosen, speak
from lachan.project.sample import HERE

LIMIT_MS = 50  # for a letter of 20 KB, on one core of the reference machine (2 cores)
SIZES = (20_000, 200_000)  # octets of UTF-8
ROUNDS = 15

_ = speak(chosen((), os.environ))


@click.group(help=_("Đo tốc độ, mỗi số đặt cạnh giới hạn của nó."))
def bench() -> None:
    pass


@bench.command(help=_("Đọc văn bản 20 KB và 200 KB."))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
def letters(*, as_json: bool) -> None:
    rows = [_reading(size) for size in SIZES]
    told: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "limit_ms_at_20_kb": LIMIT_MS,
        "of_limit": round(rows[0]["median_ms"] / LIMIT_MS, 2),
        "times_dearer_for_ten_times_the_text": round(rows[1]["median_ms"] / rows[0]["median_ms"], 1),
        "rows": rows,
    }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(told["machine"])
    for row in rows:
        click.echo(f"{row['octets']:>9} B  {row['median_ms']:>8} ms  ({row['min_ms']}–{row['max_ms']})")
    click.echo(f"{told['of_limit']} × {LIMIT_MS} ms; × {told['times_dearer_for_ten_times_the_text']}")


def _reading(size: int) -> dict[str, Any]:
    text = _text(size)
    read(text)  # loads the engine's knowledge
    times = []
    for _ in range(ROUNDS):
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


if __name__ == "__main__":
    bench()
