"""What is owed, what it asks, and drafts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import override
from ninja import Router

from lachan.api.entering import ApiRequest
from lachan.api.once import Told, once
from lachan.api.reading import obligation_within, owed_within, unit_names
from lachan.api.sending import needs, put_questions, typed_by_key
from lachan.api.v1 import shapes
from lachan.reporting.actions import returns
from lachan.reporting.actions.many import asking
from lachan.reporting.faults import broken_sentence
from lachan.reporting.models import Obligation, Question

router = Router(tags=["Nghĩa vụ báo cáo / Obligations"])


@router.get("/token", response=shapes.TokenOut, operation_id="token", summary="Mã truy cập này mở được gì")
def token(request: ApiRequest) -> dict[str, Any]:
    """What the token that came with the request opens, and until when."""
    known = request.auth.token
    unit = {"code": request.auth.unit_code, "name": unit_names([known.unit], request.auth).get(known.unit_id, "")}
    rights = {"submits": known.submits, "approves": known.approves, "decides": known.decides}
    return {"name": known.name, "unit": unit, **rights, "below": known.below, "expires_at": known.expires_at}


@router.get("/obligations", response=shapes.ObligationsOut, operation_id="obligations", summary="Các báo cáo phải gửi")
def obligations(
    request: ApiRequest,
    state: Obligation.State | None = None,
    campaign: shapes.Key | None = None,
    unit: shapes.UnitCode = "",
    cursor: shapes.Cursor = None,
    limit: shapes.Limit = 50,
) -> dict[str, Any]:
    """What the token's unit owes, and the units below it where the token reaches so far, in the order it was given."""
    found = owed_within(request.auth).order_by("pk").filter(pk__gt=cursor or 0)
    if state:
        found = found.filter(state=state)
    if campaign:
        found = found.filter(form__campaign=campaign)
    if unit:
        found = found.filter(unit__code=unit)
    owed = list(found.defer("draft", "counted__values")[: limit + 1])
    more = owed[limit - 1].pk if len(owed) > limit else None
    return {"items": [obligation_out(one) for one in owed[:limit]], "next_cursor": more}


@router.get(
    "/obligations/{obligation}", response=shapes.ObligationOut, operation_id="obligation", summary="Một báo cáo"
)
def obligation(request: ApiRequest, obligation: shapes.Key) -> dict[str, Any]:
    """One report that is owed, and where it stands."""
    return obligation_out(obligation_within(request.auth, obligation))


@router.get(
    "/obligations/{obligation}/form", response=shapes.FormOut, operation_id="form", summary="Biểu mẫu của một báo cáo"
)
def form(request: ApiRequest, obligation: shapes.Key) -> dict[str, Any]:
    """What is asked of the unit now: questions by code, limits, and the checks between answers."""
    owed = obligation_within(request.auth, obligation)
    asked = asking(owed.form, put_questions(owed))
    by_key = {question.key: question for question in asked.questions.values()}
    return {
        "obligation": owed.pk,
        "title": owed.form.title,
        "version": owed.form.version,
        "questions": [_question_out(question) for question in asked.questions.values()],
        "checks": [
            {
                "relation": check.relation,
                "codes": [by_key[key].code for key in check.keys],
                "severity": check.severity,
                "sentence": broken_sentence(check, by_key),
                "sentence_en": _in_english(lambda check=check: broken_sentence(check, by_key)),
            }
            for check in asked.checks
        ],
    }


@router.get(
    "/obligations/{obligation}/draft", response=shapes.DraftOut, operation_id="draft", summary="Bản nháp đang soạn"
)
def draft(request: ApiRequest, obligation: shapes.Key) -> dict[str, Any]:
    """What was typed so far, right or wrong, by question code."""
    return _draft_out(obligation_within(request.auth, obligation))


@router.put(
    "/obligations/{obligation}/draft", response=shapes.DraftOut, operation_id="save_draft", summary="Lưu bản nháp"
)
def save_draft(request: ApiRequest, obligation: shapes.Key, sent: shapes.DraftIn) -> HttpResponse:
    """Keep answers in the unit's draft, beside what its people have typed. Answers left out stay as they are."""
    needs(request.auth, "submits")

    def do() -> Told:
        owed = obligation_within(request.auth, obligation)
        typed = typed_by_key(owed, sent.answers)
        saved = returns.save_draft(owed, typed=typed, by=request.auth.person, now=request.now)
        out = shapes.DraftOut(**_draft_out(saved))
        return Told(200, out.model_dump_json())

    return once(request, do)


def obligation_out(one: Obligation) -> dict[str, Any]:
    return {
        "id": one.pk,
        "campaign": {"id": one.form.campaign_id, "name": one.form.campaign.name},
        "unit": {"code": one.unit.code, "name": one.assignment.unit_name},
        "title": one.form.title,
        "form_version": one.form.version,
        "period_from": one.period_from,
        "period_to": one.period_to,
        "due_at": one.due_at,
        "state": one.state,
        "open": one.is_open and one.form.campaign.state == one.form.campaign.State.RUNNING,
        "received_at": one.received_at,
        "counted_version": one.counted.number if one.counted else None,
    }


def _draft_out(owed: Obligation) -> dict[str, Any]:
    texts = owed.typed
    codes = {question.key: question.code for question in owed.asked()}
    answers = {codes[key]: text for key, text in texts.items() if key in codes}
    return {"obligation": owed.pk, "state": owed.state, "answers": answers, "saved_at": owed.draft_saved_at}


def _question_out(question: Question) -> dict[str, Any]:
    columns = [
        {
            "key": one.key,
            "label": one.label,
            "kind": one.kind,
            "required": one.required,
            "choices": list(one.choices),
        }
        for one in question.list_columns
    ]
    return {
        "code": question.code,
        "section": question.section,
        "text": question.text,
        "kind": question.kind,
        "required": question.required,
        "counted_in": question.counted_in,
        "measure": question.measure,
        "help": question.help_text,
        "minimum": None if question.minimum is None else f"{question.minimum.normalize():f}",
        "maximum": None if question.maximum is None else f"{question.maximum.normalize():f}",
        "beyond": question.beyond,
        "choices": list(question.choices),
        "columns": columns,
        "table": question.table.title if question.table else None,
    }


def _in_english(words: Any) -> str:
    with override("en"):
        return str(words())
