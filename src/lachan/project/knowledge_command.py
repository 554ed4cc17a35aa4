"""`lachan knowledge`: what the recognition engine knows, counted and checked."""

import json
import os
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from lachan.engine.scams.lint import counts, problems
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))


@click.command(
    help=_(
        "Tri thức nhận diện lừa đảo: số mục của từng tệp, số mục có nguồn, và những chỗ cần sửa. "
        "Kết thúc với mã 1 nếu có chỗ cần sửa."
    )
)
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
@click.pass_context
def knowledge(context: click.Context, *, as_json: bool) -> None:
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))  # noqa: TID251 - a command reads the clock once
    counted, found = counts(), problems(today=now.date())
    if as_json:
        told = {
            "files": [{"file": one.file, "entries": one.entries, "with_source": one.with_source} for one in counted],
            "problems": [{"file": one.file, "line": one.line, "what": one.what} for one in found],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for one in counted:
            sentence = _("{entries:>6} mục, {with_source} có nguồn tra được").format(
                entries=one.entries, with_source=one.with_source
            )
            click.echo(f"{one.file:<16}{sentence}")
        for problem in found:
            where = f"{problem.file}:{problem.line}" if problem.line else problem.file
            click.echo(f"{where}: {problem.what}")
        click.echo(_("Không có chỗ cần sửa.") if not found else _("{n} chỗ cần sửa.").format(n=len(found)))
    context.exit(1 if found else 0)
