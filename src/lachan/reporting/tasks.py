"""Work done in the background: reminders, once an hour."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.reporting.reminding import remind


@app.periodic(cron="10 * * * *")
@app.task(name="reporting.remind", queueing_lock="reporting.remind")
def remind_all(timestamp: int) -> None:
    """Remind of what falls due."""
    try:
        remind(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock
    finally:
        connection.close()  # the worker's thread may wait; a connection must not wait with it
