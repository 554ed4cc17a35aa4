"""What the people of a unit are told about the campaigns it is given."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_noop

from lachan.campaigns.models import Assignment, Dispatch
from lachan.notices.actions import News, tell_each
from lachan.notices.models import Kind
from lachan.orgs.access import holders
from lachan.orgs.models import Role


def given(dispatch: Dispatch, assignments: Sequence[Assignment], *, now: datetime) -> None:
    """Officers and heads of the units learn that there is work, in as many queries for a thousand units as for one."""
    people = holders([one.unit_id for one in assignments])
    tell_each(
        [
            (
                News(
                    kind=Kind.GIVEN,
                    text=gettext_noop("Đơn vị được giao việc mới"),
                    href=one.get_absolute_url(),
                    key=f"given:{one.pk}",
                    unit=one.unit_name,
                    campaign=dispatch.campaign.name,
                    due_at=dispatch.report_due,
                ),
                (people[one.unit_id, Role.OFFICER] | people[one.unit_id, Role.HEAD]) - {dispatch.sent_by_id},
            )
            for one in assignments
        ],
        now=now,
    )
