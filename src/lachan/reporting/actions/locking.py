"""The owner of a campaign sets when its figures are locked, suspends a rule for a while, and lets units through."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.locks import Kind
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person
from lachan.reporting import telling
from lachan.reporting.locks import rules_of
from lachan.reporting.models import LockException, LockRule, LockSuspension

LONGEST = 366  # days after the due time


@dataclass(frozen=True, kw_only=True)
class Rules:
    """When figures are to be locked: so many days after they were due, when a report on them goes up, from a moment on."""

    after_due: int | None = None
    when_sent_up: bool = False
    at: datetime | None = None

    def wanted(self) -> dict[str, tuple[int, datetime | None]]:
        """By kind of rule what it says."""
        found: dict[str, tuple[int, datetime | None]] = {}
        if self.after_due is not None:
            found[Kind.AFTER_DUE] = (self.after_due, None)
        if self.when_sent_up:
            found[Kind.SENT_UP] = (0, None)
        if self.at:
            found[Kind.AT] = (0, self.at)
        return found


@transaction.atomic
def set_rules(campaign: Campaign, *, rules: Rules, by: Person, now: datetime) -> list[LockRule]:
    """From now on these rules hold, for a round in all rounds of its periodic report. Those that stay keep their suspensions.

    Set again as they are, nothing changes. Refused for so many days that nobody means them.
    """
    if rules.after_due is not None and not 0 <= rules.after_due <= LONGEST:
        raise Refused(_("Số ngày khóa sau hạn cần là số từ 0 đến %(most)s.") % {"most": LONGEST})
    campaigns.take_turn(campaign)
    wanted = rules.wanted()
    for rule in rules_of(campaign).select_for_update(of=("self",)):
        if wanted.get(rule.kind) == (rule.days, rule.at):
            del wanted[rule.kind]
            continue
        rule.ended_by, rule.ended_at = by, now
        rule.save(update_fields=["ended_by", "ended_at"])
        audit.record("reporting.end_lock_rule", rule, by=by, now=now, detail=_detail(rule))
    whose = {"regime": campaign.regime} if campaign.is_round else {"campaign": campaign}
    for kind, (days, at) in wanted.items():
        made = LockRule.objects.create(**whose, kind=kind, days=days, at=at, set_by=by, set_at=now)
        audit.record("reporting.set_lock_rule", made, by=by, now=now, detail=_detail(made))
    return list(rules_of(campaign))


def _detail(rule: LockRule) -> dict[str, object]:
    return {"kind": rule.kind, "days": rule.days, "at": rule.at.isoformat() if rule.at else None}


@transaction.atomic
def suspend(rule: LockRule, *, because: str, until: datetime | None, by: Person, now: datetime) -> LockSuspension:
    """The rule locks nothing until then, or until it is resumed. Suspended already: that suspension stands.

    Refused without a reason, for a time that is past, and for a rule no longer in force.
    """
    rule = LockRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if under_way := _suspended(rule, now):
        return under_way
    if rule.ended_at is not None:
        raise Refused(_("Quy tắc khóa này không còn áp dụng."))
    refuse_unless_said(because, until, now)
    made = LockSuspension.objects.create(rule=rule, because=because.strip(), since=now, until=until, by=by)
    detail = {"because": made.because, "until": until.isoformat() if until else None, **_detail(rule)}
    audit.record("reporting.suspend_lock_rule", rule, by=by, now=now, detail=detail)
    return made


@transaction.atomic
def resume(rule: LockRule, *, by: Person, now: datetime) -> LockRule:
    """A suspended rule locks again. One that is not suspended stays as it is."""
    rule = LockRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if under_way := _suspended(rule, now):
        under_way.ended_by, under_way.ended_at = by, now
        under_way.save(update_fields=["ended_by", "ended_at"])
        audit.record("reporting.resume_lock_rule", rule, by=by, now=now, detail=_detail(rule))
    return rule


def _suspended(rule: LockRule, now: datetime) -> LockSuspension | None:
    under_way = (one for one in rule.suspensions.all() if one.ends_at is None or one.ends_at > now)
    return next(under_way, None)


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Who is let through, why and until when; no place: every unit of the campaign."""

    place: Assignment | None
    with_below: bool
    because: str
    until: datetime
    word: str = ""  # what the units read, where it is not the reason


@transaction.atomic
def let_through(campaign: Campaign, *, leave: Leave, request_key: str, by: Person, now: datetime) -> LockException:
    """Let the unit, with all below it if so wished, or every unit, report and amend until then whatever is locked.

    The same `request_key` again gives the exception it granted the first time. Refused without a reason and for a time that is
    past.
    """
    campaigns.take_turn(campaign)
    if first := LockException.objects.filter(campaign=campaign, request_key=request_key).first():
        return first
    refuse_unless_said(leave.because, leave.until, now)
    made = LockException.objects.create(
        campaign=campaign,
        assignment=leave.place,
        with_below=leave.with_below and leave.place is not None,
        because=leave.because.strip(),
        until=leave.until,
        granted_by=by,
        granted_at=now,
        request_key=request_key,
    )
    detail = {
        "unit": leave.place.unit_id if leave.place else None,
        "with_below": made.with_below,
        "because": made.because,
        "until": made.until.isoformat(),
    }
    audit.record("reporting.let_through_locks", made, by=by, now=now, detail=detail)
    telling.let_through(made, leave.word)
    return made


@transaction.atomic
def take_back(exception: LockException, *, by: Person, now: datetime) -> LockException:
    """It lets nobody through from now on. Taken back already, or expired: it stays as it is."""
    exception = LockException.objects.select_for_update(of=("self",)).get(pk=exception.pk)
    if exception.ended_at is None and exception.until > now:
        exception.ended_by, exception.ended_at = by, now
        exception.save(update_fields=["ended_by", "ended_at"])
        audit.record("reporting.take_back_exception", exception, by=by, now=now)
    return exception


def refuse_unless_said(because: str, until: datetime | None, now: datetime) -> None:
    """Raises `Refused` without a reason, and for a time that is past."""
    if not because.strip():
        raise Refused(_("Ghi lý do: lý do được lưu lại và đơn vị đọc được."))
    if until is not None and until <= now:
        raise Refused(_("Thời điểm kết thúc cần ở sau lúc này."))
