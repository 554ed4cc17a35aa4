"""What people are told about returns: those of their own unit, and those that come from below."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_noop

from lachan.foundation.formats import moment
from lachan.notices.actions import News, tell, tell_each, tell_of_more
from lachan.notices.models import Kind
from lachan.orgs.access import holders
from lachan.orgs.models import Role
from lachan.reporting.models import ConsolidatedReport, Decision, LockException, LockPlea, Obligation, Return, Revision

Verdict = Decision.Verdict
State = Obligation.State


def news(obligation: Obligation, kind: Kind, text: str, *, key: str, href: str = "", remark: str = "") -> News:
    """News about a unit's return, with what every notice of one names: unit, campaign, deadline, link."""
    return News(
        kind=kind,
        text=text,
        href=href or obligation.get_absolute_url(),
        key=key,
        unit=obligation.assignment.unit_name,
        campaign=obligation.form.campaign.name,
        due_at=obligation.due_at,
        remark=remark,
    )


def level_above(obligation: Obligation) -> int:
    """The key of the unit that the return goes to: the one above in the cascade, or the campaign's owner."""
    above = obligation.assignment.path.split(".")[:-2]
    return int(above[-1]) if above else obligation.form.campaign.owner_id


def to_approve(version: Return) -> None:
    """The unit's heads learn that a version waits for them."""
    all_to_approve([version], now=version.submitted_at)


def all_to_approve(versions: Sequence[Return], *, now: datetime) -> None:
    """`to_approve` for many units at once, in a fixed number of queries; none for none."""
    if not versions:
        return
    people = holders([version.obligation.unit_id for version in versions])
    tell_each(
        [
            (_waits(version), people[version.obligation.unit_id, Role.HEAD] - {version.submitted_by_id})
            for version in versions
        ],
        now=now,
    )


def _waits(version: Return) -> News:
    words, key = gettext_noop("Báo cáo chờ anh/chị duyệt"), f"to_approve:{version.pk}"
    return news(version.obligation, Kind.TO_APPROVE, words, key=key, href=version.get_absolute_url())


def all_approved(decisions: Sequence[Decision], *, now: datetime) -> None:
    """What `decided` tells of approvals, for many units at once: the levels above hear how many have come."""
    owed = [decision.version.obligation for decision in decisions]
    people = holders({key for one in owed for key in (one.unit_id, level_above(one))})
    tell_each(
        [
            (_told_approved(decision), people[one.unit_id, Role.OFFICER] - {decision.by_id})
            for decision, one in zip(decisions, owed, strict=True)
        ],
        now=now,
    )
    above = [people[level_above(one), Role.OFFICER] | people[level_above(one), Role.COORDINATOR] for one in owed]
    tell_of_more(
        [
            (_arrived(decision), superiors - {decision.by_id})
            for decision, one, superiors in zip(decisions, owed, above, strict=True)
            if one.state == State.APPROVED  # not one mended without a change in numbers, and accepted before
        ],
        now=now,
    )


def _told_approved(decision: Decision) -> News:
    words, version = gettext_noop("Thủ trưởng đã duyệt và gửi báo cáo"), decision.version
    key = f"{Kind.ACCEPTED}:{decision.pk}"
    return news(version.obligation, Kind.ACCEPTED, words, key=key, href=version.get_absolute_url())


def decided(decision: Decision) -> None:
    """The unit learns what became of its return; when it goes up, the level above learns that it has arrived."""
    version, obligation = decision.version, decision.version.obligation
    if decision.verdict == Verdict.APPROVED:
        all_approved([decision], now=decision.at)
        return
    people = holders([obligation.unit_id])
    officers, heads = people[obligation.unit_id, Role.OFFICER], people[obligation.unit_id, Role.HEAD]
    if decision.verdict == Verdict.ACCEPTED:
        kind, text, told = Kind.ACCEPTED, gettext_noop("Cấp trên đã nhận báo cáo"), officers | heads
    elif decision.unit_id == obligation.unit_id:
        kind, text, told = Kind.SENT_BACK, gettext_noop("Thủ trưởng trả lại báo cáo để sửa"), officers
    else:
        kind, text, told = Kind.SENT_BACK, gettext_noop("Cấp trên trả lại báo cáo để sửa"), officers | heads
    key, href = f"{kind}:{decision.pk}", version.get_absolute_url()
    tell(
        told - {decision.by_id},
        news(obligation, kind, text, key=key, href=href, remark=decision.remark),
        now=decision.at,
    )


