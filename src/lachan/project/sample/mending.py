"""What happens to figures after they were approved: a lock with an exception, and a return that is mended openly."""

from datetime import datetime, timedelta

from lachan.campaigns.models import Campaign
from lachan.project.sample.play import Stage
from lachan.reporting.actions import amending, locking, returns
from lachan.reporting.actions.locking import Leave, Rules
from lachan.reporting.models import Obligation, Question

FORGOTTEN = "Tổ công nghệ số cộng đồng nộp sổ theo dõi muộn, còn thiếu hai buổi."


def mend(stage: Stage, campaign: Campaign, *, now: datetime) -> None:
    """Figures lock once a report on them has gone up; one unit may mend its own a while longer, and mends them."""
    owner = stage.staff.officer[stage.owner.pk]
    locking.set_rules(campaign, rules=Rules(when_sent_up=True), by=owner, now=now)
    accepted = Obligation.objects.filter(form__campaign=campaign, state=Obligation.State.ACCEPTED)
    owed = accepted.select_related("assignment", "unit").order_by("-assignment__path").first()
    if owed is None:
        return
    leave = Leave(place=owed.assignment, with_below=False, because=FORGOTTEN, until=now + timedelta(days=7))
    locking.let_through(campaign, leave=leave, request_key="demo", by=owner, now=now)
    officer, head = stage.staff.officer[owed.unit_id], stage.staff.head[owed.unit_id]
    amending.begin(owed, because=FORGOTTEN, request_key="demo", by=officer, now=now)
    owed.refresh_from_db()
    typed = dict(owed.typed)
    counted = owed.asked().filter(kind=Question.Kind.WHOLE).first()
    if counted and typed.get(counted.key):
        typed[counted.key] = str(int(typed[counted.key].replace(".", "")) + 2)
    version = returns.submit(owed, typed=typed, request_key="mended", by=officer, now=now)
    returns.approve(version, by=head, now=now)
