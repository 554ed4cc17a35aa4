"""Every address of the site, with who may use it, in one table: route_permissions.csv. A route that is not there fails."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

TABLE = Path(__file__).with_name("route_permissions.csv")
EXAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


def table() -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["route"]: row["access"] for row in csv.DictReader(lines)}


def routes(
    patterns: list[URLPattern | URLResolver], space: str = "", front: str = "/"
) -> Iterator[tuple[str, str, URLPattern]]:
    """Name, an example address and the pattern of each route. A name with several addresses comes several times."""
    for one in patterns:
        address = front + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space, address)
        else:
            yield f"{space}{one.name or address}", address, one


ROUTES = list(routes(get_resolver().url_patterns))


def example_of(address: str) -> str:
    address = re.sub(r"\(\?P<\w+>.+?\)(?=[-/])", "x", address).replace("^", "").removesuffix("$")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES[found[1] or "str"], address)


def test_the_table_lists_every_route_and_no_other() -> None:
    assert len(ROUTES) > 20
    assert {name for name, _, _ in ROUTES} == set(table())


def test_every_view_of_ours_says_who_may_use_it_and_the_table_agrees() -> None:
    declared = {
        name: getattr(route.callback, "access", "")
        for name, _, route in ROUTES
        if route.callback.__module__.startswith("lachan.")
        and not route.callback.__module__.startswith("lachan.foundation.")
    }
    assert declared == {name: table()[name] for name in declared}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), [(name, address) for name, address, _ in ROUTES])
def test_whoever_has_not_signed_in_is_sent_to_sign_in_unless_the_page_is_public(name: str, address: str) -> None:
    client, address = Client(), example_of(address)
    answer = client.get(address)
    for method in ("POST", "PUT", "DELETE"):
        if answer.status_code == 405:
            answer = client.generic(method, address)
    if table()[name].startswith("token"):
        assert answer.status_code == 401, (address, answer)
        return
    sent_to_sign_in = answer.status_code == 302 and answer["Location"].startswith(settings.LOGIN_URL)
    assert sent_to_sign_in is not table()[name].startswith("public"), (address, answer)