def figures_changed(decision: Decision, because: str) -> None:
    """Those whose consolidated report says a number that no longer holds learn of it; the report stays as it went out."""
    obligation = decision.version.obligation
    above = [obligation.form.campaign.owner_id, *map(int, obligation.assignment.path.split(".")[:-1])]
    issued = ConsolidatedReport.objects.filter(campaign=obligation.form.campaign_id, unit__in=above)
    newest = issued.order_by().values("unit").annotate(newest=Max("pk")).values("newest")
    told_of = Q(pk__in=[])
    for version in obligation.returns.values_list("pk", flat=True):
        told_of |= Q(figures__versions__contains=[version])
    for report in ConsolidatedReport.objects.filter(told_of, pk__in=newest).only("pk", "unit_id"):
        people = holders([report.unit_id])
        staff = people[report.unit_id, Role.OFFICER] | people[report.unit_id, Role.COORDINATOR]
        words = gettext_noop("Số liệu trong một báo cáo tổng hợp đã phát hành vừa thay đổi")
        key = f"changed:{report.pk}:{decision.pk}"
        told = news(obligation, Kind.ARRIVED, words, key=key, href=report.get_absolute_url(), remark=because)
        tell(staff - {decision.by_id}, told, now=decision.at)


def let_through(exception: LockException, word: str = "") -> None:
    """Officers and heads of the units that an exception lets through learn until when, and why or the `word` said with it."""
    owed = Obligation.objects.filter(form__campaign=exception.campaign_id, excused_at=None)
    if place := exception.assignment:
        inside = Q(assignment__path__startswith=place.path) if exception.with_below else Q(assignment=place)
        owed = owed.filter(inside)
    found = list(owed.select_related("assignment", "form__campaign"))
    people = holders([one.unit_id for one in found])
    tell_each(
        [
            (
                _through(one, exception, word),
                people[one.unit_id, Role.OFFICER] | people[one.unit_id, Role.HEAD],
            )
            for one in found
        ],
        now=exception.granted_at,
    )


def _through(obligation: Obligation, exception: LockException, word: str) -> News:
    words = gettext_noop("Được báo cáo và điều chỉnh số liệu đã khóa đến %(until)s")
    remark = word or exception.because
    told = news(obligation, Kind.LOCKS, words, key=f"through:{exception.pk}", remark=remark)
    return replace(told, values={"until": moment(exception.until)})


def pleaded(plea: LockPlea) -> None:
    """Those who may grant an exception learn that a unit asks for one."""
    obligation = _owed_for(plea)
    owner = obligation.form.campaign.owner_id
    people = holders([owner])
    words = gettext_noop("Đơn vị đề nghị ngoại lệ khóa số liệu")
    href = reverse("portal:plea", args=[obligation.form.campaign_id, plea.pk])
    told = news(obligation, Kind.LOCKS, words, key=f"plea:{plea.pk}", href=href, remark=plea.because)
    tell((people[owner, Role.COORDINATOR] | people[owner, Role.HEAD]) - {plea.asked_by_id}, told, now=plea.asked_at)


def plea_granted(plea: LockPlea) -> None:
    """Who asked learns of it, also where they work for the unit that took over. Officers and heads were told (`let_through`)."""
    if plea.exception:
        told = _through(_owed_for(plea), plea.exception, plea.word)
        tell({plea.asked_by_id}, told, now=plea.exception.granted_at)


def plea_refused(plea: LockPlea) -> None:
    """Who asked, and the officers and heads of the unit, learn that it stays locked, and why."""
    obligation = _owed_for(plea)
    people = holders([obligation.unit_id])
    staff = people[obligation.unit_id, Role.OFFICER] | people[obligation.unit_id, Role.HEAD]
    words = gettext_noop("Không được cấp ngoại lệ khóa số liệu")
    told = news(obligation, Kind.LOCKS, words, key=f"plea-refused:{plea.pk}", remark=plea.word)
    tell(staff | {plea.asked_by_id}, told, now=plea.answered_at or plea.asked_at)


def _owed_for(plea: LockPlea) -> Obligation:
    return Obligation.objects.select_related("assignment", "form__campaign").get(assignment=plea.assignment_id)


def _arrived(decision: Decision) -> News:
    """A return has come up. What comes meanwhile is counted with it; all lie in the list it leads to."""
    obligation = decision.version.obligation
    parent = obligation.assignment.parent_id
    return News(
        kind=Kind.ARRIVED,
        text=gettext_noop("%(count)s báo cáo mới của cấp dưới"),
        href=reverse("reporting:arriving", args=[obligation.form.campaign_id, *([parent] if parent else [])]),
        key=f"{Kind.ARRIVED}:{decision.pk}",
        unit=obligation.assignment.unit_name,
        campaign=obligation.form.campaign.name,
    )


def form_changed(revision: Revision) -> None:
    """Officers of the units that have something to answer anew learn that the form has changed, and why."""
    open_ones = Q(state__in=[State.OWED, State.DRAFTED, State.SUBMITTED, State.SENT_BACK]) | Q(
        asked_again_by__gt=revision.made_at
    )
    owed = list(
        revision.form.obligations.filter(open_ones, excused_at=None).select_related("assignment", "form__campaign")
    )
    people = holders([obligation.unit_id for obligation in owed])
    words = gettext_noop("Biểu mẫu báo cáo đã thay đổi, hãy xem lại phần đã điền")
    key = f"form:{revision.pk}"
    tell_each(
        [
            (
                news(one, Kind.FORM_CHANGED, words, key=f"{key}:{one.pk}", remark=revision.why),
                people[one.unit_id, Role.OFFICER] - {revision.made_by_id},
            )
            for one in owed
        ],
        now=revision.made_at,
    )
