"""Work done in the background: notices that go by mail are posted once a minute."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.notices.mailing import mail_out


@app.periodic(cron="* * * * *")
@app.task(name="notices.mail_out", queueing_lock="notices.mail_out")
def post_notices(timestamp: int) -> None:
    """Post what people wish to get by mail."""
    try:
        mail_out(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock
    finally:
        connection.close()  # the worker's thread may wait; a connection must not wait with it
