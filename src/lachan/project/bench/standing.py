"""`lachan bench standing`: how long the server takes for every page of staff, at two sizes of province.

Each page is asked for inside this process, through all of Django with a real database, as the one of its readers who gets
most of it.
"""

import gzip
import os
import time
from datetime import UTC, datetime
from typing import Any

import click
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lachan.project import embedded, preparing
from lachan.project.bench.askers import askers, keys
from lachan.project.bench.asking import Answered, Instead, ask, instead, routes
from lachan.project.bench.province import OPERATOR, found
from lachan.project.bench.telling import allow_test_client, machine, quantile, tell
from lachan.project.bench.work import leave_work
from lachan.project.heap import settle_heap
from lachan.project.language import chosen, speak

LIMITS_MS = {1_000: 150, 10_000: 300}  # p95 of the server's time for one page
QUESTIONS = 10
SECONDS_A_PAGE = 3.0
FEWEST, MOST = 10, 40  # rounds

_ = speak(chosen((), os.environ))
WORDS = {
    Instead.POSTED: _("chỉ nhận dữ liệu gửi đi"),
    Instead.FILE: _("tệp hoặc dữ liệu"),
    Instead.ELSEWHERE: _("chỉ chuyển sang trang khác"),
    Instead.SYSTEMS: _("mở bằng mã truy cập"),
    Instead.CLOSED: _("không mở được ở tỉnh đo này"),
}


@click.command(help=_("Mọi trang nghiệp vụ ở tỉnh có 1.000 và 10.000 đơn vị."))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
@click.option("--size", "sizes", type=int, multiple=True, help=_("Số đơn vị; có thể ghi nhiều lần."))
@click.option("--only", default="", help=_("Chỉ đo những trang có tên chứa chữ này."))
def standing(*, as_json: bool, sizes: tuple[int, ...], only: str) -> None:
    with embedded.running():
        told = {
            "machine": machine(),
            "limits_ms": LIMITS_MS,
            "sizes": [_at(n, only) for n in sizes or tuple(LIMITS_MS)],
        }
        connection.close()
    tell(told, _lines, as_json=as_json)


def _lines(told: dict[str, Any]) -> list[str]:
    lines = []
    for size in told["sizes"]:
        lines.append(f"\n{size['units']} {_('đơn vị')}, p95 ≤ {size['limit_ms']} ms")
        lines += [
            f"{p['p95_ms']:>8.1f} ms {p['of_limit']:>6.2f} × {p['queries']:>4} SQL {p['kb']:>7.1f} KB  {p['page']} ({p['as']})"
            for p in size["pages"]
        ]
        for why, words in WORDS.items():
            names = [name for name, told in size["not_measured"].items() if told == why]
            lines.append(_("Không đo, {why}: {pages}").format(why=words, pages=", ".join(names) or "—"))
    return lines


def _at(units: int, only: str) -> dict[str, Any]:
    allow_test_client()
    preparing.start_afresh(mark=OPERATOR)
    limit = LIMITS_MS.get(units, LIMITS_MS[10_000])
    now = datetime.now(UTC)  # noqa: TID251 - a command reads the clock once
    province = found(units, QUESTIONS, now)
    leave_work(province, now)
    people, known = askers(province, now), keys(province, now)
    connection.close()  # durable commits from here on
    settle_heap()  # as a web process does
    measured, left_out = [], {}
    for route in routes():
        if only not in route.name:
            continue
        answers = list(ask(route, people, known))
        if why := instead(answers):
            left_out[route.name] = why
        else:
            page = _timed(max(answers, key=lambda one: one.octets))
            measured.append({"page": route.name, **page, "of_limit": round(page["p95_ms"] / limit, 2)})
        click.echo(".", nl=False, err=True)
    click.echo(err=True)
    measured.sort(key=lambda page: -page["p95_ms"])
    return {"units": units, "limit_ms": limit, "pages": measured, "not_measured": left_out}


def _timed(page: Answered) -> dict[str, Any]:
    client, address = page.asker.client, page.address
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        queries = len(captured)
    times: list[float] = []
    enough = time.perf_counter() + SECONDS_A_PAGE
    while len(times) < FEWEST or (len(times) < MOST and time.perf_counter() < enough):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return {
        "as": page.asker.who,
        "address": address,
        "p50_ms": round(quantile(times, 0.5), 1),
        "p95_ms": round(quantile(times, 0.95), 1),
        "rounds": len(times),
        "queries": queries,
        "kb": round(len(gzip.compress(answer.content)) / 1024, 1),
    }
