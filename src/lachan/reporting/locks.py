"""Whether a return is locked, and why, in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time

from django.db.models import Min, Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.locks import Kind, Lock, Rule, lock_on, locks_at
from lachan.foundation import formats
from lachan.foundation.refused import Refused
from lachan.reporting.models import ConsolidatedReport, LockException, LockPlea, LockRule, Obligation


def rules_of(campaign: Campaign) -> QuerySet[LockRule]:
    """The rules in force: of a round those of its periodic report."""
    rules = LockRule.objects.filter(ended_at=None).prefetch_related("suspensions")
    return rules.filter(regime=campaign.regime_id) if campaign.is_round else rules.filter(campaign=campaign.pk)


def lock_of(obligation: Obligation, now: datetime) -> Lock | None:
    """The lock on a return. One query where its campaign has no rules, four where it has."""
    return locks_on([obligation], now).get(obligation.pk)


def locks_on(obligations: Collection[Obligation], now: datetime) -> dict[int, Lock]:
    """The returns that are locked, by key; as many queries for any number of them as for one."""
    if not obligations:
        return {}
    campaigns = {one.form.campaign_id: one.form.campaign for one in obligations}
    rules = _rules(campaigns.values())
    if not any(rules.values()):
        return {}
    let_through = list(LockException.objects.holding(now).filter(campaign__in=campaigns).select_related("assignment"))
    sent = _sent_up(campaigns, rules)
    found = {}
    for one in obligations:
        if any(covers(exception, one.assignment) for exception in let_through):
            continue
        units = [campaigns[one.form.campaign_id].owner_id, *map(int, one.assignment.path.split(".")[:-1])]
        times = [at for unit in units if (at := sent.get((one.form.campaign_id, unit)))]
        found[one.pk] = lock_on(rules[one.form.campaign_id], due=one.due_at, sent_up=min(times, default=None), now=now)
    return {key: lock for key, lock in found.items() if lock}


def covers(exception: LockException, assignment: Assignment) -> bool:
    """Whether an exception is for the unit of `assignment`, a branch it stands in, or every unit of the campaign."""
    if exception.campaign_id != assignment.campaign_id:
        return False
    place = exception.assignment
    if place is None or place.pk == assignment.pk:
        return True
    return exception.with_below and assignment.path.startswith(place.path)


def will_lock(obligation: Obligation, now: datetime) -> datetime | None:
    """The next moment at which a rule is to lock the return, as far as that is foreseen."""
    rules = [rule.as_rule() for rule in rules_of(obligation.form.campaign)]
    times = (locks_at(rule, due=obligation.due_at, sent_up=None) for rule in rules)
    return min((at for at in times if at is not None and at > now), default=None)


def plea_of(obligation: Obligation) -> LockPlea | None:
    """What the unit asked for last, if it is not through: it waits, or was refused. One query."""
    pleas = LockPlea.objects.filter(assignment=obligation.assignment_id).select_related("asked_by", "answered_by")
    last = pleas.last()
    return last if last and last.exception_id is None else None


def end_of(day: date) -> datetime:
    """The last minute of `day`."""
    return make_aware(datetime.combine(day, time(23, 59)))


def refuse_if_locked(obligation: Obligation, *, now: datetime) -> None:
    """Raises `Refused` with the reason while the return is locked."""
    if lock := lock_of(obligation, now):
        raise Refused(sentence(lock))


def sentence(lock: Lock) -> str:
    """Why it is locked, since when, and what can be done."""
    return _("Số liệu đã khóa từ %(at)s: %(why)s. Cần sửa thì đề nghị cơ quan chủ trì cấp ngoại lệ khóa số liệu.") % {
        "at": formats.moment(lock.since),
        "why": in_words(lock.rule),
    }


def in_words(rule: Rule) -> str:
    """The rule in words."""
    if rule.kind is Kind.AFTER_DUE:
        if not rule.days:
            return _("khóa ngay khi hết hạn báo cáo")
        words = ngettext("khóa sau hạn báo cáo %(days)s ngày", "khóa sau hạn báo cáo %(days)s ngày", rule.days)
        return words % {"days": rule.days}
    if rule.kind is Kind.SENT_UP:
        return _("khóa khi báo cáo tổng hợp đã gửi cấp trên")
    return _("khóa từ %(at)s") % {"at": formats.moment(rule.at)} if rule.at else ""


def _rules(campaigns: Collection[Campaign]) -> dict[int, list[Rule]]:
    """The rules of each campaign, in one query, and one more where there are any."""
    regimes = [one.regime_id for one in campaigns if one.is_round]
    of_campaign = Q(campaign__in=[one.pk for one in campaigns if not one.is_round])
    kept = LockRule.objects.filter(of_campaign | Q(regime__in=regimes), ended_at=None)
    found: dict[tuple[int | None, int | None], list[Rule]] = defaultdict(list)
    for rule in kept.prefetch_related("suspensions"):
        found[rule.campaign_id, rule.regime_id].append(rule.as_rule())
    return {one.pk: found[(None, one.regime_id) if one.is_round else (one.pk, None)] for one in campaigns}


def _sent_up(campaigns: Collection[int], rules: Mapping[int, Sequence[Rule]]) -> dict[tuple[int, int], datetime]:
    """By campaign and unit, when the unit's first consolidated report went up; nothing where no rule asks for it."""
    if not any(rule.kind is Kind.SENT_UP for kept in rules.values() for rule in kept):
        return {}
    sent = ConsolidatedReport.objects.filter(campaign__in=campaigns, sent_at__isnull=False).order_by()
    rows = sent.values_list("campaign", "unit").annotate(first=Min("sent_at"))
    return {(campaign, unit): first for campaign, unit, first in rows}
