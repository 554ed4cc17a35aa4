"""What happened to an assignment, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.campaigns.models import Assignment, Dispatch
from lachan.portal.work import debt
from lachan.reporting.models import Decision, Return


@dataclass(frozen=True)
class Event:
    """One thing that happened; `href` leads to what it was about."""

    at: datetime
    words: str
    by: str = ""
    href: str = ""
    remark: str = ""


def history(assignment: Assignment, dispatches: Sequence[Dispatch], giver: str) -> list[Event]:
    """Everything that happened to it, the latest first. `dispatches`: its own, with `assigned` units counted."""
    passed_on = [] if assignment.campaign.is_round else dispatches  # a round goes down by itself
    passing = (_passing_on(dispatch) for dispatch in passed_on)
    events = [*_receipt(assignment, giver), *passing, *_chases(assignment), *_reports(assignment)]
    return sorted(events, key=lambda event: event.at)[::-1]


def _receipt(assignment: Assignment, giver: str) -> Iterator[Event]:
    symbol = assignment.dispatch.letter.full_symbol
    yield Event(
        assignment.dispatch.sent_at,
        _("%(unit)s giao việc theo văn bản %(symbol)s") % {"unit": giver, "symbol": symbol}
        if symbol
        else _("%(unit)s giao việc") % {"unit": giver},
    )
    if assignment.opened_at and assignment.opened_at != assignment.received_at:
        yield Event(assignment.opened_at, _("Mở xem lần đầu"), _name(assignment.opened_by))
    if assignment.received_at and assignment.received_by_id:  # a round stands received by itself
        yield Event(assignment.received_at, _("Xác nhận đã nhận văn bản"), _name(assignment.received_by))


def _passing_on(dispatch: Dispatch) -> Event:
    count: int = dispatch.assigned  # type: ignore[attr-defined]  # annotated
    return Event(
        dispatch.sent_at,
        ngettext(
            "Triển khai tiếp cho %(count)s đơn vị bằng văn bản %(symbol)s",
            "Triển khai tiếp cho %(count)s đơn vị bằng văn bản %(symbol)s",
            count,
        )
        % {"count": count, "symbol": dispatch.letter.full_symbol},
        dispatch.sent_by.name,
    )


def _chases(assignment: Assignment) -> Iterator[Event]:
    for chase in assignment.chases.select_related("by"):
        words = _("Cấp trên đôn đốc: %(about)s") % {"about": chase.get_about_display()}
        yield Event(chase.at, words, chase.by.name, remark=chase.remark)


def _reports(assignment: Assignment) -> Iterator[Event]:
    obligation = debt(assignment)
    if obligation is None:
        return
    versions = Return.objects.filter(obligation=obligation).select_related("submitted_by")
    for version in versions:
        words = _("Trình thủ trưởng báo cáo bản %(number)s") % {"number": version.number}
        yield Event(version.submitted_at, words, version.submitted_by.name, version.get_absolute_url())
    decisions = Decision.objects.filter(version__obligation=obligation).select_related("version", "by")
    for decision in decisions:
        words = _decided(decision, own=decision.unit_id == assignment.unit_id)
        yield Event(decision.at, words, decision.by.name, decision.version.get_absolute_url(), decision.remark)


def _decided(decision: Decision, *, own: bool) -> str:
    words = {
        Decision.Verdict.APPROVED: _("Thủ trưởng duyệt và gửi báo cáo bản %(number)s"),
        Decision.Verdict.ACCEPTED: _("Cấp trên nhận báo cáo bản %(number)s"),
        Decision.Verdict.SENT_BACK: _("Thủ trưởng trả lại báo cáo bản %(number)s để sửa")
        if own
        else _("Cấp trên trả lại báo cáo bản %(number)s để sửa"),
    }[Decision.Verdict(decision.verdict)]
    return words % {"number": decision.version.number}


def _name(person: object) -> str:
    return getattr(person, "name", "")
