"""A unit that works with a system of its own brings its report as a signed package: it becomes the unit's next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.engine.answers import Answer
from lachan.engine.rollup import Coverage, Row, State
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person
from lachan.reporting.actions.returns import decide, hold, last_sent_up
from lachan.reporting.kept import columns_of
from lachan.reporting.locks import refuse_if_locked
from lachan.reporting.models import BroughtBranch, Decision, Obligation, Return


@dataclass(frozen=True)
class Brought:
    """What the package says, in terms of the form here."""

    title: str  # of the report
    values: Mapping[str, Answer]  # of the branch as a whole, by question key
    branch: Row  # its numbers, by question key
    kinds: Sequence[Mapping[str, Any]]
    missing: Sequence[Mapping[str, Any]]
    late_ones: Sequence[Mapping[str, Any]]


@transaction.atomic
def bring(obligation: Obligation, *, brought: Brought, request_key: str, by: Person, now: datetime) -> Return:
    """Make it the next version, which counts at once: the unit itself has signed it. Earlier versions stay as they are.

    The same `request_key` again gives the version it made the first time. Refused when the campaign is closed or locked, the
    unit is excused, or a return that people of the unit wrote here counts.
    """
    obligation = hold(obligation)
    if earlier := obligation.returns.filter(request_key=request_key).first():
        return earlier
    _refuse_unless_open(obligation)
    refuse_if_locked(obligation, now=now)
    latest, before = obligation.latest(), obligation.counted
    version = Return.objects.create(
        obligation=obligation,
        number=latest.number + 1 if latest else 1,
        values=dict(brought.values),
        form_version=obligation.form.version,
        is_empty=not any(state.positive for state in brought.branch.states.values()),
        submitted_at=now,
        submitted_by=by,
        request_key=request_key,
    )
    BroughtBranch.objects.create(
        version=version,
        title=brought.title[:500],
        **columns_of(_complete(brought.branch, obligation)),
        kinds=list(brought.kinds),
        missing=list(brought.missing),
        late_ones=list(brought.late_ones),
    )
    obligation.state, obligation.counted = Obligation.State.APPROVED, version
    obligation.received_at = obligation.received_at or now
    obligation.asked_again_by, obligation.asked_again_must = None, False
    obligation.save(update_fields=["state", "counted", "received_at", "asked_again_by", "asked_again_must"])
    audit.record("reporting.bring", version, by=by, now=now, detail={"number": version.number, "key": request_key})
    decide(
        Decision(
            version=version,
            verdict=Decision.Verdict.APPROVED,
            unit=obligation.unit,
            remark=brought.title,
            by=by,
            at=now,
        ),
        request_key=request_key,
        replaced=before or last_sent_up(version),
        why=brought.title,
    )
    return version


def _complete(branch: Row, obligation: Obligation) -> Row:
    """With a state for every number put to the unit: of one the package does not have, that nobody answered it."""
    of = branch.coverage
    unanswered = State(coverage=Coverage(of.expected, of.received, of.late, empty=of.received))
    asked = {question.key: unanswered for question in obligation.questions.all() if question.is_number}
    return Row({**asked, **branch.states}, of)


def _refuse_unless_open(obligation: Obligation) -> None:
    campaign = obligation.form.campaign
    if campaign.state == campaign.State.CLOSED:
        raise Refused(_("Chiến dịch đã kết thúc nên không nhận thêm báo cáo."))
    if obligation.state == Obligation.State.EXCUSED:
        raise Refused(_("Đơn vị được miễn báo cáo này nên không nhận gói báo cáo."))
    if obligation.amendment_id:
        raise Refused(_("Đơn vị đang điều chỉnh báo cáo này tại đây. Chờ xong, hoặc bỏ bản điều chỉnh, rồi nhập gói."))
    counted = obligation.counted
    if counted and not BroughtBranch.objects.filter(version=counted).exists():
        raise Refused(
            _("Đơn vị đã báo cáo trực tiếp tại đây (bản %(number)s). Trả lại bản đó rồi nhập gói.")
            % {"number": counted.number}
        )
