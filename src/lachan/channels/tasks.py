"""Work done in the background: the outbox is emptied once a minute."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.channels.sending import send_waiting
from lachan.foundation.background import job


@app.periodic(cron="* * * * *")
@app.task(name="channels.send_mail", queueing_lock="channels.send_mail")
@job
def send_mail(timestamp: int) -> None:
    """Send what waits, unless the last run still has to begin."""
    send_waiting(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock
