"""Work done in the background: once a minute letters go to the exchange and come from it, where one is set up."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.exchange import crossing, progress
from lachan.exchange.axis import exchange
from lachan.foundation.background import job


@app.periodic(cron="* * * * *")
@app.task(name="exchange.cross", queueing_lock="exchange.cross")
@job
def cross(timestamp: int) -> None:
    """Send, take in, answer, hear. While the exchange is away all of it waits for the next minute."""
    there = exchange()
    if there is None:
        return
    now = timezone.now()  # noqa: TID251 - the job's one reading of the clock
    try:
        crossing.send_waiting(there, now=now)
        crossing.fetch(there, now=now)
        progress.tell_what_was_done(now=now)
        crossing.send_waiting(there, now=now)
        crossing.hear(there, now=now)
    except OSError:
        return  # it is away; what waits, waits
