"""What a unit has to do, in the order in which it needs doing. Reads only; the price does not grow with the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
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
from lachan.foundation import formats
from lachan.letters.models import Letter
from lachan.orgs.access import roles_on
from lachan.orgs.models import Person, Role, Unit, UnitVersion
from lachan.portal.access import own_roles
from lachan.portal.due import Due
from lachan.portal.work import CAMPAIGN_STATES, SENT, State, Step, debt, due_of, is_done, next_step, shown_state
from lachan.reporting.models import LockPlea, Obligation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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


@dataclass(frozen=True)
class Desk:
    """A unit's inbox, and as whom it is read."""

    unit: Unit
    version: UnitVersion
    roles: frozenset[Role]  # held on the unit itself
    coordinates: bool
    campaigns: Sequence[Campaign]  # running, run by the unit; for a coordinator also by those below it
    inside: QuerySet[UnitVersion, Any]

    @property
    def runs(self) -> bool:
        return self.coordinates or bool(self.campaigns)

    @property
    def looks_only(self) -> bool:
        """From above: nothing here is for this person to do."""
        return not self.roles and not self.coordinates


def desk(unit: Unit, person: Person, now: datetime) -> Desk:
    """`unit`'s inbox as `person` sees it."""
    day = localdate(now)
    version = unit.version_on(day)
    inside = UnitVersion.objects.on(day).at_or_below(version).values("unit_id")
    roles = own_roles(person, unit)
    coordinates = Role.COORDINATOR in roles_on(person, unit, day)
    running = Campaign.objects.filter(state=Campaign.State.RUNNING)
    owners: Any = inside if coordinates else [unit] if roles else []
    return Desk(unit, version, roles, coordinates, list(running.filter(owner__in=owners)), inside)


def lines(desk: Desk, now: datetime) -> list[Line]:
    """Every line of the inbox, the most pressing first."""
    given = list(_given(desk.unit))
    names = names_of([a.dispatch.unit_id for a in given], localdate(now))
    found = [assignment_line(a, roles=desk.roles, giver=names.get(a.dispatch.unit_id, ""), now=now) for a in given]
    if desk.roles:
        below = Obligation.objects.filter(assignment__parent__unit=desk.unit)
        found += _returns_to_accept(below, "assignment__parent", now)
    at_the_top = Obligation.objects.filter(assignment__parent=None, form__campaign__in=desk.campaigns)
    return sorted([*found, *_returns_to_accept(at_the_top, None, now), *_pleas(desk, now)], key=_pressing)


def tabs(lines: Iterable[Line], wanted: str) -> list[dict[str, object]]:
    """The filters of the list, with how much each holds."""
    counts = Counter(line.urgency for line in lines)
    return [
        {"word": word, "href": f"?loc={urgency}", "current": wanted == urgency, "count": counts[urgency]}
        for urgency, word in SHOWN.items()
    ]


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
            giver=_("Đơn vị bên dưới gửi lên"),
            letter=None,
            came=row["last"],
            due=Due(None, now),
            urgency=Urgency.DOING,
            state="opened",
            state_word=ngettext("%(count)s báo cáo chờ nhận", "%(count)s báo cáo chờ nhận", row["count"])
            % {"count": row["count"]},
            step=Step(_("Xem và nhận"), href),
        )


def _pleas(desk: Desk, now: datetime) -> Iterable[Line]:
    """For who may grant them: a line for each campaign whose units ask for exceptions to a lock."""
    if not desk.campaigns or not (desk.coordinates or Role.HEAD in desk.roles):
        return
    waiting = LockPlea.objects.waiting().filter(assignment__campaign__in=desk.campaigns).order_by()
    key: QuerySet[LockPlea, Any] = waiting.values("assignment__campaign", "assignment__campaign__name")
    for row in key.annotate(count=Count("pk"), last=Max("asked_at")):
        href = reverse("portal:locks", args=[row["assignment__campaign"]])
        yield Line(
            title=row["assignment__campaign__name"],
            href=href,
            giver=_("Đơn vị đề nghị ngoại lệ khóa số liệu"),
            letter=None,
            came=row["last"],
            due=Due(None, now),
            urgency=Urgency.DOING,
            state="opened",
            state_word=pleas_in_words(row["count"]),
            step=Step(_("Xem và trả lời"), href),
        )


def pleas_in_words(count: int) -> str:
    words = ngettext("%(count)s đề nghị ngoại lệ chờ trả lời", "%(count)s đề nghị ngoại lệ chờ trả lời", count)
    return words % {"count": formats.number(count)}


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
    def is_running(self) -> bool:
        return self.campaign.state == Campaign.State.RUNNING

    @property
    def counts_down(self) -> bool:
        return self.due.at is not None and self.is_running


def running(campaigns: Sequence[Campaign], now: datetime) -> list[Running]:
    """How far each of the campaigns has come, in one query."""
    owing = Obligation.objects.filter(form__campaign__in=campaigns, excused_at=None)
    rows: QuerySet[Obligation, Any] = owing.order_by()
    rows = rows.values("form__campaign").annotate(owed=Count("pk"), reported=Count("pk", filter=~Q(counted=None)))
    counts = {row["form__campaign"]: (row["owed"], row["reported"]) for row in rows}
    return [Running(c, Due(c.report_due, now), *counts.get(c.pk, (0, 0))) for c in campaigns]


def letters_waiting(desk: Desk) -> QuerySet[Letter]:
    """For a coordinator: letters from above that were read and of which nothing was made yet, the newest first."""
    if not desk.coordinates:
        return Letter.objects.none()
    started = Campaign.objects.filter(regime=None).exclude(state=Campaign.State.DRAFT)
    return (
        Letter.objects.filter(holder__in=desk.inside, direction=Letter.Direction.RECEIVED, regimes=None)
        .exclude(pk__in=started.values("letter"))
        .exclude(state__in=[Letter.State.UNREADABLE, Letter.State.READING])
        .order_by("-entered_at")
    )
