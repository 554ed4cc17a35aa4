"""Work done in the background: reminders and rounds of periodic reports once an hour, second looks, figures kept ready."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.campaigns.models import Regime
from lachan.foundation.background import job
from lachan.reporting.actions.regimes import give_out
from lachan.reporting.analysing import write_files
from lachan.reporting.doubts import refresh_all
from lachan.reporting.reminding import remind
from lachan.reporting.settling import settle_all


@app.periodic(cron="10 * * * *")
@app.task(name="reporting.remind", queueing_lock="reporting.remind")
@job
def remind_all(timestamp: int) -> None:
    """Remind of what falls due."""
    remind(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock


@app.periodic(cron="40 * * * *")
@app.task(name="reporting.give_out_rounds", queueing_lock="reporting.give_out_rounds")
@job
def give_out_rounds(timestamp: int) -> None:
    """Give out the rounds whose day has come."""
    for regime in Regime.objects.filter(state=Regime.State.ON):
        give_out(regime, now=timezone.now())  # noqa: TID251 - the job's one reading of the clock


@app.periodic(cron="* * * * *")
@app.task(name="reporting.look_again", queueing_lock="reporting.look_again")
@job
def look_again(timestamp: int) -> None:
    """Measure returns that came by their units' past and by their peers."""
    refresh_all(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock


@app.periodic(cron="50 * * * *")
@app.task(name="reporting.write_analysis", queueing_lock="reporting.write_analysis")
@job
def write_analysis(timestamp: int) -> None:
    """Write what analysis reads."""
    write_files(now=timezone.now())  # noqa: TID251 - the job's one reading of the clock


@app.periodic(cron="* * * * *")
@app.task(name="reporting.settle", queueing_lock="reporting.settle")
@job
def settle_figures(timestamp: int) -> None:
    """Settle what has changed, so that who looks next need not."""
    settle_all()
