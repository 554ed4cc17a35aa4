"""What becomes of a return: approved or sent back by its head, accepted or sent back by the level above; amended; locked."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router

from lachan.api.entering import ApiRequest
from lachan.api.once import Told, once
from lachan.api.problems import Problem, said
from lachan.api.reading import Seen, branch_within, seen
from lachan.api.sending import RIGHTS, needs
from lachan.api.v1 import shapes
from lachan.api.v1.owed import obligation_out
from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.locks import covers, lock_of, sentence, will_lock
from lachan.reporting.models import Amendment, LockException, Obligation, Return

router = Router(tags=["Duyệt, nhận / Decisions"])
State = Obligation.State


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
        at = seen(request.auth, obligation)
        if not at.is_own:
            raise Problem("forbidden", RIGHTS["approves"])
        version = at.version(number)
        returns.approve(version, by=request.auth.person, now=request.now)
        return _told(version)

    return once(request, do)


@router.put(
    "/obligations/{obligation}/returns/{number}/acceptance",
    response=shapes.SubmittedOut,
    operation_id="accept",
    summary="Nhận báo cáo của cấp dưới",
)
def accept(request: ApiRequest, obligation: shapes.Key, number: shapes.Key) -> HttpResponse:
    """Accept the version that came up, for the unit above. Again changes nothing."""
    needs(request.auth, "decides")

    def do() -> Told:
        at = seen(request.auth, obligation)
        if at.superior is None:
            raise Problem("forbidden", RIGHTS["decides"])
        version = at.version(number)
        returns.accept(version, unit=at.superior, by=request.auth.person, now=request.now)
        return _told(version)

    return once(request, do)


@router.post(
    "/obligations/{obligation}/returns/{number}/send-back",
    response=shapes.SubmittedOut,
    operation_id="send_back",
    summary="Trả lại để sửa",
)
def send_back(request: ApiRequest, obligation: shapes.Key, number: shapes.Key, sent: shapes.RemarkIn) -> HttpResponse:
    """Send a version back to be mended, and say what: for the head while it waits for approval, else for the unit above."""

    def do() -> Told:
        at = seen(request.auth, obligation)
        version, unit = at.version(number), _on_behalf_of(request, at)
        returns.send_back(version, unit=unit, remark=sent.remark, by=request.auth.person, now=request.now)
        return _told(version)

    return once(request, do)


def _on_behalf_of(request: ApiRequest, at: Seen) -> Unit:
    """The unit for which the token sends back, as its right lets it; a problem where it has none."""
    if at.is_own and (at.obligation.state == State.SUBMITTED or at.superior is None):
        needs(request.auth, "approves")
        return at.obligation.unit
    needs(request.auth, "decides")
    assert at.superior is not None  # noqa: S101 - who is not its own looks at it from above
    return at.superior


def _told(version: Return) -> Told:
    owed = Obligation.objects.only("state").get(pk=version.obligation_id)
    kept = {"obligation": owed.pk, "number": version.number, "state": owed.state}
    return Told.of({**kept, "submitted_at": version.submitted_at.isoformat()})


@router.get(
    "/campaigns/{campaign}/arriving",
    response=shapes.ObligationsOut,
    operation_id="arriving",
    summary="Báo cáo của cấp dưới gửi đến",
)
def arriving(
    request: ApiRequest,
    campaign: shapes.Key,
    unit: shapes.UnitCode = "",
    state: State | None = None,
    cursor: shapes.Cursor = None,
    limit: shapes.Limit = 50,
) -> dict[str, Any]:
    """What the units right below a unit owe it, in the order it was given; in `state` "approved" those that wait to be accepted."""
    branch = branch_within(request.auth, campaign, unit)
    due = Obligation.objects.due_to(branch.campaign, branch.top).filter(pk__gt=cursor or 0).order_by("pk")
    if state:
        due = due.filter(state=state)
    found = due.select_related("form__campaign", "unit", "assignment", "counted").defer("draft", "counted__values")
    owed = list(found[: limit + 1])
    more = owed[limit - 1].pk if len(owed) > limit else None
    return {"items": [obligation_out(one) for one in owed[:limit]], "next_cursor": more}


@router.get(
    "/obligations/{obligation}/amendments",
    response=shapes.AmendmentsOut,
    operation_id="amendments",
    summary="Các lần điều chỉnh",
)
def amendments(request: ApiRequest, obligation: shapes.Key) -> dict[str, Any]:
    """How often and why a return that had gone up was amended, and what came of it; oldest first."""
    owed = seen(request.auth, obligation).obligation
    return {"items": [_amendment(one) for one in owed.amendments.select_related("mends", "became").order_by("pk")]}


def _amendment(one: Amendment) -> dict[str, Any]:
    return {
        "id": one.pk,
        "mends": one.mends.number,
        "because": one.because,
        "state": "counted" if one.became else "dropped" if one.dropped_at else "open",
        "became": one.became.number if one.became else None,
        "begun_at": one.begun_at,
        "dropped_at": one.dropped_at,
    }


@router.get("/obligations/{obligation}/lock", response=shapes.LockOut, operation_id="lock", summary="Khóa số liệu")
def lock(request: ApiRequest, obligation: shapes.Key) -> dict[str, Any]:
    """Whether the return's figures are locked, why, and the exceptions that let it through."""
    owed = seen(request.auth, obligation).obligation
    found = lock_of(owed, request.now)
    holding = LockException.objects.holding(request.now).filter(campaign=owed.form.campaign_id)
    through = [one for one in holding.select_related("assignment") if covers(one, owed.assignment)]
    return {
        "obligation": owed.pk,
        "locked": found is not None,
        "since": found.since if found else None,
        "because": said(lambda: sentence(found), "vi") if found else "",
        "because_en": said(lambda: sentence(found), "en") if found else "",
        "locks_at": will_lock(owed, request.now),
        "let_through": [{"until": one.until, "because": one.because} for one in through],
    }
