"""What all tests stand on: a throwaway var folder with its own PostgreSQL (or DATABASE_URL), and guards that fail loudly."""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import hypothesis
import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "lachan"
IS_WORKER = (
    "PYTEST_XDIST_WORKER" in os.environ
)  # a worker of pytest-xdist uses the folder and the server of its controller

os.environ["DJANGO_SETTINGS_MODULE"] = "lachan.project.settings"
os.environ["LACHAN_SECRET_KEY"] = "for tests only"
if not IS_WORKER:
    os.environ["LACHAN_VAR"] = tempfile.mkdtemp(prefix="lachan-tests-")
    Path(os.environ["LACHAN_VAR"]).chmod(0o711)  # the account that runs PostgreSQL passes through

# How fast a machine is decides nothing here; the same examples in every run, so that red means the change.
hypothesis.settings.register_profile(
    "ours", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("ours")

_server = ExitStack()


def start_server() -> None:
    """Once per run, and only when a test needs the database."""
    from lachan.project.embedded.cluster import Cluster
    from lachan.project.embedded.keeper import keeping

    if not IS_WORKER and not os.environ.get("DATABASE_URL") and not _server_is_up():
        _server.enter_context(keeping(Cluster(Path(os.environ["LACHAN_VAR"]), durable=False)))
        os.environ["LACHAN_TESTS_SERVER"] = "up"


def _server_is_up() -> bool:
    return "LACHAN_TESTS_SERVER" in os.environ


def pytest_configure(config: pytest.Config) -> None:
    if getattr(config.option, "numprocesses", None):
        start_server()  # before the workers start
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # loads the settings; quick


def pytest_unconfigure() -> None:
    if not IS_WORKER:
        _server.close()
        var = Path(os.environ["LACHAN_VAR"])
        shutil.rmtree((var / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this before it makes the test database."""
    start_server()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, which nobody holds any more when it is removed: the last page of a browser test may still be asking."""
    from django.db import connection

    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        others = "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")  # noqa: S608 - our own words


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Only this machine may be called: sockets of files, and the loopback addresses."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not ip_address(socket.gethostbyname(address[0])).is_loopback:
            pytest.fail(f"a test called the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        yield


class _Undefined(str):
    """Django puts this where a template names a variable that does not exist. In a template of ours that is an error."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """As empty as when it is not set, where a template asks `if`: a related row that does not exist is no error there."""
        return sys._getframe(1).f_code.co_name == "resolve"

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: Any) -> str:
        origin = _origin_of_the_template_being_rendered()
        if origin is not None and origin.is_relative_to(SOURCE):
            pytest.fail(f"{origin.relative_to(SOURCE)} uses an undefined variable: {variable}")
        return ""


def _origin_of_the_template_being_rendered() -> Path | None:
    import inspect

    from django.template import Template

    frame = inspect.currentframe()
    while frame is not None:
        template = frame.f_locals.get("self")
        if frame.f_code.co_name in ("render", "_render") and isinstance(template, Template):
            return Path(template.origin.name)
        frame = frame.f_back
    return None


@pytest.fixture(autouse=True, scope="session")
def _undefined_template_variables_fail() -> Iterator[None]:
    from django.template import engines

    engine = engines["django"].engine
    engine.string_if_invalid = _Undefined("undefined")
    yield
    engine.string_if_invalid = ""


@pytest.fixture
def cast(db: None) -> Any:
    """The small cast of tests/cast.py: a made-up province and four people."""
    from cast import assemble

    return assemble()
