"""A campaign is prepared from its letter, started, handed down, opened and received."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.campaigns import telling
from lachan.campaigns.models import Addressee, Assignment, Campaign, Dispatch, OfficeDay, Task
from lachan.engine.reminders import Rules
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters import numbering
from lachan.letters.models import Letter
from lachan.orgs.models import Person, Unit, UnitVersion


@dataclass(frozen=True)
class TaskDraft:
    number: str
    text: str
    bodies: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class AddresseeDraft:
    line: str
    unit_ids: frozenset[int] = frozenset()
    how: str = ""
    certainty: float = 0
    left_out_because: str = ""


@dataclass(frozen=True)
class CampaignDraft:
    """A campaign as the set-up screen shows it, before it starts."""

    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    report_due: datetime | None = None
    tasks: Sequence[TaskDraft] = field(default_factory=tuple)
    addressees: Sequence[AddresseeDraft] = field(default_factory=tuple)


@transaction.atomic
def prepare(letter: Letter, *, owner: Unit, draft: CampaignDraft, by: Person, now: datetime) -> Campaign:
    """The letter's campaign as a draft. Asked a second time, it gives the one there is."""
    if existing := Campaign.objects.filter(letter=letter, regime=None).first():
        return existing
    campaign = Campaign.objects.create(letter=letter, owner=owner, name=draft.name, created_by=by, created_at=now)
    _write(campaign, draft)
    audit.record("campaigns.prepare", campaign, by=by, now=now, detail={"letter": letter.pk})
    return campaign


@transaction.atomic
def revise(campaign: Campaign, *, draft: CampaignDraft, by: Person, now: datetime) -> Campaign:
    """Write the set-up screen's state. Refused once the campaign has started."""
    campaign = _locked_draft(campaign)
    _write(campaign, draft)
    audit.record("campaigns.revise", campaign, by=by, now=now)
    return campaign


def _locked_draft(campaign: Campaign) -> Campaign:
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if campaign.state != Campaign.State.DRAFT:
        raise Refused(_("Chiến dịch đã phát động nên không sửa được phần này nữa."))
    return campaign


def _write(campaign: Campaign, draft: CampaignDraft) -> None:
    campaign.name = draft.name
    campaign.starts_on, campaign.ends_on, campaign.report_due = draft.starts_on, draft.ends_on, draft.report_due
    if campaign.starts_on and campaign.ends_on and campaign.starts_on > campaign.ends_on:
        raise Refused(_("Ngày kết thúc chiến dịch phải từ ngày bắt đầu trở đi."))
    campaign.save()
    campaign.tasks.all().delete()
    Task.objects.bulk_create(
        Task(campaign=campaign, number=t.number, text=t.text, bodies=t.bodies, due_on=t.due_on) for t in draft.tasks
    )
    campaign.addressees.all().delete()
    for entry in draft.addressees:
        addressee = Addressee.objects.create(
            campaign=campaign,
            line=entry.line,
            how=entry.how,
            certainty=entry.certainty,
            left_out_because=entry.left_out_because,
        )
        addressee.units.set(entry.unit_ids)


@transaction.atomic
def start(campaign: Campaign, *, letter: Letter, by: Person, now: datetime) -> Dispatch:
    """Hand the campaign to every unit its addressees stand for, with `letter`: the one it came from, or the owner's.

    Refused while an addressee waits to be settled, and when no unit is left to hand it to. They need not stand below the owner:
    a department writes to the whole province.
    """
    campaign = _locked_draft(campaign)
    entries = campaign.addressees.prefetch_related("units")
    waiting = [a.line for a in entries if not a.left_out_because and not a.units.all()]
    if waiting:
        raise Refused(
            ngettext(
                "Còn %(count)s nơi nhận chưa rõ là đơn vị nào: %(lines)s. Chọn đơn vị hoặc ghi lý do không giao.",
                "Còn %(count)s nơi nhận chưa rõ là đơn vị nào: %(lines)s. Chọn đơn vị hoặc ghi lý do không giao.",
                len(waiting),
            )
            % {"count": len(waiting), "lines": "; ".join(waiting)}
        )
    units = {unit.pk: unit for a in entries if not a.left_out_because for unit in a.units.all()}
    units.pop(campaign.owner_id, None)
    campaign.state, campaign.started_at = Campaign.State.RUNNING, now
    campaign.save(update_fields=["state", "started_at"])
    return hand_down(
        campaign,
        unit=campaign.owner,
        letter=letter,
        to=units.values(),
        assignment=None,
        terms=Terms(report_due=campaign.report_due, by=by, now=now),
    )


