"""`lachan bench standing`: how long the server takes for every page an officer or a coordinator opens, at two sizes.

Each page is asked for inside this process, through all of Django with a real database, as the first of the people who may see it.
"""

import gzip
import os
import time
from collections.abc import Iterator
from typing import Any

import click
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from lachan.orgs.models import Person
from lachan.project import embedded, preparing
from lachan.project.bench.province import OPERATOR, Measured, found
from lachan.project.bench.telling import allow_test_client, machine, quantile, tell
from lachan.project.language import chosen, speak
from lachan.reporting.models import Question

LIMITS_MS = {1_000: 150, 10_000: 300}  # p95 of the server's time for one page
QUESTIONS = 10
SECONDS_A_PAGE = 3.0
FEWEST, MOST = 10, 40  # rounds

_ = speak(chosen((), os.environ))


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
        lines.append(_("Không đo: {pages}").format(pages=", ".join(size["not_measured"]) or "—"))
    return lines


def _at(units: int, only: str) -> dict[str, Any]:
    allow_test_client()
    preparing.start_afresh(mark=OPERATOR)
    limit = LIMITS_MS.get(units, LIMITS_MS[10_000])
    province = found(units, QUESTIONS)
    connection.close()  # durable commits from here on
    pages, left_out = [], []
    for name, arguments in pages_of_the_site():
        if only not in name:
            continue
        page = _page(name, arguments, province)
        if page is None:
            left_out.append(name)
        else:
            pages.append({**page, "of_limit": round(page["p95_ms"] / limit, 2)})
        click.echo(".", nl=False, err=True)
    click.echo(err=True)
    pages.sort(key=lambda page: -page["p95_ms"])
    return {"units": units, "limit_ms": limit, "pages": pages, "not_measured": left_out}


def pages_of_the_site() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name and argument names of every address of ours; one name with several forms comes several times."""
    yield from _below(get_resolver().url_patterns, "")


def _below(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name and not one.name.startswith("account_"):
            yield f"{space}{one.name}", tuple(one.pattern.regex.groupindex)


def _page(name: str, arguments: tuple[str, ...], province: Measured) -> dict[str, Any] | None:
    """The page measured as the first person who gets it; None where nobody gets a page with GET and the keys we know."""
    for who, person, keys in _people(province):
        try:
            address = reverse(name, kwargs={argument: keys[argument] for argument in arguments})
        except (KeyError, NoReverseMatch):
            continue
        client = Client()
        client.force_login(person)
        answer = client.get(address)
        if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            return {"page": name, "as": who, "address": address, **_timed(client, address, answer)}
    return None


def _timed(client: Client, address: str, answer: HttpResponseBase) -> dict[str, Any]:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        queries = len(captured)
    times: list[float] = []
    enough = time.perf_counter() + SECONDS_A_PAGE
    while len(times) < FEWEST or (len(times) < MOST and time.perf_counter() < enough):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return {
        "p50_ms": round(quantile(times, 0.5), 1),
        "p95_ms": round(quantile(times, 0.95), 1),
        "rounds": len(times),
        "queries": queries,
        "kb": round(len(gzip.compress(getattr(answer, "content", b""))) / 1024, 1),
    }


def _people(province: Measured) -> Iterator[tuple[str, Person, dict[str, Any]]]:
    """Who asks, with the keys of what they have to do with."""
    campaign, branch, leaf = province.campaign, province.branch, province.leaf
    shared: dict[str, Any] = {
        "campaign": campaign.pk,
        "letter": campaign.letter_id,
        "question": Question.objects.filter(form__campaign=campaign)[0].pk,
        "year": campaign.created_at.year,
        "number": 1,
    }
    top = {"unit": campaign.owner_id, "assignment": branch.pk, "obligation": branch.obligation.pk}
    middle = {"unit": branch.unit_id, "assignment": branch.pk, "obligation": branch.obligation.pk}
    low = {"unit": leaf.unit_id, "assignment": leaf.pk, "obligation": leaf.obligation.pk}
    yield "coordinator", province.coordinator, shared | top | {"assignment": 0}  # the whole campaign
    yield "coordinator", province.coordinator, shared | top
    yield "officer of a branch", province.branch_officer, shared | middle
    yield "officer", province.leaf_officer, shared | low
    yield "head", province.leaf_head, shared | low
