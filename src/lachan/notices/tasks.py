"""Work done in the background: notices that go by mail are posted once a minute."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.foundation.background import job
from lachan.notices.mailing import mail_out


@app.periodic(cron="* * * * *")
@app.task(name="notices.mail_out", queueing_lock="notices.mail_out")
@job
def post_notices(timestamp: int) -> None:
    """Post what people wish to get by mail."""
    mail_out(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock
