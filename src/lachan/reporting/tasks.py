"""Work done in the background, once an hour: reminders, and rounds of periodic reports."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.campaigns.models import Regime
from lachan.reporting.actions.regimes import give_out
from lachan.reporting.reminding import remind


@app.periodic(cron="10 * * * *")
@app.task(name="reporting.remind", queueing_lock="reporting.remind")
def remind_all(timestamp: int) -> None:
    """Remind of what falls due."""
    try:
        remind(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock
    finally:
        connection.close()  # the worker's thread may wait; a connection must not wait with it


@app.periodic(cron="40 * * * *")
@app.task(name="reporting.give_out_rounds", queueing_lock="reporting.give_out_rounds")
def give_out_rounds(timestamp: int) -> None:
    """Give out the rounds whose day has come."""
    try:
        for regime in Regime.objects.filter(state=Regime.State.ON):
            give_out(regime, now=timezone.now())  # noqa: TID251 - the job's one reading of the clock
    finally:
        connection.close()
