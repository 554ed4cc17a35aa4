"""Background work: the frame of every job, and whether any is being done."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateWorker

P = ParamSpec("P")
SILENT_FOR = timedelta(seconds=60)  # a worker says every ten seconds that it is there


def worker_is_up(now: datetime) -> bool:
    """Whether anybody takes up background work."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - SILENT_FOR).exists()


def job(work: Callable[P, None]) -> Callable[P, None]:
    """`work` as the worker does it: its thread may wait for hours afterwards, and a connection must not wait with it."""

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            work(*args, **kwargs)
        finally:
            connection.close()

    return done
