"""Units end while they owe: those that take over owe what was not reported yet, with what was typed so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from lachan.campaigns.models import Assignment, Campaign, Regime
from lachan.campaigns.succeeding import follow_leaders, succeed
from lachan.engine.drafts import as_json, gathered
from lachan.orgs.passing_on import Held, Passing
from lachan.reporting.models import Obligation, Question, ReportDraft

_OWED_AGAIN = (
    *("state", "draft", "draft_saved_at", "draft_saved_by_id", "asked_again_by", "asked_again_must"),
    *("excused_at", "excused_by_id", "excused_because"),
)
_EXCUSED = ("state", "excused_at", "excused_by_id", "excused_because")


def pass_on(passing: Passing) -> Counter[str]:
    """Campaigns led, assignments held, reports owed and reports being written, of every running campaign."""
    counts: Counter[str] = Counter()
    units = set(passing.heirs)
    held = Q(owner__in=units) | Q(pk__in=Assignment.objects.filter(unit__in=units, ended_at=None).values("campaign"))
    running = Campaign.objects.select_for_update(of=("self",)).filter(held, state=Campaign.State.RUNNING)
    campaigns = list(running.order_by("pk"))
    counts["campaigns_led"] = follow_leaders(campaigns, passing)
    for campaign in campaigns:
        owing = Obligation.objects.select_for_update(of=("self",)).filter(form__campaign=campaign, counted=None)
        list(owing.order_by("pk").values_list("pk"))  # held, so that none comes to count while the cascade is changed
        counting = Obligation.objects.filter(form__campaign=campaign, counted__isnull=False)
        fixed = frozenset(counting.values_list("assignment_id", flat=True))
        taken = succeed(campaign, passing, fixed=fixed)
        counts["assignments"] += sum(1 for heir in taken.values() if heir)
        counts.update(_owe_instead(taken, passing))
        counts["drafts"] += _write_on(campaign, passing)
    return counts


def _owe_instead(taken: Mapping[int, Assignment | None], passing: Passing) -> Counter[str]:
    """The heirs owe what those before them did not report; without an heir nobody does, and it says why."""
    locked = Obligation.objects.select_for_update(of=("self",)).filter(assignment__in=taken, counted=None)
    debts = list(locked.exclude(state=Obligation.State.EXCUSED).order_by("pk"))
    by_heir: dict[int, list[Obligation]] = defaultdict(list)
    heirs = {heir.pk: heir for heir in taken.values() if heir}
    for debt in debts:
        heir = taken[debt.assignment_id]
        if heir:
            by_heir[heir.pk].append(debt)
    counts = Counter(obligations=sum(map(len, by_heir.values())))
    counts["excused"] = len(debts) - counts["obligations"]
    counts["drafts"] = sum(1 for one in debts if one.draft and taken[one.assignment_id])
    _write(by_heir, heirs, passing)
    for debt in debts:
        debt.state, debt.excused_at = Obligation.State.EXCUSED, passing.now
        debt.excused_by, debt.excused_because = passing.by, _because(taken[debt.assignment_id], passing)[:500]
    passing.ledger.update(debts, _EXCUSED)
    return counts


def _because(heir: Assignment | None, passing: Passing) -> str:
    if heir is None or heir.unit_name in passing.because:
        return passing.because
    return _("%(because)s. %(unit)s báo cáo thay") % {"because": passing.because, "unit": heir.unit_name}


def _write(by_heir: Mapping[int, Sequence[Obligation]], heirs: Mapping[int, Assignment], passing: Passing) -> None:
    known = {one.assignment_id: one for one in Obligation.objects.filter(assignment__in=by_heir)}
    sums = _sums({debt.form_id for debts in by_heir.values() for debt in debts})
    new: list[Obligation] = []
    again: list[Obligation] = []
    for key, debts in by_heir.items():
        if key not in known:
            new.append(_like(debts, heirs[key], sums))
        else:
            again.append(_owed_again(known[key], debts, sums))
    passing.ledger.create(new)
    passing.ledger.update(again, _OWED_AGAIN)
    asked: dict[int, set[int]] = defaultdict(set)
    through = Obligation.questions.through.objects
    former = {debt.pk: key for key, debts in by_heir.items() if key not in known for debt in debts}
    for debt, question in through.filter(obligation__in=former).values_list("obligation_id", "question_id"):
        asked[former[debt]].add(question)
    through.bulk_create(
        (
            Obligation.questions.through(obligation_id=one.pk, question_id=question)
            for one in new
            for question in sorted(asked[one.assignment_id])
        ),
        batch_size=5000,
    )


def _owed_again(known: Obligation, debts: Sequence[Obligation], sums: Mapping[str, bool]) -> Obligation:
    """What the heir owes already now covers those before it too; a return that counts may, and must, be completed."""
    if known.state == Obligation.State.EXCUSED:
        known.state, known.excused_at, known.excused_by, known.excused_because = Obligation.State.OWED, None, None, ""
    if known.counted_id is None:
        return _with_drafts(known, [known, *debts], sums)
    known.asked_again_by, known.asked_again_must = max(one.due_at for one in debts), True
    return known


def _sums(forms: Collection[int]) -> dict[str, bool]:
    """The questions whose numbers are added up, by key: whether they ask for whole ones."""
    asked = Question.objects.filter(form__in=forms, measure=Question.Measure.SUM, kind__in=_NUMBERS)
    return {one.key: one.kind == Question.Kind.WHOLE for one in asked}


_NUMBERS = (Question.Kind.WHOLE, Question.Kind.DECIMAL)


def _like(debts: Sequence[Obligation], heir: Assignment, sums: Mapping[str, bool]) -> Obligation:
    first = debts[0]
    new = Obligation(
        form_id=first.form_id,
        unit_id=heir.unit_id,
        assignment=heir,
        period_from=first.period_from,
        period_to=first.period_to,
        due_at=max(one.due_at for one in debts),
    )
    return _with_drafts(new, debts, sums)


def _with_drafts(one: Obligation, debts: Sequence[Obligation], sums: Mapping[str, bool]) -> Obligation:
    written = [debt for debt in debts if debt.draft]
    if written:
        last = max(written, key=lambda debt: (debt.draft_saved_at is not None, debt.draft_saved_at))
        drafts = [debt.read_draft() for debt in written]
        one.draft = as_json(gathered(drafts, sums) if len(drafts) > 1 else drafts[0])
        one.draft_saved_at, one.draft_saved_by_id = last.draft_saved_at, last.draft_saved_by_id
        if one.state == Obligation.State.OWED:
            one.state = Obligation.State.DRAFTED
    return one


def _write_on(campaign: Campaign, passing: Passing) -> int:
    """A consolidated report being written goes along, where the heir has not begun its own."""
    begun = set(campaign.report_drafts.values_list("unit_id", flat=True))
    drafts = []
    for one in campaign.report_drafts.filter(unit__in=passing.heirs).order_by("pk"):
        heir = passing.heirs[one.unit_id]
        if heir and heir not in begun and passing.takes(f"report:{one.pk}"):
            begun.add(heir)
            one.unit_id = heir
            drafts.append(one)
    passing.ledger.update(drafts, ["unit_id"])
    return len(drafts)


def held_by_units(units: Collection[int]) -> list[Held]:
    """Campaigns led, open assignments with what is owed, and reports being written."""
    running = {"campaign__state": Campaign.State.RUNNING}
    led = Campaign.objects.filter(owner__in=units, state=Campaign.State.RUNNING)
    regimes = Regime.objects.filter(owner__in=units).exclude(state=Regime.State.OFF)
    given = Assignment.objects.filter(unit__in=units, ended_at=None, **running)
    drafts = ReportDraft.objects.filter(unit__in=units, **running)
    return [
        *(Held(f"campaign:{one.pk}", one.owner_id, _("Chủ trì: %(name)s") % {"name": one.name}) for one in led),
        *(Held(f"regime:{one.pk}", one.owner_id, _("Chủ trì: %(name)s") % {"name": one.name}) for one in regimes),
        *(
            Held(f"assignment:{one.pk}", one.unit_id, _told(one))
            for one in given.select_related("campaign", "obligation")
        ),
        *(
            Held(
                f"report:{one.pk}", one.unit_id, _("Báo cáo tổng hợp đang soạn: %(name)s") % {"name": one.campaign.name}
            )
            for one in drafts.select_related("campaign")
        ),
    ]


def _told(one: Assignment) -> str:
    debt: Obligation | None = getattr(one, "obligation", None)
    name = {"name": one.campaign.name}
    if debt is None or debt.state == Obligation.State.EXCUSED:
        return _("Nhiệm vụ: %(name)s") % name
    if not debt.is_owed:
        return _("Nhiệm vụ đã báo cáo: %(name)s") % name
    if debt.draft:
        return _("Báo cáo đang soạn: %(name)s") % name
    return _("Báo cáo chưa gửi: %(name)s") % name
