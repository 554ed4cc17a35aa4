"""How one assignment stands, and what its unit does next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from lachan.campaigns.models import Assignment, Campaign
from lachan.orgs.models import Role
from lachan.portal.due import Due
from lachan.reporting.models import Obligation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Obligation.State
SENT = {State.APPROVED, State.ACCEPTED, State.EXCUSED}
"""States in which nothing is left to report."""
CAMPAIGN_STATES = {Campaign.State.DRAFT: "drafting", Campaign.State.RUNNING: "opened", Campaign.State.CLOSED: "done"}
"""The tag of a campaign's state in the design system."""


@dataclass(frozen=True)
class Step:
    """The one thing to do next. `is_post`: pressing it does it; otherwise it leads to the page where it is done."""

    word: str
    href: str
    is_post: bool = False


def debt(assignment: Assignment) -> Obligation | None:
    """What the unit owes for it, if it owes anything."""
    return getattr(assignment, "obligation", None)


def is_done(assignment: Assignment) -> bool:
    """Nothing is left for the unit to do."""
    if assignment.campaign.state == Campaign.State.CLOSED or assignment.ended_at is not None:
        return True
    obligation = debt(assignment)
    if obligation:
        return obligation.state in SENT and (assignment.passed_on_at is not None or not assignment.must_pass_on)
    return assignment.received_at is not None and (assignment.passed_on_at is not None or not assignment.must_pass_on)


def due_of(assignment: Assignment, now: datetime) -> Due:
    """Its deadline: of the return owed, else of the letter it was given with; none once the return has gone up."""
    obligation = debt(assignment)
    return Due(obligation.due_at if obligation else assignment.dispatch.report_due, now)


def shown_state(assignment: Assignment, due: Due) -> tuple[str, StrOrPromise]:
    """The state of an assignment as a tag: a code of the design system, and the words when the code's own are too general."""
    obligation = debt(assignment)
    if obligation and obligation.state not in (State.OWED, State.DRAFTED):
        return return_state(obligation)
    if due.is_late:
        return "late", due.words.capitalize()
    if obligation and obligation.state == State.DRAFTED:
        return return_state(obligation)
    return _way_state(assignment)


def return_state(obligation: Obligation) -> tuple[str, StrOrPromise]:
    """The state of a return as a tag."""
    late = obligation.is_late
    return {
        State.OWED: ("not_started", _("Chưa báo cáo")),
        State.DRAFTED: ("drafting", _("Đang soạn báo cáo")),
        State.SUBMITTED: ("opened", _("Chờ thủ trưởng duyệt")),
        State.SENT_BACK: ("returned", _("Trả lại để sửa")),
        State.APPROVED: (
            "submitted_late" if late else "submitted",
            _("Đã gửi, trễ hạn") if late else _("Đã gửi báo cáo"),
        ),
        State.ACCEPTED: ("approved", _("Cấp trên đã nhận báo cáo")),
        State.EXCUSED: ("excused", _("Được miễn báo cáo")),
    }[State(obligation.state)]


def report_state(obligation: Obligation, due: Due) -> tuple[str, StrOrPromise]:
    """The state of a return as a tag, with how late it is while nothing has come."""
    if due.is_late and obligation.state in (State.OWED, State.DRAFTED):
        return "late", due.words.capitalize()
    return return_state(obligation)


def _way_state(assignment: Assignment) -> tuple[str, StrOrPromise]:
    if assignment.passed_on_at:
        return "passed_on", _("Đã triển khai tiếp")
    if assignment.received_at:
        return "received", _("Đã nhận")
    return ("opened", _("Đã mở, chưa xác nhận")) if assignment.opened_at else ("new", _("Mới"))


def next_step(assignment: Assignment, *, roles: frozenset[Role]) -> Step | None:
    """What somebody with `roles` on the unit does next; nothing when all is done, or when it is somebody else's turn."""
    if not roles or assignment.campaign.state != Campaign.State.RUNNING or assignment.ended_at is not None:
        return None
    obligation = debt(assignment)
    if obligation and obligation.state == State.SUBMITTED and Role.HEAD in roles:
        return Step(_("Duyệt báo cáo"), obligation.get_absolute_url())
    if assignment.received_at is None:
        return Step(_("Xác nhận đã nhận"), reverse("portal:receive", args=[assignment.pk]), is_post=True)
    if assignment.must_pass_on and assignment.passed_on_at is None:
        return Step(_("Triển khai tiếp"), reverse("portal:pass_on", args=[assignment.pk]))
    word = _report_word(obligation) if obligation else ""
    return Step(word, obligation.get_absolute_url()) if obligation and word else None


def other_steps(assignment: Assignment, first: Step | None) -> list[Step]:
    """What else one of the unit's own people can do now, besides the `first` step."""
    if assignment.campaign.state != Campaign.State.RUNNING or assignment.ended_at is not None:
        return []
    steps = []
    if assignment.must_pass_on:
        word = _("Triển khai thêm đơn vị") if assignment.passed_on_at else _("Triển khai tiếp")
        steps.append(Step(word, reverse("portal:pass_on", args=[assignment.pk])))
    obligation = debt(assignment)
    if obligation:
        word = _report_word(obligation) or _("Xem báo cáo")
        steps.append(Step(word, obligation.get_absolute_url()))
    return [step for step in steps if first is None or step.href != first.href]


def _report_word(obligation: Obligation) -> str:
    if obligation.amendment_id and obligation.state in (State.APPROVED, State.ACCEPTED):
        return _("Sửa tiếp bản điều chỉnh")
    return {
        State.OWED: _("Soạn báo cáo"),
        State.DRAFTED: _("Soạn tiếp báo cáo"),
        State.SENT_BACK: _("Sửa báo cáo"),
    }.get(State(obligation.state), "")
