"""Units are reminded of the returns they owe, by the rules of the campaign."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from lachan.campaigns.models import Campaign
from lachan.campaigns.office import working_days
from lachan.engine.reminders import Missing, Reminder, To, Today, falling_due
from lachan.notices.actions import News, tell_each
from lachan.notices.models import Kind, Notice
from lachan.orgs.access import holders
from lachan.orgs.models import Role
from lachan.reporting.models import Obligation
from lachan.reporting.telling import level_above, news

State = Obligation.State
MISSING = {
    State.OWED: Missing.REPORT,
    State.DRAFTED: Missing.REPORT,
    State.SENT_BACK: Missing.REPORT,
    State.SUBMITTED: Missing.APPROVAL,
}
UNITS_NAMED = 5
People = dict[tuple[int, Role], set[int]]

BEFORE = gettext_noop("Còn %(days)s ngày đến hạn báo cáo")
TODAY = gettext_noop("Hôm nay là hạn báo cáo")
LATE = gettext_noop("Báo cáo đã quá hạn %(days)s ngày")
WAITS = gettext_noop("Báo cáo đã đến hạn, đang chờ anh/chị duyệt")
TO_HEAD = gettext_noop("Đơn vị quá hạn báo cáo %(days)s ngày")
TO_SUPERIOR = gettext_noop("%(count)s đơn vị cấp dưới quá hạn báo cáo từ %(days)s ngày")


@dataclass(frozen=True)
class Falling:
    """A reminder that stands today, about one return."""

    obligation: Obligation
    reminder: Reminder
    late: int

    @property
    def key(self) -> str:
        """What it tells: a deadline that was moved is reminded of anew. Units late together are one thing to the level above."""
        due = f"{localdate(self.obligation.due_at):%y%m%d}:{self.reminder.step}"
        if self.reminder.to is To.SUPERIOR:
            return f"late-below:{self.obligation.assignment.dispatch_id}:{due}"
        return f"remind:{self.obligation.pk}:{self.reminder.to}:{due}"


def remind(*, now: datetime) -> None:
    """Tells everybody what falls due. Run every hour: twice in an hour, or after a week, nobody is told a thing twice."""
    at = Today(localdate(now), working_days())
    for campaign in Campaign.objects.filter(state=Campaign.State.RUNNING, form__isnull=False):
        _remind_of(campaign, at, now)


@transaction.atomic
def _remind_of(campaign: Campaign, at: Today, now: datetime) -> None:
    falling = list(_falling(campaign, at))
    known = set(Notice.objects.filter(key__in={one.key for one in falling}).values_list("key", flat=True))
    new = [one for one in falling if one.key not in known]
    units = {one.obligation.unit_id for one in new} | {level_above(one.obligation) for one in new}
    people = holders(units)
    alone = [one for one in new if one.reminder.to is not To.SUPERIOR]
    above = [one for one in new if one.reminder.to is To.SUPERIOR]
    tell_each([*_to_units(alone, people), *_to_superiors(above, people)], now=now)


def _falling(campaign: Campaign, at: Today) -> Iterator[Falling]:
    rules = campaign.reminder_rules
    ahead = max([0, *(-day for day in rules.days)])
    until = at.office.off(at.day, 1) + timedelta(days=ahead)  # what falls on the days off till then stands today
    open_ones = Obligation.objects.filter(form__campaign=campaign, state__in=MISSING, due_at__date__lt=until)
    for obligation in open_ones.select_related("assignment__dispatch", "form__campaign").defer("draft"):
        due, given = localdate(obligation.due_at), localdate(obligation.assignment.dispatch.sent_at)
        missing = MISSING[State(obligation.state)]
        for reminder in falling_due(due, given=given, today=at, missing=missing, rules=rules):
            yield Falling(obligation, reminder, (at.day - due).days)


def _to_units(falling: Iterable[Falling], people: People) -> Iterator[tuple[News, set[int]]]:
    for one in falling:
        unit = one.obligation.unit_id
        officers, heads = people[unit, Role.OFFICER], people[unit, Role.HEAD]
        if one.reminder.to is To.HEAD:
            kind, text, told = Kind.ESCALATED, TO_HEAD, heads
        elif one.obligation.state == State.SUBMITTED:
            kind, text, told = Kind.REMINDER, WAITS if one.late >= 0 else BEFORE, heads
        else:
            kind, text, told = Kind.REMINDER, _words(one.late), officers or heads
        said = news(one.obligation, kind, text, key=one.key)
        yield replace(said, values={"days": str(abs(one.late))}), told


def _words(late: int) -> str:
    return LATE if late > 0 else BEFORE if late else TODAY


def _to_superiors(falling: Iterable[Falling], people: People) -> Iterator[tuple[News, set[int]]]:
    """The units of one dispatch that are late together, in one notice with the first few named."""
    together: dict[str, list[Falling]] = defaultdict(list)
    for one in falling:
        together[one.key].append(one)
    for key, those in together.items():
        first = those[0].obligation
        superior = level_above(first)
        names = [one.obligation.assignment.unit_name for one in those]
        page = [first.form.campaign_id, *([first.assignment.parent_id] if first.assignment.parent_id else [])]
        said = news(
            first, Kind.ESCALATED, TO_SUPERIOR, key=key, href=f"{reverse('portal:standing', args=page)}?thieu=qua-han"
        )
        values = {"count": str(len(those)), "days": str(those[0].reminder.step)}
        unit = ", ".join(names[:UNITS_NAMED]) + (" …" if len(names) > UNITS_NAMED else "")
        told = people[superior, Role.OFFICER] | people[superior, Role.COORDINATOR]
        yield replace(said, values=values, unit=unit[:200]), told
