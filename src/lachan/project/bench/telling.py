"""How measurements are taken down: the machine, quantiles, JSON or lines."""

import json
import math
import os
import platform
from collections.abc import Callable, Sequence
from typing import Any

import click
from django.conf import settings


def machine() -> str:
    """The machine and the interpreter, as every measurement names them."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def quantile(times: Sequence[float], share: float) -> float:
    """The smallest of `times` that at least `share` of them do not exceed (nearest rank); `times` is not empty."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


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
