"""A unit mends a return that was sent up: it says why, writes a new version, and until that is approved the old one counts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.campaigns.models import Campaign
from lachan.engine.amendments import typed_again
from lachan.engine.drafts import Page, as_json, merge
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person
from lachan.reporting.actions.returns import hold
from lachan.reporting.locks import refuse_if_locked
from lachan.reporting.models import Amendment, BroughtBranch, Obligation

State = Obligation.State


@transaction.atomic
def begin(obligation: Obligation, *, because: str, request_key: str, by: Person, now: datetime) -> Amendment:
    """Open the return again, with the answers that count as its draft. Nothing that counts changes by this.

    The same `request_key` again gives the amendment it began the first time. Refused without a reason, while nothing counts,
    while another amendment is under way, when figures are
    locked, and when the campaign is closed.
    """
    obligation = hold(obligation)
    if first := obligation.amendments.filter(request_key=request_key).first():
        return first
    _refuse_unless_it_may_be_mended(obligation)
    refuse_if_locked(obligation, now=now)
    if not because.strip():
        raise Refused(_("Ghi lý do điều chỉnh: cấp trên đọc nguyên văn bên cạnh số cũ và số mới."))
    assert obligation.counted is not None  # noqa: S101 - it was refused otherwise
    amendment = Amendment.objects.create(
        obligation=obligation,
        mends=obligation.counted,
        because=because.strip(),
        was_accepted=obligation.state == State.ACCEPTED,
        begun_by=by,
        begun_at=now,
        request_key=request_key,
    )
    obligation.amendment = amendment
    _write_what_counts(obligation, by=by, now=now)
    obligation.save(update_fields=["amendment", "draft"])
    audit.record("reporting.amend", amendment, by=by, now=now, detail={"because": amendment.because})
    return amendment


@transaction.atomic
def drop(amendment: Amendment, *, by: Person, now: datetime) -> Amendment:
    """Leave the return as it counts. Dropping it again changes nothing. Refused once the new version was approved."""
    obligation = hold(amendment.obligation)
    amendment = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    if amendment.dropped_at:
        return amendment
    if obligation.amendment_id != amendment.pk:
        raise Refused(
            _("Bản điều chỉnh đã được duyệt và đang được tính nên không bỏ được. Cần sửa tiếp thì điều chỉnh lần nữa.")
        )
    amendment.dropped_by, amendment.dropped_at = by, now
    amendment.save(update_fields=["dropped_by", "dropped_at"])
    obligation.amendment = None
    obligation.state = State.ACCEPTED if amendment.was_accepted else State.APPROVED
    _write_what_counts(obligation, by=by, now=now)
    obligation.save(update_fields=["amendment", "state", "draft"])
    audit.record("reporting.drop_amendment", amendment, by=by, now=now)
    return amendment


def _write_what_counts(obligation: Obligation, *, by: Person, now: datetime) -> None:
    """The draft says what the counted version says."""
    counted = obligation.counted
    asked = [question.asked for question in obligation.asked()]
    texts = {one.key: typed_again(one, counted.values.get(one.key) if counted else None) for one in asked}
    page = Page("", chosen=frozenset(texts))
    obligation.draft = as_json(merge(obligation.read_draft(), texts, page, by=by.pk, at=now))


def _refuse_unless_it_may_be_mended(obligation: Obligation) -> None:
    if obligation.amendment_id:
        raise Refused(_("Báo cáo này đang được điều chỉnh. Sửa tiếp trong bản đang soạn."))
    if obligation.counted_id is None or obligation.state not in (State.APPROVED, State.ACCEPTED):
        raise Refused(_("Chỉ điều chỉnh báo cáo đã được duyệt và gửi lên. Báo cáo này vẫn đang sửa được như thường."))
    if BroughtBranch.objects.filter(version=obligation.counted_id).exists():
        raise Refused(_("Báo cáo này nhập từ gói của đơn vị. Sửa ở hệ thống của đơn vị rồi gửi gói mới."))
    if obligation.form.campaign.state == Campaign.State.CLOSED:
        raise Refused(_("Chiến dịch đã kết thúc nên không điều chỉnh báo cáo được nữa."))
