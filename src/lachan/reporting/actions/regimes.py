"""Periodic reports are prescribed, switched on and off, and given out period by period."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Campaign, Regime
from lachan.campaigns.office import closing_time, working_days
from lachan.engine import periods
from lachan.engine.applicability import by_superior
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Group, Kind, Person, Unit, UnitVersion
from lachan.reporting.actions.forms import write_form
from lachan.reporting.actions.giving import owe
from lachan.reporting.applying import asked, candidate
from lachan.reporting.drafts import draft_of
from lachan.reporting.models import Form

MOST_AHEAD = 366  # days before its cut-off a round may be given out


@dataclass(frozen=True, kw_only=True)
class RegimeDraft:
    """A regime as it is to be; see `lachan.campaigns.models.Regime`."""

    name: str
    rhythm: str
    last_day: int
    counting: str
    number: int
    opens_days: int
    newcomers: bool
    kinds: Collection[Kind]
    groups: Collection[Group]
    within: Collection[Unit]
    but: Collection[Unit]


@transaction.atomic
def prescribe(form_of: Campaign, *, draft: RegimeDraft, by: Person, now: datetime) -> Regime:
    """A new regime, not yet in force, with the form, the owner and the letter of that campaign."""
    regime = Regime(owner=form_of.owner, letter=form_of.letter, form_of=form_of, created_by=by, created_at=now)
    return _write(regime, draft, "reporting.prescribe", by=by, now=now)


@transaction.atomic
def amend(regime: Regime, *, draft: RegimeDraft, by: Person, now: datetime) -> Regime:
    """Rounds not given out yet follow the change. Of those given out nothing is taken away; while their period runs, units that
    now owe the report are added.

    Refused for the rhythm and the cut-off once a round was given out: its periods would overlap, or leave days out.
    """
    regime = Regime.objects.select_for_update(of=("self",)).get(pk=regime.pk)
    if (draft.rhythm, draft.last_day) != (regime.rhythm, regime.last_day) and regime.rounds.exists():
        raise Refused(
            _("Đã giao kỳ đầu nên không đổi được kỳ và ngày chốt số liệu. Hãy ngừng chế độ này rồi lập chế độ mới.")
        )
    return _write(regime, draft, "reporting.amend_regime", by=by, now=now)


def _write(regime: Regime, draft: RegimeDraft, verb: str, *, by: Person, now: datetime) -> Regime:
    if not draft.name.strip():
        raise Refused(_("Nhập tên báo cáo."))
    if not (1 <= draft.last_day <= periods.END_OF_MONTH and 1 <= draft.number <= periods.END_OF_MONTH):
        raise Refused(_("Ngày chốt số liệu và hạn gửi cần là số từ 1 đến 31."))
    if not 0 <= draft.opens_days <= MOST_AHEAD:
        raise Refused(_("Số ngày giao trước cần là số từ 0 đến %(most)s.") % {"most": MOST_AHEAD})
    if not draft.kinds and not draft.groups:
        raise Refused(_("Chọn ít nhất một nhóm hoặc một loại đơn vị phải báo cáo."))
    regime.name, regime.rhythm, regime.last_day = draft.name.strip(), draft.rhythm, draft.last_day
    regime.counting, regime.number, regime.opens_days = draft.counting, draft.number, draft.opens_days
    regime.newcomers = draft.newcomers
    regime.save()
    regime.kinds.set(draft.kinds)
    regime.groups.set(draft.groups)
    regime.within.set(draft.within)
    regime.but.set(draft.but)
    detail = {
        "name": regime.name,
        "rhythm": regime.rhythm,
        "last_day": regime.last_day,
        "due": [regime.counting, regime.number],
        "asked": {
            "kinds": sorted(one.pk for one in draft.kinds),
            "groups": sorted(one.pk for one in draft.groups),
            "within": sorted(one.pk for one in draft.within),
            "but": sorted(one.pk for one in draft.but),
        },
    }
    audit.record(verb, regime, by=by, now=now, detail=detail)
    return regime


@transaction.atomic
def switch_on(regime: Regime, *, by: Person, now: datetime) -> Regime:
    """In force from the period of today on; what is to be given out by now is given out.

    Refused when its form asks nothing, and when nobody would owe the report.
    """
    regime = Regime.objects.select_for_update(of=("self",)).get(pk=regime.pk)
    if regime.state == Regime.State.ON:
        return regime
    if not Form.objects.filter(campaign=regime.form_of_id, questions__withdrawn_in=None).exists():
        raise Refused(_("Biểu mẫu chưa có câu hỏi nào nên chưa áp dụng được chế độ báo cáo này."))
    today = localdate(now)
    _asked_of(regime, regime.period_of(today))
    regime.state, regime.first_day = Regime.State.ON, today
    _switched(regime, "reporting.switch_regime_on", by=by, now=now)
    give_out(regime, now=now)
    return regime


@transaction.atomic
def switch_off(regime: Regime, *, by: Person, now: datetime) -> Regime:
    """No further round is given out; those given out go on."""
    regime = Regime.objects.select_for_update(of=("self",)).get(pk=regime.pk)
    if regime.state == Regime.State.ON:
        regime.state = Regime.State.OFF
        _switched(regime, "reporting.switch_regime_off", by=by, now=now)
    return regime


def _switched(regime: Regime, verb: str, *, by: Person, now: datetime) -> None:
    regime.switched_by, regime.switched_at = by, now
    regime.save(update_fields=["state", "first_day", "switched_by", "switched_at"])
    audit.record(verb, regime, by=by, now=now)


@transaction.atomic
def give_out(regime: Regime, *, now: datetime) -> list[Campaign]:
    """The rounds that are to be given out by now and were not, and units that have come to owe one whose period still runs.

    In the name of who switched the regime on. Run as often as one likes: what was given out is not given out again.
    """
    regime = Regime.objects.select_for_update(of=("self",)).get(pk=regime.pk)
    if regime.state != Regime.State.ON or regime.switched_by is None:
        return []
    known = set(regime.rounds.values_list("period", flat=True))
    missing = [
        period for period in opened(regime, localdate(now)) if period.code not in known and asked(regime, period)
    ]
    made = [_give(regime, period, by=regime.switched_by, now=now) for period in missing]
    running = regime.rounds.filter(state=Campaign.State.RUNNING, ends_on__gte=localdate(now))
    for campaign in running.exclude(pk__in=[one.pk for one in made]):
        _complete(campaign, by=regime.switched_by, now=now)
    return made


@transaction.atomic
def give_next(regime: Regime, *, period: str, by: Person, now: datetime) -> Campaign:
    """The round of that period ahead of its day; the one there is if it was given out. Refused when it is not the next one."""
    regime = Regime.objects.select_for_update(of=("self",)).get(pk=regime.pk)
    if known := regime.rounds.filter(period=period).first():
        return known
    wanted = next_period(regime, localdate(now))
    if regime.state != Regime.State.ON or wanted.code != period:
        raise Refused(_("Chỉ giao được kỳ kế tiếp của chế độ báo cáo đang áp dụng."))
    return _give(regime, wanted, by=by, now=now)


def opened(regime: Regime, today: date) -> Iterator[periods.Period]:
    """The periods in force whose rounds are to be given out by `today`, the first one first."""
    period = regime.period_of(regime.first_day or today)
    while (period.last - today).days <= regime.opens_days:
        yield period
        period = period.moved(1)


def next_period(regime: Regime, today: date) -> periods.Period:
    """The first period in force that was not given out."""
    known = set(regime.rounds.values_list("period", flat=True))
    period = regime.period_of(regime.first_day or today)
    while period.code in known:
        period = period.moved(1)
    return period


def _asked_of(regime: Regime, period: periods.Period) -> list[UnitVersion]:
    found = asked(regime, period)
    if not found:
        raise Refused(_("Không có đơn vị nào phải báo cáo theo các điều kiện đã chọn. Xem lại nhóm, loại và địa bàn."))
    return found


def _give(regime: Regime, period: periods.Period, *, by: Person, now: datetime) -> Campaign:
    """One round: its form as the round before had it in the end, its units, and what each owes."""
    units = _asked_of(regime, period)
    before = regime.rounds.order_by("-ends_on").first() or regime.form_of
    campaign = Campaign.objects.create(
        letter=regime.letter,
        regime=regime,
        period=period.code,
        owner=regime.owner,
        name=f"{regime.name} – {period.label()}",
        starts_on=period.first,
        ends_on=period.last,
        report_due=closing_time(regime.due_rule.due_on(period, working_days())),
        reminders=before.reminders,
        created_by=by,
        created_at=now,
    )
    draft = draft_of(Form.objects.get(campaign=before))
    write_form(campaign, title=draft.title, questions=draft.items, checks=draft.checks, by=by, now=now)
    campaign.state, campaign.started_at = Campaign.State.RUNNING, now
    campaign.save(update_fields=["state", "started_at"])
    _hand_down(campaign, units, by=by, now=now)
    return campaign


def _complete(campaign: Campaign, *, by: Person, now: datetime) -> None:
    """Units that have come to owe the round since it was given out."""
    regime = campaign.regime
    period = periods.parse(campaign.period, regime.last_day) if regime else None
    if regime and period:
        _hand_down(campaign, asked(regime, period), by=by, now=now)


def _hand_down(campaign: Campaign, versions: Collection[UnitVersion], *, by: Person, now: datetime) -> None:
    """To each of the units that has it not yet, under the nearest above it that has."""
    given = {one.unit_id: one for one in campaign.assignments.select_related("unit")}
    units = {version.unit_id: version.unit for version in versions}
    terms = campaigns.Terms(report_due=campaign.report_due, by=by, now=now)
    for superior, keys in by_superior(candidate(version) for version in versions).items():
        new = [units[key] for key in keys if key not in given]
        if not new:
            continue
        above = given.get(superior) if superior else None
        dispatch = campaigns.hand_down(
            campaign,
            unit=above.unit if above else campaign.owner,
            letter=campaign.letter,
            to=new,
            assignment=above,
            terms=terms,
        )
        owe(dispatch)
        given |= {one.unit_id: one for one in dispatch.assignments.select_related("unit")}
