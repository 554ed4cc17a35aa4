"""What a unit has to do, in the order in which it needs doing. Reads only; the price does not grow with the list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lachan.campaigns.models import Assignment, Campaign
from lachan.letters.models import Letter
from lachan.orgs.models import Role, Unit, UnitVersion
from lachan.portal.due import Due
from lachan.reporting.models import Obligation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Obligation.State
SENT = {State.APPROVED, State.ACCEPTED}
CAMPAIGN_STATES = {Campaign.State.DRAFT: "drafting", Campaign.State.RUNNING: "opened", Campaign.State.CLOSED: "done"}
"""The tag of a campaign's state in the design system."""


class Urgency(StrEnum):
    """Why a line stands where it stands; the value is how the address of the filtered list says it."""

    LATE = "qua-han"
    NEW = "moi"
    SOON = "sap-den-han"
    DOING = "dang-lam"
    DONE = "da-xong"


ORDER = list(Urgency)
SHOWN = {
    Urgency.NEW: gettext_lazy("Mới"),
    Urgency.SOON: gettext_lazy("Sắp đến hạn"),
    Urgency.LATE: gettext_lazy("Quá hạn"),
    Urgency.DOING: gettext_lazy("Đang làm"),
    Urgency.DONE: gettext_lazy("Đã xong"),
}
"""The filtered lists, in the order of their tabs."""


@dataclass(frozen=True)
class Step:
    """The one thing to do next. `is_post`: pressing it does it; otherwise it leads to the page where it is done."""

    word: str
    href: str
    is_post: bool = False


@dataclass(frozen=True)
class Line:
    """One assignment, or the returns of the level below that wait to be accepted."""

    title: str
    href: str
    giver: str
    letter: Letter | None
    came: datetime
    due: Due
    urgency: Urgency
    state: str  # one of lachan.foundation.design.STATES
    state_word: StrOrPromise
    step: Step | None

    @property
    def symbol(self) -> str:
        return self.letter.full_symbol if self.letter else ""

    @property
    def counts_down(self) -> bool:
        """Its days are worth telling: it is not done, and the tag does not tell them already."""
        return self.due.at is not None and self.urgency is not Urgency.DONE and self.state != "late"


def lines(unit: Unit, *, roles: frozenset[Role], owned: Collection[Campaign], now: datetime) -> list[Line]:
    """Every line of `unit`'s inbox, the most pressing first; `owned`: running campaigns whose returns come to this person."""
    given = list(_given(unit))
    names = names_of([a.dispatch.unit_id for a in given], localdate(now))
    found = [assignment_line(a, roles=roles, giver=names.get(a.dispatch.unit_id, ""), now=now) for a in given]
    if roles:
        found += _returns_to_accept(Obligation.objects.filter(assignment__parent__unit=unit), "assignment__parent", now)
    if owned:
        at_the_top = Obligation.objects.filter(assignment__parent=None, form__campaign__in=owned)
        found += _returns_to_accept(at_the_top, None, now)
    return sorted(found, key=_pressing)


def _given(unit: Unit) -> QuerySet[Assignment]:
    return Assignment.objects.filter(unit=unit).select_related(
        "campaign", "dispatch__letter", "dispatch__unit", "obligation__counted"
    )


def names_of(units: Iterable[int], day: date) -> dict[int, str]:
    """How letters call each unit, as it was last called up to `day`; one query."""
    last = UnitVersion.objects.filter(unit__in=set(units), valid_from__lte=day).select_related("kind")
    return {v.unit_id: v.body_name for v in last.order_by("unit_id", "-valid_from").distinct("unit_id")}


def _pressing(line: Line) -> tuple[Any, ...]:
    far = datetime.max.replace(tzinfo=line.came.tzinfo)
    newest_first = -line.came.timestamp()
    if line.urgency is Urgency.DONE:
        return ORDER.index(line.urgency), newest_first
    return ORDER.index(line.urgency), line.step is None, line.due.at or far, newest_first


def debt(assignment: Assignment) -> Obligation | None:
    """What the unit owes for it, if it owes anything."""
    return getattr(assignment, "obligation", None)


def is_done(assignment: Assignment) -> bool:
    """Nothing is left for the unit to do."""
    if assignment.campaign.state == Campaign.State.CLOSED:
        return True
    obligation = debt(assignment)
    if obligation:
        return obligation.state in SENT and (assignment.passed_on_at is not None or not assignment.must_pass_on)
    return assignment.received_at is not None and (assignment.passed_on_at is not None or not assignment.must_pass_on)


def due_of(assignment: Assignment, now: datetime) -> Due:
    """Its deadline: of the return owed, else of the letter it was given with; none once the return has gone up."""
    obligation = debt(assignment)
    return Due(obligation.due_at if obligation else assignment.dispatch.report_due, now)


def assignment_line(assignment: Assignment, *, roles: frozenset[Role], giver: str, now: datetime) -> Line:
    """One assignment as the inbox shows it."""
    due = due_of(assignment, now)
    urgency = _urgency(assignment, due)
    state, word = shown_state(assignment, due)
    return Line(
        title=assignment.campaign.name,
        href=reverse("portal:assignment", args=[assignment.pk]),
        giver=giver,
        letter=assignment.dispatch.letter,
        came=assignment.dispatch.sent_at,
        due=due,
        urgency=urgency,
        state=state,
        state_word=word,
        step=next_step(assignment, roles=roles),
    )


def _urgency(assignment: Assignment, due: Due) -> Urgency:
    if is_done(assignment):
        return Urgency.DONE
    obligation = debt(assignment)
    if due.is_late and not (obligation and obligation.state in SENT):
        return Urgency.LATE
    if assignment.received_at is None:
        return Urgency.NEW
    return Urgency.SOON if due.is_soon else Urgency.DOING


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
            _("Đã gửi, muộn hạn") if late else _("Đã gửi báo cáo"),
        ),
        State.ACCEPTED: ("approved", _("Cấp trên đã nhận báo cáo")),
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
    if not roles or assignment.campaign.state != Campaign.State.RUNNING:
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
    if assignment.campaign.state != Campaign.State.RUNNING:
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
    return {
        State.OWED: _("Soạn báo cáo"),
        State.DRAFTED: _("Soạn tiếp báo cáo"),
        State.SENT_BACK: _("Sửa báo cáo"),
    }.get(State(obligation.state), "")


def _returns_to_accept(obligations: QuerySet[Obligation], level: str | None, now: datetime) -> Iterable[Line]:
    """A line for each campaign (and place in it) where returns of the level below wait to be accepted."""
    waiting = obligations.filter(state=State.APPROVED, form__campaign__state=Campaign.State.RUNNING).order_by()
    key: QuerySet[Obligation, Any] = waiting.values(
        "form__campaign", "form__campaign__name", *([level] if level else [])
    )
    for row in key.annotate(count=Count("pk"), last=Max("received_at")):
        args = [row["form__campaign"], *([row[level]] if level else [])]
        href = reverse("reporting:arriving", args=args)
        yield Line(
            title=row["form__campaign__name"],
            href=href,
            giver=ngettext("%(count)s báo cáo cấp dưới chờ nhận", "%(count)s báo cáo cấp dưới chờ nhận", row["count"])
            % {"count": row["count"]},
            letter=None,
            came=row["last"],
            due=Due(None, now),
            urgency=Urgency.DOING,
            state="opened",
            state_word=_("Chờ nhận"),
            step=Step(_("Xem báo cáo cấp dưới"), href),
        )


@dataclass(frozen=True)
class Running:
    """A campaign on its way, with the returns that have come."""

    campaign: Campaign
    due: Due
    owed: int
    reported: int

    @property
    def state(self) -> str:
        return CAMPAIGN_STATES[Campaign.State(self.campaign.state)]

    @property
    def word(self) -> str:
        return capfirst(self.campaign.get_state_display())

    @property
    def counts_down(self) -> bool:
        return self.due.at is not None and self.campaign.state == Campaign.State.RUNNING


def running(campaigns: Sequence[Campaign], now: datetime) -> list[Running]:
    """How far each of the campaigns has come, in one query."""
    rows: QuerySet[Obligation, Any] = Obligation.objects.filter(form__campaign__in=campaigns).order_by()
    rows = rows.values("form__campaign").annotate(owed=Count("pk"), reported=Count("pk", filter=~Q(counted=None)))
    counts = {row["form__campaign"]: (row["owed"], row["reported"]) for row in rows}
    return [Running(c, Due(c.report_due, now), *counts.get(c.pk, (0, 0))) for c in campaigns]


def letters_waiting(holders: QuerySet[UnitVersion, Any]) -> QuerySet[Letter]:
    """Letters from above that have been read and have no running campaign yet, the newest first."""
    return (
        Letter.objects.filter(holder__in=holders, direction=Letter.Direction.RECEIVED)
        .filter(Q(campaign=None) | Q(campaign__state=Campaign.State.DRAFT))
        .exclude(state__in=[Letter.State.UNREADABLE, Letter.State.READING])
        .select_related("campaign")
        .order_by("-entered_at")
    )
