"""`lachan bench reports`: how many returns a second the site takes, beside how many bare rows the same database takes.

Returns come over HTTP to two web processes in three ways: through the page that officers use; through the API, one return a
request, from the systems of the branches with a token each; through the API in batches, one request a batch, and last as many
as one request may carry. Every commit is durable. The limit is the rate at which as many connections insert the same answers
into a table without indexes, one commit a row.
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

from lachan.api.actions.tokens import TokenDraft, make_token
from lachan.orgs.models import Person, Role, Unit
from lachan.project import embedded, preparing
from lachan.project.bench.province import BRANCHES, OPERATOR, Measured, found
from lachan.project.bench.site import site
from lachan.project.bench.telling import allow_test_client, machine, quantile, tell
from lachan.project.language import chosen, speak
from lachan.reporting.models import Obligation, Question, Return

INDICATORS = (5, 40)
WEB_WORKERS = 2
AT_ONCE = 32  # lines
RETURNS = 1000  # submitted in each way of the API; through the page a tenth
BATCH = 500
WHOLE = 10_000  # returns in one request, with the more indicators
OWING = 0.9  # of the units

_ = speak(chosen((), os.environ))


@dataclass(frozen=True)
class Submission:
    """One request ready to be sent, with `returns` in it, and the status of an answer that took them."""

    address: str
    headers: dict[str, str]
    body: str
    status: int = 201
    returns: int = 1


@click.command(help=_("Tốc độ nhận báo cáo, 5 và 40 chỉ tiêu, cạnh tốc độ ghi thô của cùng cơ sở dữ liệu."))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
@click.option(
    "--returns", default=RETURNS, show_default=True, type=click.IntRange(10, 20_000), help=_("Số báo cáo gửi.")
)
@click.option(
    "--whole", default=WHOLE, show_default=True, type=click.IntRange(1, WHOLE), help=_("Số báo cáo trong một lần gửi.")
)
def reports(*, as_json: bool, returns: int, whole: int) -> None:
    few, many = INDICATORS
    with embedded.running():
        rows = [*_at(few, returns, whole=0), *_at(many, returns, whole=whole)]
        connection.close()
    told = {"machine": machine(), "web_workers": WEB_WORKERS, "lines": AT_ONCE, "rows": rows}
    tell(told, _lines, as_json=as_json)


def _lines(told: dict[str, Any]) -> list[str]:
    names = {
        "page": _("trang web"),
        "api": _("API, mỗi yêu cầu một báo cáo"),
        "batch": _("API, gửi theo lô"),
        "whole": _("API, tất cả trong một lần gửi"),
    }
    words = _(
        "{indicators} chỉ tiêu, {name}: {returns_per_s} báo cáo/s, p95 {p95_ms} ms; ghi thô {raw_per_s} dòng/s; "
        "bằng {of_raw} lần; bộ nhớ một tiến trình web nhiều nhất {web_peak_mb} MB"
    )
    return [words.format(**row, name=names[row["way"]]) for row in told["rows"]]


def _at(indicators: int, count: int, *, whole: int) -> Iterator[dict[str, Any]]:
    allow_test_client()
    preparing.start_afresh(mark=OPERATOR)
    warm = min(AT_ONCE, count)
    wanted = count // 10 + 2 * count + 6 * warm + whole
    now = datetime.now(UTC)  # noqa: TID251 - a command reads the clock
    province = found(int(wanted / OWING) + 2 * min(BRANCHES, wanted // 2), indicators, now, reported=1 - OWING)
    owed = iter(_owed(province))
    sent = {
        "page": [list(map(_typed, _take(owed, n))) for n in (warm, count // 10)],
        "api": [_from_branches(_take(owed, n), province, now) for n in (4 * warm, count)],
        "batch": [_from_province(_take(owed, n), province, now) for n in (warm, count)],
        "whole": [[], _from_province(_take(owed, whole), province, now, size=WHOLE)],
    }
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        durable = cursor.fetchone()[0]
    connection.close()
    before = Return.objects.count()
    with site(WEB_WORKERS) as served:
        measured = {}
        for way, (warming, rest) in sent.items():
            if rest:
                _send_all(served.port, warming)  # processes warm up; these are not counted
                measured[way] = (*_send_all(served.port, rest), served.peak_memory())
    kept = Return.objects.count() - before
    expected = sum(one.returns for both in sent.values() for submissions in both for one in submissions)
    if kept != expected:
        raise click.ClickException(f"{kept} != {expected}")
    raw = _raw_rate(Return.objects.latest("pk").values, count * 2)
    for way, (seconds, times, peak) in measured.items():
        returns = sum(one.returns for one in sent[way][1])
        yield {
            "indicators": indicators,
            "way": way,
            "returns": returns,
            "durable": durable,
            "returns_per_s": round(returns / seconds, 1),
            "p95_ms": round(quantile(times, 0.95), 1),
            "web_peak_mb": peak,
            "raw_per_s": round(raw, 1),
            "of_raw": round(returns / seconds / raw, 3),
        }


def _owed(province: Measured) -> list[Obligation]:
    """What is owed, one branch after another in turn, so that all of them send at the same time."""
    owed = Obligation.objects.filter(form__campaign=province.campaign, counted=None).exclude(assignment__parent=None)
    branches: dict[int, list[Obligation]] = {}
    for one in owed.select_related("assignment__parent__unit").order_by("pk"):
        branches.setdefault(one.assignment.parent_id or 0, []).append(one)
    longest = max(map(len, branches.values()))
    return [branch[at] for at in range(longest) for branch in branches.values() if at < len(branch)]


def _take(owed: Iterator[Obligation], count: int) -> list[Obligation]:
    return [next(owed) for _one in range(count)]


def _typed(obligation: Obligation) -> Submission:
    """A return typed into the page by the unit's own officer."""
    client = Client()
    client.force_login(Person.objects.get(grants__unit=obligation.unit_id, grants__role=Role.OFFICER))
    page: Any = html.fromstring(client.get(obligation.get_absolute_url()).content.decode())
    form = next(form for form in page.forms if "request_key" in form.fields)
    typed = dict(form.form_values())
    for control in form.xpath(".//textarea | .//input[@inputmode]"):
        typed[control.name] = "Không có." if control.tag == "textarea" else str(obligation.pk % 97)
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    return Submission(obligation.get_absolute_url(), headers, urlencode(typed), status=302)


