"""Webhooks and what is told to them, as the OpenAPI file describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from lachan.api.v1.shapes import Closed

EventName = Literal[
    "campaign.issued",
    "return.submitted",
    "return.approved",
    "return.sent_back",
    "return.accepted",
    "amendment.begun",
    "amendment.dropped",
    "report.sent_up",
]


class WebhookIn(Closed):
    url: Annotated[str, Field(max_length=500, pattern=r"^https?://[!-~]+$")]
    events: Annotated[list[EventName], Field(min_length=1, max_length=20)]
    below: bool = False


class WebhookOut(Schema):
    """An address that is told what happens. `off`: it did not answer for days, or its maker lost the role."""

    id: int
    url: str
    events: list[EventName]
    below: bool
    made_at: datetime
    state: Literal["on", "off", "ended"]


class WebhookMadeOut(WebhookOut):
    secret: str


class WebhooksOut(Schema):
    items: list[WebhookOut]


DeliveryState = Literal["waiting", "sent", "failed"]


class DeliveryOut(Schema):
    """One message: `key` is its webhook-id. `status` and `answer` are of the last try; without a status, why none came."""

    id: int
    key: UUID
    event: EventName
    state: DeliveryState
    posted_at: datetime
    tries: int
    tried_at: datetime | None
    status: int | None
    answer: str
    next_try_at: datetime | None


class DeliveriesOut(Schema):
    items: list[DeliveryOut]
    next_cursor: int | None


class CampaignTold(Schema):
    """Units were given work: `unit` gave it."""

    campaign: int
    unit: str
    url: str


class ReturnTold(Schema):
    """What is to be told of a version of a return; `url` is where it can be read with a token."""

    obligation: int
    campaign: int
    unit: str
    number: int
    url: str


class ApprovalTold(ReturnTold):
    """It counts from now on; `replaced` is the version that counted before, where there was one."""

    replaced: int | None


class AmendmentTold(ReturnTold):
    """`number` is the version that is being mended."""

    amendment: int


class ReportTold(Schema):
    campaign: int
    report: int
    unit: str
    url: str
