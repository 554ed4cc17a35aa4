"""Webhooks: another system sets up where it is told, and the OpenAPI file says what it is told."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from lachan.api.actions.webhooks import WebhookDraft, end_webhook, make_webhook_with, secret_of
from lachan.api.entering import ApiRequest
from lachan.api.models import Event, Webhook
from lachan.api.once import KEY, Told, once
from lachan.api.problems import Problem
from lachan.api.v1 import shapes

router = Router(tags=["Báo tin / Webhooks"])


@router.get("/webhooks", response=shapes.WebhooksOut, operation_id="webhooks", summary="Các địa chỉ nhận tin")
def webhooks(request: ApiRequest) -> dict[str, Any]:
    """The addresses that are told what happens at the token's unit, oldest first; those that have ended are not listed."""
    known = Webhook.objects.filter(unit=request.auth.token.unit_id, ended_at=None).select_related("grant__person")
    return {"items": [_out(one) for one in known.order_by("pk")]}


@router.post(
    "/webhooks",
    response={201: shapes.WebhookMadeOut},
    operation_id="make_webhook",
    summary="Đăng ký địa chỉ nhận tin",
)
def make_webhook(request: ApiRequest, sent: shapes.WebhookIn) -> HttpResponse:
    """From now on the address is told what happens. The answer alone says the secret that its messages are signed with.

    It ends with the token when that is revoked, and with the role of whoever made the token.
    """
    draft = WebhookDraft(sent.url, sent.events, sent.below)

    def do() -> Told:
        made = make_webhook_with(request.auth.token, draft=draft, request_key=request.headers[KEY], now=request.now)
        return Told(201, shapes.WebhookOut(**_out(made)).model_dump_json())

    answer = once(request, do)
    if answer.status_code != 201:
        return answer
    kept = json.loads(answer.content)  # the secret is worked out, and stands in no table
    secret = secret_of(Webhook.objects.get(pk=kept["id"]))
    return Told.of({**kept, "secret": secret}, 201).answer()


@router.delete(
    "/webhooks/{webhook}", response=shapes.WebhookOut, operation_id="end_webhook", summary="Bỏ địa chỉ nhận tin"
)
def end(request: ApiRequest, webhook: shapes.Key) -> HttpResponse:
    """Nothing is told there any more. Again changes nothing."""

    def do() -> Told:
        found = Webhook.objects.filter(pk=webhook, unit=request.auth.token.unit_id).first()
        if found is None:
            raise Problem("not-found", _("Đơn vị không có địa chỉ nhận tin này."))
        ended = end_webhook(found, by=request.auth.person, now=request.now)
        return Told(200, shapes.WebhookOut(**_out(ended)).model_dump_json())

    return once(request, do)


def _out(one: Webhook) -> dict[str, Any]:
    state = "ended" if one.ended_at else "on" if one.is_in_force else "off"
    about = {"id": one.pk, "url": one.url, "events": one.events, "below": one.below}
    return {**about, "made_at": one.made_at, "state": state}


_SHAPES: dict[Event, type[Schema]] = {
    Event.CAMPAIGN_ISSUED: shapes.CampaignTold,
    Event.RETURN_SUBMITTED: shapes.ReturnTold,
    Event.RETURN_APPROVED: shapes.ApprovalTold,
    Event.RETURN_SENT_BACK: shapes.ReturnTold,
    Event.RETURN_ACCEPTED: shapes.ReturnTold,
    Event.AMENDMENT_BEGUN: shapes.AmendmentTold,
    Event.AMENDMENT_DROPPED: shapes.AmendmentTold,
    Event.REPORT_SENT_UP: shapes.ReportTold,
}
_HEADERS = {
    "webhook-id": "The same whenever the same message comes again: by it a receiver does a thing once.",
    "webhook-timestamp": "Seconds since 1970, when it was sent. Refuse what is older than some minutes.",
    "webhook-signature": "v1, and the HMAC-SHA256 of `id.timestamp.body` by the secret, in Base64: Standard Webhooks 1.0.",
}


def described() -> dict[str, Any]:
    """The messages, as OpenAPI 3.1 describes webhooks."""
    return {event.value: {"post": _operation(event)} for event in Event}


def _operation(event: Event) -> dict[str, Any]:
    data = _SHAPES[event].model_json_schema()
    message = {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": event.value},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it was done."},
            "data": data,
        },
    }
    headers = [
        {"in": "header", "name": name, "required": True, "description": about, "schema": {"type": "string"}}
        for name, about in _HEADERS.items()
    ]
    return {
        "operationId": event.name.lower(),
        "summary": str(event.label),
        "tags": router.tags,
        "security": [],
        "parameters": headers,
        "requestBody": {"required": True, "content": {"application/json": {"schema": message}}},
        "responses": {
            "2XX": {"description": "Taken. Answer within 10 seconds, and work afterwards."},
            "410": {"description": "The receiver is gone: nothing more is sent."},
            "default": {
                "description": "Tried again after 1, 2, 4 … 60 minutes, for a day. Redirects are not followed."
            },
        },
    }
