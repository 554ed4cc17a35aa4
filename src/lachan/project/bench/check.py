"""`lachan bench check`: how well and how fast scams are recognised, beside peers that learnt from the same messages."""

import os
import time
from pathlib import Path
from typing import Any

import click

from lachan.project.bench.check_picture import picture
from lachan.project.bench.check_shown import lines, markdown
from lachan.project.bench.peers.running import PEERS
from lachan.project.bench.quality import GOALS, messages, quality
from lachan.project.bench.recognition_speed import sample, speed
from lachan.project.bench.telling import machine, step, tell
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))
read_file = click.Path(exists=True, dir_okay=False, path_type=Path)
written_file = click.Path(dir_okay=False, path_type=Path)


@click.command(
    help=_(
        "Nhận diện lừa đảo: tốc độ, và khi có FILE thì cả chất lượng, bên cạnh các phần mềm khác học từ cùng những tin ấy. "
        "FILE là CSV có các cột id, group (tin gần giống nhau cùng một nhóm), text, verdict (scam, caution, none)."
    )
)
@click.argument("file", type=read_file, required=False)
@click.option("--beside", type=read_file, multiple=True, help=_("Tin mà mọi bên đều được học thêm: CSV hoặc JSONL."))
@click.option("--only", type=click.Choice(list(PEERS)), multiple=True, help=_("Chỉ đo bên này; có thể ghi nhiều lần."))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
@click.option("--markdown", "page", type=written_file, help=_("Ghi các bảng ra tệp Markdown."))
@click.option("--svg", "drawn", type=written_file, help=_("Ghi hình so sánh ra tệp SVG; cần FILE."))
def check(
    *,
    file: Path | None,
    beside: tuple[Path, ...],
    only: tuple[str, ...],
    as_json: bool,
    page: Path | None,
    drawn: Path | None,
) -> None:
    if drawn and not file:
        raise click.UsageError(_("--svg cần FILE: không có tin thì không có gì để so sánh."))
    told: dict[str, Any] = {"machine": machine(), "load": os.getloadavg()}
    if file:
        told |= {"goals": GOALS} | quality(file, beside, only)
    step(_("tốc độ"))
    told |= speed([one.text for one in messages(file)] if file else sample())
    told["load_after"] = os.getloadavg()
    if page:
        page.write_text(markdown(told, time.strftime("%Y-%m-%d"), drawn), encoding="utf-8")
    if drawn:
        drawn.write_text(picture(told), encoding="utf-8")
    tell(told, lines, as_json=as_json)
