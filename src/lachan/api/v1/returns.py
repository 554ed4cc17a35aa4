"""Returns: sent one by one or in batches, and read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router

from lachan.api.entering import ApiRequest
from lachan.api.once import once_in_pieces, wish_of
from lachan.api.reading import seen
from lachan.api.sending import needs, sent_with, take
from lachan.api.v1 import shapes
from lachan.api.v1.batches import JSON, LINES, MOST_ROWS, body_of, rows_of, take_rows
from lachan.api.v1.shapes import RowIn

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


_ANYTHING: dict[str, Any] = {}  # a row that is not as it should be is told in the answer, and holds up no other
_ROW = {"anyOf": [RowIn.model_json_schema(), _ANYTHING]}
_BODY = {"type": "array", "items": _ROW, "minItems": 1, "maxItems": MOST_ROWS}


@router.post(
    "/returns",
    response=shapes.BatchOut,
    operation_id="submit_batch",
    summary="Gửi nhiều báo cáo một lần",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                JSON: {"schema": _BODY},
                LINES: {"schema": {"type": "string"}},
            },
        }
    },
)
def submit_batch(request: ApiRequest, approve: bool = False) -> HttpResponse:
    """Up to 10,000 returns of units within reach, as a JSON array or a JSON object a line.

    Every row is judged: good rows are kept, and the answer says of each other row what is wrong and where. The same request again
    changes nothing, also when the line broke before its answer came.
    """
    needs(request.auth, "submits", *(["approves"] if approve else []))
    body = body_of(request)
    wish = wish_of(request, body)
    rows = rows_of(body, kind=request.content_type)
    told = once_in_pieces(wish, lambda: take_rows(request, rows, wish, approves=approve), now=request.now)
    return told.answer()


@router.get(
    "/obligations/{obligation}/returns/{number}",
    response=shapes.ReturnOut,
    operation_id="version",
    summary="Một bản báo cáo",
)
def version(request: ApiRequest, obligation: shapes.Key, number: shapes.Key) -> dict[str, Any]:
    """One version of a return, with what was decided about it. Units above see those that went up."""
    at = seen(request.auth, obligation)
    owed, found = at.obligation, at.version(number)
    return {
        "obligation": owed.pk,
        "number": found.number,
        "state": owed.state,
        "counted": owed.counted_id == found.pk,
        "submitted_at": found.submitted_at,
        "answers": {question.code: found.values.get(question.key) for question, _answer in found.answers()},
        "decisions": [{"verdict": one.verdict, "remark": one.remark, "at": one.at} for one in found.decisions.all()],
    }
