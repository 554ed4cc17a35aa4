"""`lachan bench similar`: messages put into clusters as they come, at two sizes ten apart, beside datasketch."""

import json
import os
from pathlib import Path
from typing import Any

import click

from lachan.project.bench.copies import whole
from lachan.project.bench.gathering import PEERS, Run, measured
from lachan.project.bench.telling import machine, step, tell
from lachan.project.language import chosen, speak

LIMITS = {"f1": 0.95, "per_second": 5_000, "mb_at_1_000_000": 1_500}
TEXTS = Path(__file__).resolve().parents[4] / "tests" / "engine" / "scams"

_ = speak(chosen((), os.environ))


@click.command(help=_("Gom tin nhắn giống nhau thành chùm."))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
@click.option("--messages", default=1_000_000, show_default=True, help=_("Số tin nhắn của lần đo lớn."))
@click.option("--copies", "times", default=5, show_default=True, help=_("Số bản sao của mỗi tin khi đo chất lượng."))
@click.option(
    "--texts",
    "files",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help=_("Tệp JSONL có trường text; có thể ghi nhiều lần. Không ghi: các mẫu của bộ kiểm thử."),
)
def similar(*, as_json: bool, messages: int, times: int, files: tuple[Path, ...]) -> None:
    files = files or tuple(sorted(TEXTS.glob("*.jsonl")))
    if not files:
        raise click.UsageError(_("Chưa có tin mẫu. Hãy ghi --texts TỆP."))
    texts = whole(json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines())
    told: dict[str, Any] = {
        "machine": machine(),
        "load": os.getloadavg(),
        "limits": LIMITS,
        "texts": len(texts),
        "datasketch": "datasketch" in PEERS or _("chưa cài: requirements/bench.txt"),
        "copies": [_told(Run(peer, texts, times=times)) for peer in PEERS],
        "stream": [_told(run) for run in _streams(texts, messages)],
    }
    tell(told | {"load_after": os.getloadavg()}, _lines, as_json=as_json)


def _streams(texts: tuple[str, ...], messages: int) -> list[Run]:
    """Ours at both sizes; the others, which need more memory, at the smaller one and a tenth of it."""
    ours, *others = PEERS
    runs = [Run(peer, texts, messages=size) for peer in others for size in (messages // 100, messages // 10)]
    return [*runs, *(Run(ours, texts, messages=size) for size in (messages // 100, messages // 10, messages))]


def _told(run: Run) -> dict[str, Any]:
    step(f"{run.peer}: {run.messages or run.times * len(run.texts)}")
    return measured(run)


def _lines(told: dict[str, Any]) -> list[str]:
    return [
        f"{row['messages']:>9}  {row['per_second']:>6}/s  {row['us_first_tenth']:>4}→{row['us_last_tenth']:<4} µs"
        f"  {row['peak_mb']:>5} MB  F1 {row['f1']:.4f} ({row['precision']:.4f}, {row['recall']:.4f})  {row['peer']}"
        for row in (*told["copies"], *told["stream"])
    ]
