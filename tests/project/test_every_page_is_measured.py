"""`lachan bench standing` opens every page that staff can open, in its made-up province. How fast they are is not judged here."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from cast import NOW
from django.core.cache import cache

from lachan.project.bench.askers import askers, keys
from lachan.project.bench.asking import Answered, Asker, Instead, Keys, Route, ask, instead, routes
from lachan.project.bench.province import found
from lachan.project.bench.work import leave_work

NO_PAGES = {
    "api:v1:api-root": "what the addresses of the API begin with",
    "accounts:sign_on": "leaves for the sign-on of an agency; none is set up",
    "openid_connect_callback": "for the server of an agency's sign-on",
    "saml_acs": "for the server of an agency's sign-on",
    "saml_finish_acs": "for the server of an agency's sign-on",
    "saml_metadata": "for the server of an agency's sign-on",
    "saml_sls": "for the server of an agency's sign-on",
    "mfa_login_webauthn": "data for the script of passkeys",
    "notices:follow": "goes on to what the notice is about",
    "set_language": "goes back to where one was",
}
"""Addresses that open for nobody, or send everybody on, each with the reason. Those for posts and files show it by their answer."""


@pytest.fixture
def left(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Instead]:
    """What each route is that gives nobody a page."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    cache.clear()  # of attempts to sign in
    province = found(40, 3, NOW)
    leave_work(province, NOW)
    people, known = askers(province, NOW), keys(province, NOW)
    answers = [(route.name, list(_until_a_page(route, people, known))) for route in routes()]
    return {name: why for name, given in answers if (why := instead(given))}


def _until_a_page(route: Route, people: Sequence[Asker], known: Keys) -> Iterator[Answered]:
    for one in ask(route, people, known):
        yield one
        if one.is_page:
            return


def test_only_addresses_that_are_no_page_are_passed_over(left: dict[str, Instead]) -> None:
    assert {name for name, why in left.items() if why in (Instead.ELSEWHERE, Instead.CLOSED)} == set(NO_PAGES)
