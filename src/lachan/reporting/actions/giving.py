"""Starting a campaign and passing it on, together with what each unit then owes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment, Campaign, Dispatch
from lachan.foundation.refused import Refused
from lachan.letters import actions as letters
from lachan.orgs.models import Person, Unit
from lachan.reporting.asking import put_to
from lachan.reporting.models import Form, Obligation, Question


@dataclass(frozen=True)
class OwnLetter:
    """The unit's own letter with which it hands the campaign down."""

    heading: letters.Heading
    content: letters.Content


@transaction.atomic
def launch(campaign: Campaign, *, own: OwnLetter | None, by: Person, now: datetime) -> Dispatch:
    """Start the campaign: its letter (or the owner's own, numbered now) goes to the units, and each owes the form.

    Refused without a report deadline, with an unsettled addressee, or with nobody to hand it to.
    """
    campaigns.take_turn(campaign)
    if _has_questions(campaign) and campaign.report_due is None:
        raise Refused(_("Văn bản không nêu hạn báo cáo. Chọn hạn báo cáo trước khi phát động."))
    letter = campaign.letter
    if own is not None:
        letter = letters.issue(
            holder=campaign.owner, heading=own.heading, content=own.content, refers_to=campaign.letter, by=by, now=now
        )
    Form.objects.filter(campaign=campaign).update(working=None, before=None)
    dispatch = campaigns.start(campaign, letter=letter, by=by, now=now)
    owe(dispatch)
    return dispatch


@transaction.atomic
def pass_on(
    assignment: Assignment,
    *,
    own: OwnLetter,
    to: Collection[Unit],
    report_due: datetime | None,
    by: Person,
    now: datetime,
) -> Dispatch:
    """Issue the unit's own letter and hand the campaign to the level below, who then owe the form by `report_due`.

    Refused when their deadline has passed, when it would be later than the unit's own (unless that has passed), and as in
    `lachan.campaigns.actions.pass_on`.
    """
    campaign = assignment.campaign
    campaigns.take_turn(campaign, assignment)
    if _has_questions(campaign):
        _check_deadline(assignment, report_due, now)
    letter = letters.issue(
        holder=assignment.unit,
        heading=own.heading,
        content=own.content,
        refers_to=assignment.dispatch.letter,
        by=by,
        now=now,
    )
    terms = campaigns.Terms(report_due=report_due, by=by, now=now)
    dispatch = campaigns.pass_on(assignment, letter=letter, to=to, terms=terms)
    owe(dispatch)
    return dispatch


def _check_deadline(assignment: Assignment, report_due: datetime | None, now: datetime) -> None:
    if report_due is None:
        raise Refused(_("Chọn hạn báo cáo cho các đơn vị bên dưới."))
    if report_due <= now:
        raise Refused(_("Hạn báo cáo của các đơn vị bên dưới đã qua. Chọn một ngày sau hôm nay."))
    own_due = assignment.dispatch.report_due
    if own_due and now < own_due < report_due:
        raise Refused(_("Hạn báo cáo của các đơn vị bên dưới phải trước hoặc bằng hạn của đơn vị mình."))


def _has_questions(campaign: Campaign) -> bool:
    return Question.objects.filter(form__campaign=campaign, withdrawn_in=None).exists()


def owe(dispatch: Dispatch) -> None:
    """One obligation for each assignment of the dispatch, with the questions that apply to it."""
    form = Form.objects.filter(campaign=dispatch.campaign).first()
    if form is None or not dispatch.report_due or not _has_questions(dispatch.campaign):
        return
    Obligation.objects.bulk_create(
        Obligation(
            form=form,
            unit_id=a.unit_id,
            assignment=a,
            period_from=dispatch.campaign.starts_on,
            period_to=dispatch.campaign.ends_on,
            due_at=dispatch.report_due,
        )
        for a in dispatch.assignments.all()
    )
    put_to(form, form.obligations.filter(assignment__dispatch=dispatch))
