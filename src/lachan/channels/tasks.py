"""Work done in the background: the outbox is emptied once a minute."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.channels.sending import send_waiting


@app.periodic(cron="* * * * *")
@app.task(name="channels.send_mail", queueing_lock="channels.send_mail")
def send_mail(timestamp: int) -> None:
    """Send what waits, unless the last run still has to begin."""
    try:
        send_waiting(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock
    finally:
        connection.close()  # the worker's thread may wait; a connection must not wait with it
