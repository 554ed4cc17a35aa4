"""`lachan bench check`: how long the recognition engine takes to load, for one message, for many, and for a hostile text."""

import csv
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click

from lachan.engine import scams
from lachan.project.bench.telling import machine, tell
from lachan.project.language import chosen, speak

IMPORT_S, P99_MS, A_SECOND, PEAK_MB = 0.3, 1.0, 5_000, 150
TIMES_DEARER = 12  # for ten times the text: linear, with room for noise
ROUNDS = 40
MESSAGE = (  # 300 characters with a link, a sum and a number
    "Ngân hàng thông báo: tài khoản của quý khách đã đăng ký gói dịch vụ quốc tế, phí 2.400.000 VND mỗi tháng "
    "sẽ bị trừ sau 2 giờ. Nếu không phải quý khách thực hiện, vui lòng đăng nhập https://nganhang-huydichvu.vidu.top "
    "để hủy dịch vụ, hoặc gọi 0912 345 678 gặp nhân viên hỗ trợ trước 17h hôm nay nhé."
)
HOSTILE = ("tài khoản ", "a.", "http://", "k-h-o-a ", "1.000 ")

_ = speak(chosen((), os.environ))


@click.command(help=_("Nhận diện lừa đảo: thời gian nạp, một tin, nhiều tin, văn bản cố ý gây chậm."))
@click.option(
    "--messages",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("Tệp CSV có cột text để đo cả loạt; nếu không có thì dùng một tin mẫu."),
)
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
def check(*, messages: Path | None, as_json: bool) -> None:
    texts = _texts(messages)
    scams.check(MESSAGE)  # loads what is known
    told: dict[str, Any] = {
        "machine": machine(),
        "import_s": _row(_import_time(), IMPORT_S),
        "p99_ms": _row(_p99(), P99_MS),
        "messages_a_second": _row(_a_second(texts), A_SECOND),
        "peak_mb": _row(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1), PEAK_MB),
        "times_dearer_for_ten_times_the_text": _row(max(map(_growth, HOSTILE)), TIMES_DEARER),
    }
    tell(told, _lines, as_json=as_json)


def _row(value: float, limit: float) -> dict[str, float]:
    return {"value": value, "limit": limit}


def _lines(told: dict[str, Any]) -> list[str]:
    return [f"{name:<38}{row['value']:>10}  ({row['limit']})" for name, row in told.items() if name != "machine"]


def _texts(messages: Path | None) -> list[str]:
    if messages is None:
        return [f"{MESSAGE} {number}" for number in range(2_000)]
    with messages.open(encoding="utf-8", newline="") as opened:
        return [row["text"] for row in csv.DictReader(opened)]


def _import_time() -> float:
    """The median of five imports, each in a process of its own, less the time Python itself takes."""
    code = "import time; began = time.perf_counter(); import lachan.engine.scams; print(time.perf_counter() - began)"
    taken = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _round in range(5)
    ]
    return round(statistics.median(taken), 3)


def _p99() -> float:
    times = []
    for number in range(ROUNDS * 50):
        text = f"{MESSAGE} {number}"  # no answer is found in a store
        began = time.perf_counter()
        scams.check(text)
        times.append((time.perf_counter() - began) * 1000)
    return round(sorted(times)[int(len(times) * 0.99)], 2)


def _a_second(texts: list[str]) -> int:
    best = 0.0
    for _round in range(3):
        began = time.process_time()
        for text in texts:
            scams.check(text)
        best = max(best, len(texts) / (time.process_time() - began))
    return round(best)


def _growth(unit: str) -> float:
    return round(_taken(unit, 100_000) / _taken(unit, 10_000), 1)


def _taken(unit: str, size: int) -> float:
    text = unit * (size // len(unit))
    best = float("inf")
    for _round in range(3):
        began = time.process_time()
        scams.check(text)
        best = min(best, time.process_time() - began)
    return best
