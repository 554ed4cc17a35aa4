"""`lachan bench faults`: web, worker and database are killed again and again while returns come in; then each return is looked for.

The programs are those of `lachan up`, which starts again what dies. What was acknowledged is there once; what was not is absent
or there once, and there once after it was sent again with the same key.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle, islice
from typing import Any

import click
from django.conf import settings
from django.db import connection

from lachan.campaigns.models import Campaign
from lachan.foundation import audit
from lachan.foundation.models import AuditEntry
from lachan.project import embedded, preparing
from lachan.project.bench import storm
from lachan.project.bench.recount import recount
from lachan.project.bench.rounds import OWNER, Size, found_rounds
from lachan.project.bench.site import Served, free_address
from lachan.project.bench.telling import machine, step, tell
from lachan.project.embedded.cluster import Cluster
from lachan.project.embedded.launch import watched
from lachan.project.embedded.server import processes_in
from lachan.project.language import chosen, speak
from lachan.project.processes import children, command_line
from lachan.reporting.models import Return
from lachan.reporting.totals import totals

INDICATORS = 40
BESIDE = 200  # units that have reported before
IMPATIENT = 3  # one sender in so many gives up after as many tries
SPREAD = 0.6  # of the returns, over which the kills are spread: the patient ones alone make that many
LOOK_EVERY = 0.02  # seconds between two looks at how many were acknowledged
KILLED = ("database", "web process", "worker", "session", "web")

_ = speak(chosen((), os.environ))
NAMES = {
    "database": _("cơ sở dữ liệu"),
    "session": _("một phiên của cơ sở dữ liệu"),
    "web": _("trang web"),
    "web process": _("một tiến trình của trang web"),
    "worker": _("tiến trình nền"),
}


@click.command(
    help=_("Giết cơ sở dữ liệu, trang web và tiến trình nền trong lúc nhận báo cáo, rồi tìm lại từng báo cáo.")
)
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
@click.option("--returns", default=3_000, show_default=True, type=click.IntRange(10), help=_("Số báo cáo gửi."))
@click.option("--kills", default=40, show_default=True, type=click.IntRange(1), help=_("Số lần giết, cách đều nhau."))
def faults(*, as_json: bool, returns: int, kills: int) -> None:
    if settings.DATABASE_URL:
        raise click.ClickException(_("Chỉ thử trên cơ sở dữ liệu gắn kèm. Bỏ DATABASE_URL rồi chạy lại."))
    now = datetime.now(UTC)  # noqa: TID251 - a command reads the clock once
    with embedded.running():
        preparing.start_afresh(mark=OWNER)
        size = Size(returns + BESIDE, INDICATORS, periods=1, owing=returns)
        campaign = found_rounds(size, now=now, tell=step).rounds.get()
        ready = storm.prepare(campaign, returns, now)
        for one in ready[::IMPATIENT]:
            one.patience = IMPATIENT
        connection.close()
        told = {"machine": machine(), "busy": round(os.getloadavg()[0], 1), **_killing(campaign, ready, kills)}
        connection.close()
    tell(told, _lines, as_json=as_json)
    if told["wrong"]:
        sys.exit(1)


def _killing(campaign: Campaign, ready: Sequence[storm.Sent], kills: int) -> dict[str, Any]:
    with _up() as up:
        step(_("{count} báo cáo gửi dồn").format(count=len(ready)))
        with _killer(up, ready, kills) as killed:
            took = storm.send_all(up, ready, seconds=0)
        _wait_for_all(up)
        found = {"killed": dict(killed), "seconds": round(took, 1), **_first_ledger(ready)}
        given_up = [one for one in ready if one.acknowledged_at is None]
        for one in given_up:
            one.patience = storm.Sent.patience
        step(_("Gửi lại {count} báo cáo chưa được trả lời").format(count=len(given_up)))
        storm.send_all(up, given_up, seconds=0)
        step(_("Cộng lại từ đầu"))
        found |= _last_ledger(campaign, ready)
        connection.close()
    return found | {"wrong": _wrong(found)}


def _first_ledger(ready: Sequence[storm.Sent]) -> dict[str, int]:
    """What was acknowledged while programs died, and what is there of what was not."""
    kept = _kept(ready)
    acknowledged = [kept[one.obligation] for one in ready if one.acknowledged_at is not None]
    others = [kept[one.obligation] for one in ready if one.acknowledged_at is None]
    return {
        "sent": len(ready),
        "requests": sum(one.tries for one in ready),
        "acknowledged": len(acknowledged),
        "lost": sum(count == 0 for count in acknowledged),
        "twice": sum(count > 1 for count in kept.values()),
        "not_acknowledged": len(others),
        "of_these_kept": sum(count == 1 for count in others),
        "of_these_absent": sum(count == 0 for count in others),
    }


def _last_ledger(campaign: Campaign, ready: Sequence[storm.Sent]) -> dict[str, Any]:
    """What is there after what had not been acknowledged was sent again."""
    kept = _kept(ready)
    return {
        "acknowledged_in_the_end": sum(one.acknowledged_at is not None for one in ready),
        "refused": sum(bool(one.refused) for one in ready),
        "there_once": sum(kept[one.obligation] == 1 for one in ready),
        "audit_entries": AuditEntry.objects.filter(verb="reporting.submit").count(),
        "audit_trail_is_whole": audit.verify().fault is None,
        "counted": totals(campaign, None).whole.coverage.received - BESIDE,
        "recount": recount(campaign),
    }


def _kept(ready: Sequence[storm.Sent]) -> Counter[int]:
    """How many versions each has that say what was sent; one that says anything else counts as two."""
    values = {one.obligation: one.values for one in ready}
    found: Counter[int] = Counter()
    for obligation, kept in Return.objects.filter(obligation__in=values).values_list("obligation", "values"):
        found[obligation] += 1 if kept == values[obligation] else 2
    return found


def _wrong(found: Mapping[str, Any]) -> list[str]:
    """What is not as it must be."""
    all_of_them = ("acknowledged_in_the_end", "there_once", "audit_entries", "counted")
    wrong = [name for name in ("refused", "lost", "twice") if found[name]]
    wrong += [name for name in all_of_them if found[name] != found["sent"]]
    wrong += [] if found["audit_trail_is_whole"] else ["audit_trail_is_whole"]
    return wrong + (["recount"] if found["recount"]["different"] else [])


@contextmanager
def _up() -> Iterator[Served]:
    """`lachan up` with two web processes, answering inside the block."""
    address = free_address()
    where = ["--host", address.host, "--port", str(address.port), "--workers", "2"]
    words = [sys.executable, "-m", "lachan.project", "up", *where]
    with subprocess.Popen(watched(words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            served = Served(address.host, address.port, process)
            served.wait()
            yield served
        finally:
            process.terminate()


def _wait_for_all(up: Served) -> None:
    """Returns when the site and the database answer."""
    up.wait()
    while not Cluster(settings.VAR).answers():
        time.sleep(LOOK_EVERY)


@contextmanager
def _killer(up: Served, ready: Sequence[storm.Sent], kills: int) -> Iterator[Counter[str]]:
    """Kills one after another inside the block, each when some more returns were acknowledged; gives how many of what.

    What was killed before may take long to come back: those whose turn comes too late for that are killed when all is sent.
    """
    killed: Counter[str] = Counter()
    sent, enough = threading.Event(), threading.Event()
    dice = random.Random(9)  # noqa: S311 - which of several processes

    def due(number: int) -> bool:
        acknowledged = sum(one.acknowledged_at is not None for one in ready)
        return sent.is_set() or acknowledged >= number * SPREAD * len(ready) / kills

    def kill() -> None:
        for number, name in enumerate(islice(cycle(KILLED), kills), 1):
            while not (due(number) and _kill(_processes(up.process.pid)[name], dice)):
                if enough.wait(LOOK_EVERY) or not up.lives():
                    return
            killed[name] += 1

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
        sent.set()
        thread.join()
    finally:
        enough.set()
        thread.join()


def _kill(processes: Sequence[int], dice: random.Random) -> bool:
    """One of them, if one is there."""
    try:
        os.kill(dice.choice(processes), signal.SIGKILL)
    except (IndexError, ProcessLookupError):
        return False
    return True


def _processes(up: int) -> Mapping[str, list[int]]:
    """What runs now, by the names of `KILLED`."""
    found: dict[str, list[int]] = defaultdict(list)
    for child in children(up):
        words = command_line(child)
        if "granian" in words:
            found["web"].append(child)
            found["web process"] += [one for one in children(child) if "granian" in command_line(one)]
        elif "lachan.project worker" in words:
            found["worker"].append(child)
    for one in processes_in(Cluster(settings.VAR).data):
        words = command_line(one)
        if "postgres -D" in words:
            found["database"].append(one)
        elif words.startswith("postgres: lachan lachan"):
            found["session"].append(one)
    return found


def _lines(told: dict[str, Any]) -> list[str]:
    killed = ", ".join(f"{NAMES[name]} {count}" for name, count in told["killed"].items())
    lines = [
        _("Đã giết: {killed}"),
        _(
            "gửi {sent} báo cáo trong {seconds} giây, {requests} lượt; được trả lời {acknowledged}, mất {lost}, trùng {twice}"
        ),
        _("chưa được trả lời {not_acknowledged}: {of_these_kept} đã có, {of_these_absent} chưa có"),
        _(
            "sau khi gửi lại: {acknowledged_in_the_end} được trả lời, {there_once} có đúng một lần, {counted} trong số liệu"
        ),
    ]
    recounted = _("cộng lại từ đầu {figures} số của {branches} nhánh: {different} khác, {seconds} giây")
    wrong = [_("Sai: {what}").format(what=", ".join(told["wrong"]))] if told["wrong"] else []
    return [*(line.format(**told | {"killed": killed}) for line in lines), recounted.format(**told["recount"]), *wrong]
