"""A return is typed, submitted, approved by the unit's head, and accepted or sent back by the level above."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from secrets import token_urlsafe
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lachan.engine.answers import Asked, Checked, check
from lachan.engine.checks import Check, Severity
from lachan.engine.drafts import Cell, Draft, Page, as_json, merge
from lachan.engine.locks import Lock
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person, Unit
from lachan.reporting import telling
from lachan.reporting.asking import put_to
from lachan.reporting.changed import counted_around, moved_by
from lachan.reporting.locks import lock_of, refuse_if_locked, sentence
from lachan.reporting.models import Decision, Obligation, Question, Return

State = Obligation.State


class FaultyAnswers(Refused):
    """A return was not submitted because of what is in it: `checked` says which answers, which checks, and why."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(_("Báo cáo chưa gửi được: còn ô cần sửa. Nội dung đã nhập vẫn được giữ."))
        self.checked = checked


class Locked(Refused):
    """A return was not submitted because figures are locked."""

    def __init__(self, lock: Lock) -> None:
        super().__init__(sentence(lock))
        self.lock = lock


class Unsettled(Refused):
    """A return was not submitted because somebody else changed answers meanwhile: `keys` says which."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(_("Báo cáo chưa gửi được: người khác vừa sửa một số ô. Nội dung đã nhập vẫn được giữ."))
        self.keys = keys


@transaction.atomic
def save_draft(
    obligation: Obligation, *, typed: Mapping[str, str], by: Person, now: datetime, page: Page | None = None
) -> Obligation:
    """Keep what was typed, right or wrong. Other answers stay, and so does what another typed that `page` had not shown.

    Without a page it is typed against the draft as it is. Refused once the return was sent up.
    """
    obligation = hold(obligation)
    _refuse_unless_open(obligation)
    asked = {question.key for question in obligation.asked()}
    before = obligation.read_draft()
    after = merge(before, _only(asked, typed), page or Page(""), by=by.pk, at=now)
    _keep(obligation, after, by=by, now=now, changed=after.cells != before.cells)
    return obligation


def _keep(obligation: Obligation, draft: Draft, *, by: Person, now: datetime, changed: bool) -> None:
    obligation.draft = as_json(draft)
    if changed:
        obligation.draft_saved_at, obligation.draft_saved_by = now, by
    if obligation.state == State.OWED:
        obligation.state = State.DRAFTED
    obligation.save(update_fields=["draft", "draft_saved_at", "draft_saved_by", "state"])


@transaction.atomic
def submit(
    obligation: Obligation,
    *,
    typed: Mapping[str, str],
    request_key: str,
    by: Person,
    now: datetime,
    page: Page | None = None,
) -> Return:
    """Make the next version of the return, of the draft with what was typed, and lay it before the head.

    The same answers with the same `request_key` again give the version they made the first time. Raises FaultyAnswers when
    an answer cannot be counted, and when a check is not met that stops a return, or that the officer is not `sure` about on
    the page; Unsettled when somebody else changed what `page` had not shown; Refused once a version was sent
    up, or when the campaign is closed; Locked while its figures are.
    """
    obligation = hold(obligation)
    questions = list(obligation.asked())
    known = Known(
        obligation,
        [question.asked for question in questions],
        obligation.form.checks_on(questions),
        list(obligation.returns.order_by("number")),
        _no_longer_asked(obligation),
        lock_of(obligation, now),
    )
    version, draft = judged(known, typed, page or Page(request_key), request_key=request_key, by=by, now=now)
    if draft is None:
        return version
    version.save()
    obligation.state = State.SUBMITTED
    _keep(obligation, draft, by=by, now=now, changed=True)
    telling.to_approve(version)
    audit.record("reporting.submit", version, by=by, now=now, detail={"number": version.number})
    return version


@dataclass(frozen=True)
class Known:
    """What must be known of a return to judge what is sent: what is asked, the versions there are, what the form asks no more,
    and whether its figures are locked."""

    obligation: Obligation
    asked: Sequence[Asked]
    checks: Sequence[Check]
    versions: Sequence[Return]
    kept: Mapping[str, Any]
    lock: Lock | None


def judged(
    known: Known, typed: Mapping[str, str], page: Page, *, request_key: str, by: Person, now: datetime
) -> tuple[Return, Draft | None]:
    """The version that comes of what is sent, not kept yet, with the draft it is made of; or one made before, without a draft.

    Raises as `submit` does. Asks the database nothing.
    """
    obligation, versions = known.obligation, known.versions
    earlier = next((one for one in versions if one.request_key == request_key), None)
    if earlier and {**known.kept, **check(known.asked, typed).values} == earlier.values:
        return earlier, None
    _refuse_unless_open(obligation)
    if known.lock:
        raise Locked(known.lock)
    typed = _only({one.key for one in known.asked}, typed)
    draft = merge(obligation.read_draft(), typed, page, by=by.pk, at=now)
    unsettled = [key for key, text in typed.items() if key in draft.cells and _is_open(draft.cells[key], text)]
    if unsettled:
        raise Unsettled(unsettled)
    checked = check(known.asked, draft.texts, known.checks)
    if checked.faults or any(one.severity is Severity.STOP or one.name not in page.sure for one in checked.broken):
        raise FaultyAnswers(checked)
    values = {**known.kept, **checked.values}
    latest = versions[-1] if versions else None
    if latest and obligation.state == State.SUBMITTED and latest.values == values:
        return latest, None
    version = Return(
        obligation=obligation,
        number=latest.number + 1 if latest else 1,
        values=values,
        form_version=obligation.form.version,
        is_empty=checked.is_empty,
        is_valid=not checked.broken,
        submitted_at=now,
        submitted_by=by,
        # an old page, shown again by the browser's back button and filled in anew, is not the same submit
        request_key=token_urlsafe(16) if earlier else request_key,
    )
    return version, draft


def _only(asked: Collection[str], typed: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in typed.items() if key in asked}


def _is_open(cell: Cell, text: str) -> bool:
    """Whether an answer is not what the one who submits had before their eyes."""
    return cell.disputed or cell.text != text


@transaction.atomic
def approve(version: Return, *, by: Person, now: datetime, request_key: str = "") -> Decision:
    """The unit's head stands by this version: it goes up and counts from now on. Approving it again changes nothing.

    Where it takes the place of one that the level above has accepted, that stands, unless a number that counts has changed.
    """
    obligation = hold(version.obligation)
    if first := _answered(version, Decision.Verdict.APPROVED, request_key):
        return first
    if obligation.counted_id == version.pk:
        return version.decisions.filter(verdict=Decision.Verdict.APPROVED).latest("id")
    _refuse_unless_waiting(obligation, version)
    _refuse_if_more_is_asked(obligation, version)
    refuse_if_locked(obligation, now=now)
    version.obligation = obligation
    before, amendment = obligation.counted, obligation.amendment
    stays = amendment is not None and amendment.was_accepted and not moved_by(before, version)
    obligation.state, obligation.counted = State.ACCEPTED if stays else State.APPROVED, version
    obligation.received_at = obligation.received_at or now
    obligation.asked_again_by, obligation.asked_again_must = None, False
    if amendment:
        amendment.became, obligation.amendment = version, None
        amendment.save(update_fields=["became"])
    obligation.save(
        update_fields=["state", "counted", "received_at", "asked_again_by", "asked_again_must", "amendment"]
    )
    obligation.remarks.open().filter(unit=obligation.unit).update(settled_by=by, settled_at=now)
    replaced = before or last_sent_up(version)
    return decide(
        Decision(version=version, verdict=Decision.Verdict.APPROVED, unit=obligation.unit, by=by, at=now),
        request_key=request_key,
        replaced=replaced,
        why=amendment.because if amendment else "",
    )


@transaction.atomic
def send_back(
    version: Return, *, unit: Unit, remark: str, by: Person, now: datetime, request_key: str = ""
) -> Decision:
    """The head, before it goes up, or the level above, after that, wants it mended; `unit` says on whose behalf.

    Words may be left out where remarks at single answers say what. The level above takes it out of the figures until a new
    version is approved, which answers the form as it is then; an amendment that was under way ends with that. It is refused
    while figures are locked: the unit could not mend them.
    """
    obligation = hold(version.obligation)
    if first := _answered(version, Decision.Verdict.SENT_BACK, request_key):
        return first
    if not remark.strip() and not obligation.remarks.open().filter(unit=unit, replied_at=None).exists():
        raise Refused(_("Ghi rõ cần sửa gì để đơn vị biết."))
    replaced = None
    if unit.pk == obligation.unit_id:
        _refuse_unless_waiting(obligation, version)
    elif obligation.counted_id != version.pk:
        raise Refused(_("Bản này không phải bản đơn vị đã gửi lên, hoặc đã được trả lại rồi."))
    else:
        refuse_if_locked(obligation, now=now)
        obligation.counted, replaced = None, version
        put_to(obligation.form, Obligation.objects.filter(pk=obligation.pk))
        if amendment := obligation.amendment:
            amendment.dropped_by, amendment.dropped_at, obligation.amendment = by, now, None
            amendment.save(update_fields=["dropped_by", "dropped_at"])
    obligation.state = State.SENT_BACK
    obligation.save(update_fields=["state", "counted", "amendment"])
    decision = Decision(version=version, verdict=Decision.Verdict.SENT_BACK, unit=unit, by=by, at=now)
    decision.remark = remark.strip()
    return decide(decision, request_key=request_key, replaced=replaced)


@transaction.atomic
def accept(version: Return, *, unit: Unit, by: Person, now: datetime, request_key: str = "") -> Decision:
    """The level above takes the approved version. Accepting it again changes nothing.

    Refused while the unit has laid a newer one before its head: nobody accepts numbers that are about to change.
    """
    obligation = hold(version.obligation)
    if first := _answered(version, Decision.Verdict.ACCEPTED, request_key):
        return first
    if obligation.counted_id != version.pk:
        raise Refused(_("Bản này chưa được thủ trưởng đơn vị duyệt, hoặc đã được trả lại để sửa."))
    if obligation.state == State.SUBMITTED or obligation.amendment_id:
        raise Refused(_("Đơn vị đang sửa báo cáo này. Nhận bản mới sau khi thủ trưởng đơn vị duyệt."))
    if before := version.decisions.filter(verdict=Decision.Verdict.ACCEPTED).last():
        return before
    obligation.state = State.ACCEPTED
    obligation.save(update_fields=["state"])
    obligation.remarks.open().exclude(unit=obligation.unit).update(settled_by=by, settled_at=now)
    return decide(
        Decision(version=version, verdict=Decision.Verdict.ACCEPTED, unit=unit, by=by, at=now), request_key=request_key
    )


def accept_all(
    versions: Sequence[Return], *, unit: Unit, by: Person, now: datetime
) -> tuple[list[Decision], list[tuple[Return, Refused]]]:
    """Accept each on its own: one that can no longer be accepted does not hold up the others. Gives both lists."""
    accepted, refused = [], []
    for version in versions:
        try:
            accepted.append(accept(version, unit=unit, by=by, now=now))
        except Refused as reason:
            refused.append((version, reason))
    return accepted, refused


def hold(obligation: Obligation) -> Obligation:
    """The obligation as it is now, held until the transaction ends: everything done to its returns takes turns here."""
    locked = Obligation.objects.select_for_update(of=("self",))
    return locked.select_related("form__campaign", "assignment", "counted", "amendment").get(pk=obligation.pk)


def _refuse_unless_open(obligation: Obligation) -> None:
    if not obligation.is_open:
        raise Refused(_("Báo cáo đã gửi cấp trên. Nếu cần sửa, lập bản điều chỉnh và ghi lý do."))
    if obligation.form.campaign.state == obligation.form.campaign.State.CLOSED:
        raise Refused(_("Chiến dịch đã kết thúc nên không nhận thêm báo cáo."))


def _refuse_unless_waiting(obligation: Obligation, version: Return) -> None:
    latest = obligation.returns.order_by("-number").values_list("number", flat=True).first()
    if latest != version.number:
        raise Refused(
            _("Đã có bản %(latest)s mới hơn bản %(number)s này. Mở bản mới để xem và duyệt.")
            % {"latest": latest, "number": version.number}
        )
    if obligation.state != State.SUBMITTED:
        raise Refused(_("Báo cáo này không còn chờ duyệt."))


def _refuse_if_more_is_asked(obligation: Obligation, version: Return) -> None:
    """The form got a new version while this one waited, and asks for something that this one does not say."""
    if obligation.form.version == version.form_version:
        return
    lacking = obligation.asked().filter(required=True, since__gt=version.form_version).first()
    if lacking and lacking.key not in version.values:
        raise Refused(
            _(
                "Biểu mẫu đã đổi sang phiên bản %(number)s và hỏi thêm “%(question)s”. Trả lại để đơn vị bổ sung rồi duyệt."
            )
            % {"number": lacking.since, "question": lacking}
        )


def _no_longer_asked(obligation: Obligation) -> dict[str, Any]:
    """What the version that counts says to questions that the form has withdrawn since: a supplement keeps it."""
    counted = obligation.counted
    gone = obligation.questions.exclude(withdrawn_in=None) if counted else Question.objects.none()
    return {one.key: counted.values[one.key] for one in gone if counted and one.key in counted.values}


def _answered(version: Return, verdict: Decision.Verdict, request_key: str) -> Decision | None:
    """What the same request was answered before. A version is approved once at most, and accepted once."""
    if not request_key:
        return None
    same = version.decisions.filter(verdict=verdict)
    return (same.filter(request_key=request_key) if verdict == Decision.Verdict.SENT_BACK else same).first()


def last_sent_up(version: Return) -> Return | None:
    """The version that counted last before this one, where none does now."""
    if version.number == 1:
        return None
    up = Return.objects.filter(obligation=version.obligation_id, decisions__verdict=Decision.Verdict.APPROVED)
    return up.exclude(pk=version.pk).order_by("number").last()


def decide(decision: Decision, *, request_key: str, replaced: Return | None = None, why: str = "") -> Decision:
    """Keep it, tell of it, and note it in the audit trail, with every counted number that it changed."""
    decision.request_key, decision.replaced = request_key, replaced
    decision.save()
    telling.decided(decision)
    detail: dict[str, Any] = {"unit": decision.unit_id, "remark": decision.remark}
    if replaced:
        numbers = moved_by(*counted_around(decision))
        detail |= {"replaced": replaced.number, "because": why}
        detail["moved"] = [[one.key, one.column, _told(one.was), _told(one.now)] for one in numbers]
        if numbers:
            telling.figures_changed(decision, why or decision.remark)
    audit.record(f"reporting.{decision.verdict}", decision.version, by=decision.by, now=decision.at, detail=detail)
    return decision


def _told(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
