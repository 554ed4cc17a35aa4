"""Requests that the API's own OpenAPI file allows, and others that it does not: none finds a fault, or an answer not described."""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from calling import let_in
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from scenes import Scene
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ensure_resource_availability,
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
    use_after_free,
)

from lachan.api.v1.service import api

_good_line = st.builds(lambda key: json.dumps({"obligation": key, "answers": {}}).encode(), st.integers(1, 2**63 - 1))
_lines = st.builds(
    lambda first, more: b"\n".join([first, *more]), _good_line, st.lists(_good_line | st.binary(), max_size=5)
)
schemathesis.openapi.media_type("application/x-ndjson", _lines)
schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
HELD: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
    response_headers_conformance,
    missing_required_header,
    ignored_auth,
    positive_data_acceptance,
    use_after_free,
    ensure_resource_availability,
]
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def one_line() -> Iterator[None]:
    """The database stays open from request to request, as it does for Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.auth(refresh_interval=None)
class TokenOfTheDistrict:
    """Every request carries it, but those that are to show what happens without."""

    secret = ""

    def get(self, _case: schemathesis.Case, _context: schemathesis.AuthContext) -> str:
        return TokenOfTheDistrict.secret

    def set(self, case: schemathesis.Case, data: str, _context: schemathesis.AuthContext) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@pytest.fixture(autouse=True)
def let_in_with_every_right(scene: Scene) -> None:
    rights = {"submits": True, "approves": True, "decides": True, "below": True}
    TokenOfTheDistrict.secret = let_in(scene.cast.district, scene.district_head, **rights).secret


@schema.parametrize()
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_any_request_is_answered_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=HELD)
