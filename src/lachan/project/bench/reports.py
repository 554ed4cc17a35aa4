"""`lachan bench reports`: how many returns a second the site takes, beside how many bare rows the same database takes.

Officers submit through the page they use, over HTTP, to two web processes; every commit is durable. The limit is the rate at which
as many connections insert the same answers into a table without indexes, one commit a row.
"""

import http.client
import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import click
import psycopg
from django.db import connection
from django.test import Client
from lxml import html

from lachan.orgs.models import Person, Role
from lachan.project import embedded, preparing
from lachan.project.bench.province import OPERATOR, found
from lachan.project.bench.site import site
from lachan.project.bench.telling import allow_test_client, machine, quantile, tell
from lachan.project.language import chosen, speak
from lachan.reporting.models import Obligation, Return

INDICATORS = (5, 40)
UNITS_A_RETURN = 6  # a fifth of the units owe
WEB_WORKERS = 2
OFFICERS_AT_ONCE = 8
RETURNS = 400  # submitted at each number of indicators

_ = speak(chosen((), os.environ))


@dataclass(frozen=True)
class Submission:
    """One return ready to be sent: where, as whom, with what."""

    address: str
    headers: dict[str, str]
    body: str


@click.command(help=_("Tốc độ nhận báo cáo, 5 và 40 chỉ tiêu, cạnh tốc độ ghi thô của cùng cơ sở dữ liệu."))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
@click.option("--returns", default=RETURNS, show_default=True, type=click.IntRange(1, 2000), help=_("Số báo cáo gửi."))
def reports(*, as_json: bool, returns: int) -> None:
    with embedded.running():
        rows = [_at(indicators, returns) for indicators in INDICATORS]
        connection.close()
    told = {"machine": machine(), "web_workers": WEB_WORKERS, "officers_at_once": OFFICERS_AT_ONCE, "rows": rows}
    tell(told, _lines, as_json=as_json)


def _lines(told: dict[str, Any]) -> list[str]:
    words = _(
        "{indicators} chỉ tiêu: {returns_per_s} báo cáo/s, p95 {p95_ms} ms; ghi thô {raw_per_s} dòng/s; bằng {of_raw} lần"
    )
    return [words.format(**row) for row in told["rows"]]


def _at(indicators: int, count: int) -> dict[str, Any]:
    allow_test_client()
    preparing.start_afresh(mark=OPERATOR)
    warming = OFFICERS_AT_ONCE * 2
    province = found(UNITS_A_RETURN * (count + warming), indicators, datetime.now(UTC))  # noqa: TID251 - a command reads the clock
    submissions = list(_submissions(province.campaign.pk, count + warming))
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        durable = cursor.fetchone()[0]
    connection.close()
    before = Return.objects.count()
    with site(WEB_WORKERS) as served:
        _send_all(served.port, submissions[:warming])  # processes warm up; these are not counted
        rest = submissions[warming:]
        seconds, times = _send_all(served.port, rest)
    kept = Return.objects.count() - before
    if kept != len(submissions):
        raise click.ClickException(f"{kept} != {len(submissions)}")
    rate, raw = len(rest) / seconds, _raw_rate(Return.objects.latest("pk").values, len(rest) * 4)
    return {
        "indicators": indicators,
        "returns": len(rest),
        "durable": durable,
        "returns_per_s": round(rate, 1),
        "p95_ms": round(quantile(times, 0.95), 1),
        "raw_per_s": round(raw, 1),
        "of_raw": round(rate / raw, 3),
    }


def _submissions(campaign: int, count: int) -> Iterator[Submission]:
    """Returns of units that owe one, each typed into the page by its own officer."""
    owed = Obligation.objects.filter(form__campaign=campaign, counted=None).order_by("pk")[:count]
    for obligation in owed:
        client = Client()
        client.force_login(Person.objects.get(grants__unit=obligation.unit_id, grants__role=Role.OFFICER))
        page: Any = html.fromstring(client.get(obligation.get_absolute_url()).content.decode())
        form = next(form for form in page.forms if "request_key" in form.fields)
        typed = dict(form.form_values())
        for control in form.xpath(".//textarea | .//input[@inputmode]"):
            typed[control.name] = "Không có." if control.tag == "textarea" else str(obligation.pk % 97)
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
        yield Submission(obligation.get_absolute_url(), headers, urlencode(typed))


def _send_all(port: int, submissions: Sequence[Submission]) -> tuple[float, list[float]]:
    """Seconds for all of them, officers side by side, and the milliseconds of each."""
    began = time.perf_counter()
    times = _side_by_side(submissions, lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=60), _send)
    return time.perf_counter() - began, times


def _send(line: http.client.HTTPConnection, one: Submission) -> None:
    line.request("POST", one.address, body=one.body, headers=one.headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != 302 or "/ban/" not in answer.headers["Location"]:
        raise click.ClickException(f"{one.address}: {answer.status} {answer.headers.get('Location')}")


def _raw_rate(values: object, rows: int) -> float:
    """Bare rows a second, with the same answers in each."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_raw; CREATE TABLE bench_raw (id bigserial, answers jsonb)")
    text, known = json.dumps(values), connection.get_connection_params()
    keys = {key: known[key] for key in ("dbname", "user", "password", "host", "port") if known.get(key)}

    def insert(line: psycopg.Connection, _row: int) -> None:
        line.execute("INSERT INTO bench_raw (answers) VALUES (%s)", [text])

    began = time.perf_counter()
    _side_by_side(range(rows), lambda: psycopg.connect(**keys, autocommit=True), insert)
    return rows / (time.perf_counter() - began)


def _side_by_side(work: Sequence[Any], opened: Callable[[], Any], one: Callable[[Any, Any], None]) -> list[float]:
    """Do `one(line, item)` for each item, on as many lines at once as there are officers; the milliseconds of each."""
    own = threading.local()

    def timed(item: Any) -> float:
        if not hasattr(own, "line"):
            own.line = opened()
        began = time.perf_counter()
        one(own.line, item)
        return (time.perf_counter() - began) * 1000

    with ThreadPoolExecutor(OFFICERS_AT_ONCE) as officers:
        return list(officers.map(timed, work))