@dataclass(frozen=True)
class Terms:
    """By when the level below reports, who hands down, and when."""

    report_due: datetime | None
    by: Person
    now: datetime


def take_turn(campaign: Campaign, assignment: Assignment | None = None) -> None:
    """Hold the campaign, and the assignment, until the transaction ends.

    Actions of several steps call it first: all take the campaign, then the assignment, then a register, and the audit trail last,
    so that two presses at one moment wait for one another instead of for each other.
    """
    Campaign.objects.select_for_update(of=("self",), no_key=assignment is not None).get(pk=campaign.pk)
    if assignment is not None:
        Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)


@transaction.atomic
def hand_down(
    campaign: Campaign,
    *,
    unit: Unit,
    letter: Letter,
    to: Collection[Unit],
    assignment: Assignment | None,
    terms: Terms,
) -> Dispatch:
    """Give the campaign to the units in `to`. Units that have it already are left as they are.

    A round stands received: its letter was given once, with the first. Refused when there is nobody to give it to.
    """
    day = campaign.given_on_tree_of(localdate(terms.now))
    already = set(campaign.assignments.values_list("unit_id", flat=True))
    versions = list(UnitVersion.objects.on(day).filter(unit__in=[u.pk for u in to if u.pk not in already]).in_order())
    if not versions:
        raise Refused(_("Chưa chọn đơn vị nào để giao, hoặc các đơn vị đã chọn đều đã được giao."))
    dispatch = Dispatch.objects.create(
        campaign=campaign,
        unit=unit,
        letter=letter,
        assignment=assignment,
        report_due=terms.report_due,
        sent_at=terms.now,
        sent_by=terms.by,
    )
    given = {version.unit_id for version in versions}
    letter.sent_to.add(*given)
    below = UnitVersion.objects.on(day).filter(parent__in=given).exclude(unit__in=already | given)
    with_units_below = set(below.values_list("parent_id", flat=True))
    assigned = Assignment.objects.bulk_create(
        Assignment(
            campaign=campaign,
            dispatch=dispatch,
            unit_id=version.unit_id,
            parent=assignment,
            path=f"{assignment.path if assignment else ''}{version.unit_id}.",
            unit_name=version.name,
            unit_sort_key=version.sort_key,
            unit_kind=version.kind_id,
            must_pass_on=version.unit_id in with_units_below and not campaign.is_round,
            received_at=terms.now if campaign.is_round else None,
        )
        for version in versions
    )
    telling.given(dispatch, assigned, now=terms.now)
    audit.record(
        "campaigns.hand_down",
        dispatch,
        by=terms.by,
        now=terms.now,
        detail={"campaign": campaign.pk, "units": len(versions), "letter": letter.pk},
    )
    return dispatch


@transaction.atomic
def open_assignment(assignment: Assignment, *, by: Person, now: datetime) -> None:
    """Note the first time somebody of the unit looked. Later looks change nothing."""
    first = Assignment.objects.filter(pk=assignment.pk, opened_at=None).update(opened_at=now, opened_by=by)
    if first:
        assignment.opened_at, assignment.opened_by = now, by
        audit.record("campaigns.open", assignment, by=by, now=now)


@transaction.atomic
def receive(assignment: Assignment, *, by: Person, now: datetime) -> None:
    """Confirm receipt for the unit, and enter the letter in its book of what came in. The first confirmation stands."""
    held = Assignment.objects.select_for_update().only("opened_at").get(pk=assignment.pk)
    numbering.arrive(assignment.dispatch.letter, unit=assignment.unit, day=localdate(now), by=by, now=now)
    if held.opened_at is None:
        open_assignment(assignment, by=by, now=now)
    first = Assignment.objects.filter(pk=assignment.pk, received_at=None).update(received_at=now, received_by=by)
    if first:
        assignment.received_at, assignment.received_by = now, by
        audit.record("campaigns.receive", assignment, by=by, now=now)


