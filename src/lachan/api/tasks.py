"""Work done in the background: other systems are told once a minute; what was kept long enough is forgotten once a day."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.api import delivering, once
from lachan.api.spreading import spread


@app.periodic(cron="* * * * *")
@app.task(name="api.tell", queueing_lock="api.tell")
def tell(timestamp: int) -> None:
    """Tell the webhooks what was done."""
    now = timezone.now()  # noqa: TID251 - the job's one reading of the clock
    try:
        spread(now=now)
        delivering.deliver(now=now)
    finally:
        connection.close()  # the worker's thread may wait; a connection must not wait with it


@app.periodic(cron="20 3 * * *")
@app.task(name="api.forget", queueing_lock="api.forget")
def forget(timestamp: int) -> None:
    """Take away answers to writes that are older than promised, and messages that need not be looked at any more."""
    now = timezone.now()  # noqa: TID251 - the job's one reading of the clock
    try:
        once.forget(now=now)
        delivering.clear(now=now)
    finally:
        connection.close()
