"""Whether background work is being done."""

from datetime import datetime, timedelta

from procrastinate.contrib.django.models import ProcrastinateWorker

SILENT_FOR = timedelta(seconds=60)  # a worker says every ten seconds that it is there


def worker_is_up(now: datetime) -> bool:
    """Whether anybody takes up background work."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - SILENT_FOR).exists()
