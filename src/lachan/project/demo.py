"""`lachan demo`: a sample province plays a whole campaign, from the letter to the consolidated report; then the site is served.

It lives in a var folder of its own (`var/demo`), so that it never touches a province's data, and starts afresh each time.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from lachan.project import embedded, preparing
from lachan.project.memory import peak_mb
from lachan.project.sample import play
from lachan.project.sample.activities import record_activities
from lachan.project.sample.letter import campaign_dates
from lachan.project.sample.mending import mend
from lachan.project.sample.people import LOGINS, hire
from lachan.project.sample.province import found_province

T = TypeVar("T")
PASSWORD = "chien-dich-mau"  # noqa: S105 - printed for everybody; the demonstration answers on this machine only
SEED = 2026


@click.command(help=_("Tỉnh mẫu: một văn bản trở thành chiến dịch, chiến dịch trở thành báo cáo; rồi mở trang web."))
@click.option("--serve/--no-serve", default=True, help=_("Mở trang web sau khi xong (mặc định), hoặc dừng lại."))
@click.option("--out", default="out", type=click.Path(file_okay=False, path_type=Path), help=_("Nơi ghi các tệp."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("Cổng của trang web."))
@click.option("--json", "as_json", is_flag=True, help=_("In số liệu cuối cùng dạng JSON."))
def demo(*, serve: bool, out: Path, port: int, as_json: bool) -> None:
    began = time.monotonic()
    with embedded.running():
        with _step(_("Chuẩn bị cơ sở dữ liệu")):
            _start_afresh()
        facts = _play(out)
        facts["seconds"] = round(time.monotonic() - began, 1)
        facts["memory_mb"] = round(peak_mb())  # without the database's own
        connection.close()
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        _tell(facts)
    if serve:
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "lachan.project", "up", "--port", str(port)])  # noqa: S606


def _start_afresh() -> None:
    preparing.start_afresh(mark=LOGINS[-1].email)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # a demonstration that a power cut spoils is played again


def _play(out: Path) -> dict[str, Any]:
    now = datetime.now(UTC)  # noqa: TID251 - the demonstration's own clock starts here
    dice = random.Random(SEED)  # noqa: S311 - made-up figures, the same at every run
    with _step(_("Lập tỉnh mẫu")):
        province = found_province(now=now)
        staff = hire(province, password=PASSWORD, now=now, dice=dice)
    stage = play.Stage(province, staff, campaign_dates(now), dice, _bar)
    with _step(_("Đọc văn bản, lập và phát động chiến dịch")):
        letter = play.receive_letter(stage)
        campaign = play.start_campaign(stage, letter)
    replies = play.make_replies(stage)
    play.cascade(stage, campaign, replies, _("Các đơn vị nhận và triển khai tiếp"))
    with _step(_("Các đơn vị ghi hoạt động, có ảnh")):
        activities = record_activities(stage, campaign, now=now)
    play.report(stage, campaign, replies, _("Các đơn vị báo cáo, duyệt, gửi lên"))
    with _step(_("Khóa số liệu, cấp ngoại lệ, điều chỉnh một báo cáo")):
        mend(stage, campaign, now=now - timedelta(hours=2))
    with _step(_("Lập báo cáo tổng hợp")):
        files = play.consolidate(stage, campaign, out, now=now)
    with _step(_("Phát động chiến dịch tiếp theo")):
        play.start_next_campaign(stage, now=now - timedelta(minutes=30))
    return {
        "units": len(province.units),
        **play.outcome(campaign, now=now),
        "activities": activities,
        "files": [str(file) for file in files],
    }


@contextmanager
def _step(label: str) -> Iterator[None]:
    began = time.monotonic()
    click.echo(f"{label} … ", nl=False, err=True)
    yield
    click.echo(f"{time.monotonic() - began:.1f} s".replace(".", ","), err=True)


def _bar(label: str, items: list[T]) -> Iterator[T]:
    with click.progressbar(items, label=label, file=sys.stderr, item_show_func=None) as bar:
        yield from bar


def _tell(facts: dict[str, Any]) -> None:
    sentences: list[Callable[[], str]] = [
        lambda: _(
            "{units} đơn vị, {assigned} đơn vị được giao, {received} đã nhận, {reported}/{owed} đã báo cáo ({late} trễ hạn)."
        ).format(**facts),
        lambda: _("Mất {seconds:.0f} giây, dùng nhiều nhất {memory_mb} MB bộ nhớ.").format(**facts),
        lambda: _("Các tệp: {files}").format(files=", ".join(facts["files"])),
    ]
    click.echo("\n" + "\n".join(sentence() for sentence in sentences))
    click.echo("\n" + _("Đăng nhập bằng một trong các tài khoản sau, mật khẩu {password}:").format(password=PASSWORD))
    for login in LOGINS:
        click.echo(f"  {login.email:<32} {login.who} ({login.name})")
    click.echo(_("Dữ liệu mẫu ở {folder}.").format(folder=settings.VAR) + "\n")