@transaction.atomic
def pass_on(assignment: Assignment, *, letter: Letter, to: Collection[Unit], terms: Terms) -> Dispatch:
    """Hand the campaign to the level below with the unit's own letter; this also confirms receipt.

    Refused when the campaign is not running, when the unit has ended, when one of `to` does not stand below it on that day, and
    when there is nobody new to hand it to.
    """
    campaign = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=assignment.campaign_id)
    if campaign.state != Campaign.State.RUNNING:
        raise Refused(_("Chiến dịch đã kết thúc nên không triển khai tiếp được nữa."))
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=assignment.pk)
    _refuse_outside_branch(assignment, to, terms.now)
    receive(assignment, by=terms.by, now=terms.now)
    dispatch = hand_down(campaign, unit=assignment.unit, letter=letter, to=to, assignment=assignment, terms=terms)
    if assignment.passed_on_at is None:
        Assignment.objects.filter(pk=assignment.pk).update(passed_on_at=terms.now)
    return dispatch


def _refuse_outside_branch(assignment: Assignment, to: Collection[Unit], now: datetime) -> None:
    day = localdate(now)
    if not UnitVersion.objects.on(day).filter(unit=assignment.unit_id).exists():
        raise Refused(
            _("%(unit)s đã kết thúc hoạt động nên không triển khai tiếp được.") % {"unit": assignment.unit_name}
        )
    below = set(assignment.unit.branch_on(day).values_list("unit_id", flat=True))
    outside = UnitVersion.objects.filter(unit__in=[u.pk for u in to if u.pk not in below])
    if names := sorted({version.name for version in outside.order_by("unit_id", "-valid_from").distinct("unit_id")}):
        raise Refused(
            _("Chỉ giao được cho đơn vị trực thuộc. Không trực thuộc %(unit)s: %(names)s.")
            % {"unit": assignment.unit_name, "names": "; ".join(names)}
        )


@transaction.atomic
def set_reminders(campaign: Campaign, *, rules: Rules, by: Person, now: datetime) -> Campaign:
    """From now on the units of the campaign are reminded by these rules. What they were told before stays."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    campaign.reminders = asdict(rules)
    campaign.save(update_fields=["reminders"])
    audit.record("campaigns.set_reminders", campaign, by=by, now=now, detail=campaign.reminders)
    return campaign


@transaction.atomic
def close(campaign: Campaign, *, by: Person, now: datetime) -> Campaign:
    """End the campaign: nothing more is passed on or reported; what was stays. Refused unless it is running."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if campaign.state == Campaign.State.DRAFT:
        raise Refused(_("Chiến dịch chưa phát động nên chưa thể kết thúc."))
    if campaign.state == Campaign.State.CLOSED:
        raise Refused(_("Chiến dịch đã kết thúc từ trước."))
    campaign.state, campaign.closed_at = Campaign.State.CLOSED, now
    campaign.save(update_fields=["state", "closed_at"])
    audit.record("campaigns.close", campaign, by=by, now=now)
    return campaign


@transaction.atomic
def set_office_day(day: date, *, works: bool, name: str, by: Person, now: datetime) -> OfficeDay:
    """Offices are off or at work on `day`, whatever was published or said before. Deadlines already set stay."""
    known, _made = OfficeDay.objects.update_or_create(day=day, defaults={"works": works, "name": name})
    detail = {"day": day.isoformat(), "works": works, "name": name}
    audit.record("campaigns.set_office_day", known, by=by, now=now, detail=detail)
    return known


@transaction.atomic
def remove_office_day(known: OfficeDay, *, by: Person, now: datetime) -> None:
    """What was published, or else the weekday, holds for the day again."""
    audit.record("campaigns.remove_office_day", known, by=by, now=now, detail={"day": known.day.isoformat()})
    known.delete()
