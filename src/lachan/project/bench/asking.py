"""Asking for the addresses of the site as its people do: who gets a page where, and what an address is that gives no page."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

ASKED_FOR = {"portal:chase": "?thieu=bao-cao", "portal:call_sheet": "?thieu=bao-cao", "reporting:changes": "?since=0"}
"""What stands behind the address of a page that is nothing without it."""

Keys = Mapping[str, Sequence[Any]]
"""The keys there are, best first, by their name in addresses."""


class Instead(StrEnum):
    """What an address is that gives nobody a page."""

    POSTED = "posted"  # it takes what is sent, no more
    FILE = "file"  # or data for a script
    ELSEWHERE = "elsewhere"  # it sends everybody on
    SYSTEMS = "systems"  # it opens for other systems, with a token
    CLOSED = "closed"


@dataclass(frozen=True)
class Route:
    """One address of the site by its name, with the names of its keys. One name with several forms comes several times."""

    name: str
    keys: tuple[str, ...]

    def addresses(self, keys: Keys) -> Iterator[str]:
        for chosen in product(*(keys.get(name, [1]) for name in self.keys)):
            try:
                yield reverse(self.name, kwargs=dict(zip(self.keys, chosen, strict=True))) + ASKED_FOR.get(
                    self.name, ""
                )
            except NoReverseMatch:
                continue


@dataclass(frozen=True)
class Asker:
    """Somebody at a browser."""

    who: str
    client: Client
    kept: Mapping[str, Any] = field(
        default_factory=dict
    )  # put back into the session before each page: some take it out

    def get(self, address: str) -> Answered:
        """Being sent to sign in is no answer: there is nothing for them."""
        if self.kept:
            session = self.client.session
            session.update(self.kept)
            session.save()
        answer = self.client.get(address)
        if answer.streaming:
            deque(answer, maxlen=0)  # a file is closed when it was read
        is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        is_shut_out = answer.headers.get("Location", "").startswith(settings.LOGIN_URL)
        status = 403 if is_shut_out else answer.status_code
        return Answered(self, address, status, is_page, len(answer.content) if is_page else 0)


@dataclass(frozen=True)
class Answered:
    """What somebody got for an address."""

    asker: Asker
    address: str
    status: int
    is_page: bool
    octets: int


def routes() -> Iterator[Route]:
    yield from _below(get_resolver().url_patterns, "")


def _below(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[Route]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield Route(f"{space}{one.name}", tuple(one.pattern.regex.groupindex))


def ask(route: Route, askers: Sequence[Asker], keys: Keys) -> Iterator[Answered]:
    """Asks with each set of keys as each of them, until they have a page. Nobody asks any more where there cannot be one."""
    for asker in askers:
        for address in route.addresses(keys):
            answered = asker.get(address)
            yield answered
            if answered.is_page:
                break
            if answered.status in (200, 405):
                return


def instead(answers: Sequence[Answered]) -> Instead | None:
    """What an address is that was answered so; None where somebody got a page."""
    if any(one.is_page for one in answers):
        return None
    statuses = {one.status for one in answers}
    words = {405: Instead.POSTED, 200: Instead.FILE, 302: Instead.ELSEWHERE, 401: Instead.SYSTEMS}
    return next((word for status, word in words.items() if status in statuses), Instead.CLOSED)
