"""A unit whose figures are locked asks for an exception; who may grant one answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person
from lachan.reporting import telling
from lachan.reporting.actions.locking import Leave, let_through, refuse_unless_said
from lachan.reporting.actions.returns import hold
from lachan.reporting.locks import lock_of
from lachan.reporting.models import LockPlea, Obligation


@transaction.atomic
def plead(
    obligation: Obligation, *, because: str, until: datetime, request_key: str, by: Person, now: datetime
) -> LockPlea:
    """Ask the owner of the campaign to let the unit report and amend until then.

    The same `request_key` again gives the plea it made the first time. Refused without a reason, for a time that is past,
    while nothing is locked, and while another plea of the unit waits.
    """
    obligation = hold(obligation)
    pleas = LockPlea.objects.filter(assignment=obligation.assignment)
    if first := pleas.filter(request_key=request_key).first():
        return first
    refuse_unless_said(because, until, now)
    if lock_of(obligation, now) is None:
        raise Refused(_("Số liệu của đơn vị đang không khóa nên không cần ngoại lệ."))
    if waiting := pleas.waiting().select_related("asked_by").first():
        raise Refused(_("%(name)s đã gửi đề nghị, đang chờ trả lời.") % {"name": waiting.asked_by.name})
    made = LockPlea.objects.create(
        assignment=obligation.assignment,
        because=because.strip(),
        until=until,
        asked_by=by,
        asked_at=now,
        request_key=request_key,
    )
    detail = {"unit": obligation.unit_id, "because": made.because, "until": until.isoformat()}
    audit.record("reporting.plead", made, by=by, now=now, detail=detail)
    telling.pleaded(made)
    return made


@transaction.atomic
def grant(plea: LockPlea, *, until: datetime, word: str, by: Person, now: datetime) -> LockPlea:
    """Let the unit through until then, with a word if so wished. What was answered before stays as it was.

    Refused for a time that is past.
    """
    plea = _held(plea)
    if plea.answered_at:
        return plea
    leave = Leave(place=plea.assignment, with_below=False, because=plea.because, until=until, word=word.strip())
    campaign = plea.assignment.campaign
    plea.exception = let_through(campaign, leave=leave, request_key=f"plea:{plea.pk}", by=by, now=now)
    _answered(plea, word, by, now)
    telling.plea_granted(plea)
    return plea


@transaction.atomic
def refuse(plea: LockPlea, *, word: str, by: Person, now: datetime) -> LockPlea:
    """It stays locked, and the unit learns why. What was answered before stays as it was. Refused without a word."""
    plea = _held(plea)
    if plea.answered_at:
        return plea
    if not word.strip():
        raise Refused(_("Ghi vì sao không cấp: đơn vị đọc được."))
    _answered(plea, word, by, now)
    telling.plea_refused(plea)
    return plea


def _held(plea: LockPlea) -> LockPlea:
    pleas = LockPlea.objects.select_for_update(of=("self",))
    return pleas.select_related("assignment__campaign", "asked_by").get(pk=plea.pk)


def _answered(plea: LockPlea, word: str, by: Person, now: datetime) -> None:
    plea.answered_by, plea.answered_at, plea.word = by, now, word.strip()
    plea.save(update_fields=["answered_by", "answered_at", "word", "exception"])
    verb = "reporting.grant_plea" if plea.exception else "reporting.refuse_plea"
    audit.record(verb, plea, by=by, now=now, detail={"word": plea.word, "exception": plea.exception_id})
