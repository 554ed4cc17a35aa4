"""`lachan bench boundaries`: the reform of 2025 and the changes of 2026 replayed on the figures of a whole country, and undone."""

import os
import time
from datetime import UTC, datetime
from typing import Any

import click
from django.db import connection

from lachan.orgs.actions import undo
from lachan.orgs.models import BoundaryChange
from lachan.project import embedded, preparing
from lachan.project.bench.country import OWNER, found_country
from lachan.project.bench.telling import machine, step, tell
from lachan.project.language import chosen, speak
from lachan.project.replaying import replay
from lachan.project.units_command import lines

_ = speak(chosen((), os.environ))


@click.command(help=_("Sắp xếp đơn vị hành chính năm 2025 và 2026 trên số liệu của cả nước, rồi hoàn tác."))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
@click.option(
    "--province", "provinces", multiple=True, help=_("Mã tỉnh hiện nay; có thể ghi nhiều lần. Không ghi: cả nước.")
)
@click.option("--questions", default=10, show_default=True, help=_("Số chỉ tiêu của biểu mẫu."))
def boundaries(*, as_json: bool, provinces: tuple[str, ...], questions: int) -> None:
    now = datetime.now(UTC)  # noqa: TID251 - a command reads the clock once
    with embedded.running():
        preparing.start_afresh(mark=OWNER)
        step(_("Lập cả nước ngày 30/6/2025, có số liệu"))
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        found_country(now=now, questions=questions, provinces=provinces or None)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        report = replay(now=now, tell=step)
        began = time.monotonic()
        step(_("Hoàn tác"))
        undone = sum(undo(one, by=None, now=now) for one in BoundaryChange.objects.order_by("-pk"))
        again = {"rows": undone, "seconds": round(time.monotonic() - began, 1)}
        connection.close()
    told = {"machine": machine(), "report": report, "undone": again}
    tell(told, _lines, as_json=as_json)


def _lines(told: dict[str, Any]) -> list[str]:
    undone = told["undone"]
    return [
        *lines(told["report"]),
        _("Hoàn tác: {rows} dòng trong {seconds} giây.").format(rows=undone["rows"], seconds=undone["seconds"]),
    ]
