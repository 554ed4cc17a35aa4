"""How measurements are taken down: the machine, quantiles, JSON or lines."""

import json
import math
import os
import platform
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import connection


def machine() -> str:
    """The machine and the interpreter, as every measurement names them."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def quantile(times: Sequence[float], share: float) -> float:
    """The smallest of `times` that at least `share` of them do not exceed (nearest rank); `times` is not empty."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


def worked() -> float:
    """Milliseconds of a processor that this process and its database session have used: what others do here does not count in."""
    session = 0
    if not settings.DATABASE_URL and connection.connection is not None:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
        session = int(told.split()[0])
    return (time.process_time_ns() + session) / 1e6


def allow_test_client() -> None:
    """Let Django's test client in, which asks for pages inside this process as `testserver`, for as long as it takes."""
    if "testserver" not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = settings.ACCOUNT_LOGIN_TIMEOUT = 86_400


def step(what: str) -> None:
    """Say on stderr what comes next."""
    click.echo(f"… {what}", err=True)


def tell(told: dict[str, Any], lines: Callable[[dict[str, Any]], list[str]], *, as_json: bool) -> None:
    """Print what was measured, for programs or for people."""
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else "\n".join([machine(), *lines(told)]))