def _from_branches(owed: Sequence[Obligation], province: Measured, now: datetime) -> list[Submission]:
    """One return a request, each branch's with a token of its own that its head has made."""
    codes = _codes(province)
    tokens: dict[int, str] = {}
    found = []
    for one in owed:
        branch = one.assignment.parent
        if branch is None:
            raise LookupError("a leaf has a branch")
        if branch.unit_id not in tokens:
            head = Person.objects.get(grants__unit=branch.unit_id, grants__role=Role.HEAD)
            tokens[branch.unit_id] = _secret(branch.unit, head, f"{one.pk}", now)
        body = json.dumps({"answers": _answers(one, codes)})
        headers = _headers(tokens[branch.unit_id], one)
        found.append(Submission(f"/api/v1/obligations/{one.pk}/returns", headers, body))
    return found


def _from_province(
    owed: Sequence[Obligation], province: Measured, now: datetime, *, size: int = BATCH
) -> list[Submission]:
    """Batches of that size, with a token of the province."""
    codes = _codes(province)
    found = []
    for part in (owed[at : at + size] for at in range(0, len(owed), size)):
        secret = _secret(province.campaign.owner, province.coordinator, f"{part[0].pk}", now)
        body = json.dumps([{"obligation": one.pk, "answers": _answers(one, codes)} for one in part])
        found.append(Submission("/api/v1/returns", _headers(secret, part[0]), body, status=200, returns=len(part)))
    return found


def _secret(unit: Unit, by: Person, key: str, now: datetime) -> str:
    draft = TokenDraft("đo", 1, submits=True, below=True)
    return make_token(unit, draft=draft, request_key=key, by=by, now=now)[1]


def _headers(secret: str, first: Obligation) -> dict[str, str]:
    key = f"measured-{first.pk}"
    return {"Authorization": f"Bearer {secret}", "Content-Type": "application/json", "Idempotency-Key": key}


def _codes(province: Measured) -> list[Question]:
    return list(Question.objects.filter(form__campaign=province.campaign))


def _answers(obligation: Obligation, questions: Sequence[Question]) -> dict[str, int | str]:
    return {one.code: obligation.pk % 97 if one.is_number else "Không có." for one in questions}


def _send_all(port: int, submissions: Sequence[Submission]) -> tuple[float, list[float]]:
    """Seconds for all of them, several lines side by side, and the milliseconds of each."""
    began = time.perf_counter()
    times = _side_by_side(submissions, lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=600), _send)
    return time.perf_counter() - began, times


def _send(line: http.client.HTTPConnection, one: Submission) -> None:
    line.request("POST", one.address, body=one.body.encode(), headers=one.headers)
    answer = line.getresponse()
    said = answer.read()
    if answer.status != one.status:
        raise click.ClickException(f"{one.address}: {answer.status} {said[:300]!r}")


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
    """Do `one(line, item)` for each item, on as many lines at once as AT_ONCE says; the milliseconds of each."""
    own = threading.local()

    def timed(item: Any) -> float:
        if not hasattr(own, "line"):
            own.line = opened()
        began = time.perf_counter()
        one(own.line, item)
        return (time.perf_counter() - began) * 1000

    with ThreadPoolExecutor(AT_ONCE) as lines:
        return list(lines.map(timed, work))
