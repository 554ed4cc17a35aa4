"""Returns: sent one by one or in batches, read, approved."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from lachan.api.entering import ApiRequest
from lachan.api.once import Told, once, wish_of
from lachan.api.problems import Problem
from lachan.api.reading import obligation_within
from lachan.api.sending import needs, sent_with, take
from lachan.api.v1 import shapes
from lachan.reporting.actions import returns
from lachan.reporting.models import Obligation, Return

router = Router(tags=["Báo cáo / Returns"])


@router.post(
    "/obligations/{obligation}/returns",
    response={201: shapes.SubmittedOut},
    operation_id="submit",
    summary="Gửi báo cáo",
)
def submit(request: ApiRequest, obligation: shapes.Key, sent: shapes.ReturnIn) -> HttpResponse:
    """Make the next version of the return, and lay it before the unit's head; with `approve` it goes up at once.

    Answers left out stay as they stand in the draft. Nothing is kept where an answer cannot be counted.
    """
    needs(request.auth, "submits", *(["approves"] if sent.approve else []))
    wish = wish_of(request, request.body)
    one = sent_with(request.auth, obligation, sent.answers, approves=sent.approve, key=wish.key)
    return take(wish, one, now=request.now).answer()


@router.get(
    "/obligations/{obligation}/returns/{number}",
    response=shapes.ReturnOut,
    operation_id="version",
    summary="Một bản báo cáo",
)
def version(request: ApiRequest, obligation: shapes.Key, number: shapes.Key) -> dict[str, Any]:
    """One version of a return, with what was decided about it."""
    owed, found = _version(request, obligation, number)
    return {
        "obligation": owed.pk,
        "number": found.number,
        "state": owed.state,
        "counted": owed.counted_id == found.pk,
        "submitted_at": found.submitted_at,
        "answers": {question.code: found.values.get(question.key) for question, _answer in found.answers()},
        "decisions": [
            {"verdict": one.verdict, "remark": one.remark, "at": one.at} for one in found.decisions.order_by("id")
        ],
    }


@router.put(
    "/obligations/{obligation}/returns/{number}/approval",
    response=shapes.SubmittedOut,
    operation_id="approve",
    summary="Duyệt và gửi lên",
)
def approve(request: ApiRequest, obligation: shapes.Key, number: shapes.Key) -> HttpResponse:
    """Approve the newest version for the unit's head: it goes up and counts. Again changes nothing."""
    needs(request.auth, "approves")

    def do() -> Told:
        _owed, found = _version(request, obligation, number)
        returns.approve(found, by=request.auth.person, now=request.now)
        owed = Obligation.objects.get(pk=obligation)
        kept = {"obligation": owed.pk, "number": found.number, "state": owed.state}
        return Told.of({**kept, "submitted_at": found.submitted_at.isoformat()})

    return once(request, do)


def _version(request: ApiRequest, obligation: int, number: int) -> tuple[Obligation, Return]:
    owed = obligation_within(request.auth, obligation)
    found = owed.returns.filter(number=number).first()
    if found is None:
        raise Problem("not-found", _("Báo cáo này không có bản mang số đó."))
    found.obligation = owed
    return owed, found
