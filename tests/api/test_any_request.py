"""Requests that the API's own OpenAPI file allows, and others that it does not: none finds a fault, or an answer not described."""

from collections.abc import Iterator

import pytest
import schemathesis
from calling import let_in
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from scenes import Scene
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from lachan.api.v1.service import api

schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
HELD: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
application = get_wsgi_application()


@pytest.fixture(autouse=True)
def one_line() -> Iterator[None]:
    """The database stays open from request to request, as it does for Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.filterwarnings(
    "ignore:Skipped test cases with unsupported payload media types"
)  # lines of JSON: test_batches
@schema.parametrize()
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_any_request_is_answered_as_described(case: schemathesis.Case, scene: Scene) -> None:
    system = let_in(scene.cast.district, scene.district_head, submits=True, approves=True, below=True)
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {system.secret}"}
    case.call_and_validate(app=application, checks=HELD)
