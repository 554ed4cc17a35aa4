"""Units that owe something are pressed for it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lachan.campaigns.models import Assignment, Campaign, Chase
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.notices.actions import News, tell_each
from lachan.notices.models import Kind
from lachan.orgs.access import holders
from lachan.orgs.models import Person, Role

WORDS = {
    Chase.About.OPENED: gettext_noop("Cấp trên đôn đốc: đơn vị chưa mở văn bản được giao"),
    Chase.About.RECEIVED: gettext_noop("Cấp trên đôn đốc: đơn vị chưa xác nhận đã nhận văn bản"),
    Chase.About.PASSED_ON: gettext_noop("Cấp trên đôn đốc: đơn vị chưa triển khai tiếp xuống cấp dưới"),
    Chase.About.REPORTED: gettext_noop("Cấp trên đôn đốc: đơn vị chưa gửi báo cáo"),
}


@dataclass(frozen=True)
class Chased:
    """What came of it: the units it reached and how many people, those chased earlier that day, those where it reached nobody."""

    reached: list[Assignment]
    people: int
    before: list[Assignment]
    nobody: list[Assignment]


@transaction.atomic
def chase(
    campaign: Campaign,
    assignments: Collection[int],
    *,
    about: Chase.About,
    remark: str,
    by: Person,
    now: datetime,
) -> Chased:
    """Officers and heads of the units are told, in the page and by mail, what the level above waits for.

    A unit that was chased for the same thing that day is left alone, so sending twice does no harm. Refused for a campaign that
    is not running.
    """
    campaign = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign.pk)
    if campaign.state != Campaign.State.RUNNING:
        raise Refused(_("Chiến dịch không còn triển khai nên không đôn đốc nữa."))
    day = localdate(now)
    wanted = list(campaign.assignments.filter(pk__in=assignments).select_related("dispatch"))
    done = set(Chase.objects.filter(assignment__in=wanted, about=about, day=day).values_list("assignment", flat=True))
    people = holders([one.unit_id for one in wanted])
    left = [one for one in wanted if one.pk not in done]
    told = {one.pk: people[one.unit_id, Role.OFFICER] | people[one.unit_id, Role.HEAD] for one in left}
    words = News(Kind.CHASED, WORDS[about], "", "", campaign=campaign.name, remark=remark.strip())
    got = tell_each([(_to(one, words, f"{about}:{day}"), told[one.pk]) for one in left], now=now)
    reached = [one for one in left if told[one.pk] & got]
    Chase.objects.bulk_create(
        Chase(
            assignment=one,
            about=about,
            day=day,
            at=now,
            by=by,
            remark=remark.strip(),
            people=len(told[one.pk] & got),
        )
        for one in reached
    )
    if reached:
        detail = {"about": about, "assignments": [one.pk for one in reached], "remark": remark.strip()}
        audit.record("campaigns.chase", campaign, by=by, now=now, detail=detail)
    return Chased(
        reached=reached,
        people=len(got),
        before=[one for one in wanted if one.pk in done],
        nobody=[one for one in left if not told[one.pk] & got],
    )


def _to(assignment: Assignment, words: News, about_and_day: str) -> News:
    return replace(
        words,
        href=assignment.get_absolute_url(),
        key=f"chase:{assignment.pk}:{about_and_day}",
        unit=assignment.unit_name,
        due_at=assignment.dispatch.report_due,
    )
