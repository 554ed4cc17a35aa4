"""A unit ends: its open work is handed to a successor or excused, its people's roles end, then it is closed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment, Campaign, Regime
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs import actions as orgs
from lachan.orgs.access import grantable, roles_on
from lachan.orgs.ledger import Ledger
from lachan.orgs.models import Grant, Person, Role, Unit, UnitVersion
from lachan.orgs.passing_on import Passing, pass_on
from lachan.reporting.holding import Holding, holding_of
from lachan.reporting.models import Obligation


@dataclass(frozen=True, kw_only=True)
class Ending:
    """From which day the unit is no more; who takes over, or why its reports are excused; whether its people go along."""

    on: date
    successor: Unit | None = None
    because: str = ""
    moves_people: bool = False


@transaction.atomic
def end_unit(unit: Unit, *, ending: Ending, by: Person, now: datetime) -> None:
    """Ends the unit with a decision on what it holds; what was reported stays and counts.

    Refused while it leads a running campaign or a periodic report in force, while units stand below it, on a day to come while it
    holds open work, and without a successor or a reason for that work.
    """
    _take_turns(unit)
    held = holding_of(unit)
    _refuse_unsettled(unit, held, ending, localdate(now))
    _refuse_roles_beyond(by, unit, held, ending, localdate(now))
    why = ending.because.strip() or _("Bàn giao cho %(name)s") % {"name": _name(ending)}
    heirs = {unit.pk: ending.successor.pk if ending.successor else None}
    work = frozenset(f"assignment:{one.pk}" for one in held.open)
    passed = pass_on(Passing(heirs, why, by, now, Ledger(), only=work))
    audit.record("orgs.pass_on", unit, by=by, now=now, detail={"because": why, "heirs": heirs[unit.pk], **passed})
    unit.assignments.filter(campaign__state=Campaign.State.RUNNING, ended_at=None).update(ended_at=now)
    for grant in held.grants:
        if ending.moves_people and ending.successor:
            orgs.grant_role(grant.person, Role(grant.role), ending.successor, by=by, now=now)
        orgs.end_role(grant, by=by, now=now)
    orgs.close(unit, on=ending.on, successor=ending.successor, by=by, now=now)


def _take_turns(unit: Unit) -> None:
    """Hold everything the unit has part in before anything is written: those at work on one of them never wait in a circle."""
    running = Assignment.objects.filter(unit=unit, campaign__state=Campaign.State.RUNNING, ended_at=None)
    for assignment in running.select_related("campaign").order_by("campaign_id"):
        campaigns.take_turn(assignment.campaign, assignment)
    list(Obligation.objects.select_for_update(of=("self",)).filter(assignment__in=running).order_by("pk"))
    list(Grant.objects.in_force().select_for_update(of=("self",)).filter(unit=unit).order_by("pk"))


def _refuse_roles_beyond(by: Person, unit: Unit, held: Holding, ending: Ending, today: date) -> None:
    """Nobody ends, or gives at the successor, a role by way of a unit's end that they may not end or give one by one."""
    places = [unit, *([ending.successor] if ending.moves_people and ending.successor else [])]
    for place in places:
        may = grantable(roles_on(by, place, today))
        if names := sorted(grant.person.name for grant in held.grants if grant.role not in may):
            raise Refused(
                _(
                    "Anh/chị không được kết thúc vai trò của %(names)s. Đề nghị người quản trị hệ thống kết thúc đơn vị này."
                )
                % {"names": ", ".join(names)}
            )


def _name(ending: Ending) -> str:
    return ending.successor.name_on(ending.on) if ending.successor else ""


def _refuse_unsettled(unit: Unit, held: Holding, ending: Ending, today: date) -> None:
    if held.runs:
        names = "; ".join(campaign.name for campaign in held.runs)
        raise Refused(_("Đơn vị đang chủ trì chiến dịch: %(names)s. Kết thúc chiến dịch trước.") % {"names": names})
    if names := "; ".join(unit.regimes.filter(state=Regime.State.ON).values_list("name", flat=True)):
        raise Refused(
            _("Đơn vị đang chủ trì báo cáo định kỳ: %(names)s. Ngừng chế độ báo cáo trước.") % {"names": names}
        )
    successor = ending.successor
    if successor and successor.pk == unit.pk:
        raise Refused(_("Đơn vị tiếp nhận phải là một đơn vị khác."))
    if successor and not UnitVersion.objects.on(max(ending.on, today)).filter(unit=successor).exists():
        raise Refused(_("Đơn vị tiếp nhận không hoạt động vào ngày đó."))
    if held.needs_a_decision and not successor and not ending.because.strip():
        raise Refused(_("Đơn vị còn việc đang mở. Chọn đơn vị tiếp nhận, hoặc ghi lý do miễn báo cáo."))
    if held.needs_a_decision and ending.on > today:
        raise Refused(
            _("Đơn vị còn việc đang mở nên chưa ghi được ngày kết thúc sau hôm nay. Đến ngày đó hãy ghi và bàn giao.")
        )


@transaction.atomic
def excuse(obligation: Obligation, *, because: str, by: Person, now: datetime) -> None:
    """`obligation` is owed no longer, openly: who said so, when and why. Refused once a version of it counts."""
    obligation = Obligation.objects.select_for_update(of=("self",)).get(pk=obligation.pk)
    if not obligation.is_owed:
        raise Refused(_("Báo cáo này đã gửi hoặc đã được miễn."))
    obligation.state, obligation.excused_at, obligation.excused_by = Obligation.State.EXCUSED, now, by
    obligation.excused_because = because[:500]
    obligation.save(update_fields=["state", "excused_at", "excused_by", "excused_because"])
    audit.record("reporting.excuse", obligation, by=by, now=now, detail={"because": because})
