"""Work done in the background: old answers are forgotten once a day."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.api import once


@app.periodic(cron="20 3 * * *")
@app.task(name="api.forget", queueing_lock="api.forget")
def forget(timestamp: int) -> None:
    """Take away answers to writes that are older than promised."""
    try:
        once.forget(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock
    finally:
        connection.close()  # the worker's thread may wait; a connection must not wait with it
