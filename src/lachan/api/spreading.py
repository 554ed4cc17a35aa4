"""What was done is told to the webhooks: read off the audit trail, whose order is the order of commits.

Every change writes its entry in its own transaction, so that nothing is told that was not done, and nothing done is left out; and
whoever sends a return does not wait for the telling.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from lachan.api.events import Happened, happened
from lachan.api.models import Delivery, Webhook
from lachan.foundation.models import AuditEntry
from lachan.orgs.lineage import taken_over_by
from lachan.orgs.models import Unit, UnitVersion

AT_ONCE = 1000  # entries


def spread(*, now: datetime) -> None:
    """A message to every webhook for each thing done since it was told last that it asked for and may see."""
    while _spread_some(now):
        pass


@transaction.atomic
def _spread_some(now: datetime) -> bool:
    """The next entries; False when there were no more than these. Several workers take turns."""
    webhooks = list(Webhook.objects.in_force().select_for_update(of=("self",), no_key=True).order_by("pk"))
    if not webhooks:
        return False
    read_to = min(one.read_to for one in webhooks)
    entries = list(AuditEntry.objects.filter(pk__gt=read_to).order_by("pk")[:AT_ONCE])
    if not entries:
        return False
    Delivery.objects.bulk_create(_messages(webhooks, happened(entries), now), batch_size=500)
    read_to = entries[-1].pk
    Webhook.objects.filter(pk__in=[one.pk for one in webhooks], read_to__lt=read_to).update(read_to=read_to)
    return len(entries) == AT_ONCE


def _messages(webhooks: Sequence[Webhook], done: Sequence[Happened], now: datetime) -> list[Delivery]:
    heirs = _heirs(done, now)
    within = _within({heirs.get(key, key) for one in done for key in (*one.units, *one.above)}, now)
    return [
        Delivery(
            webhook=webhook,
            entry=one.entry.pk,
            event=one.event,
            body=_body(one),
            posted_at=now,
            next_try_at=now,
        )
        for one in done
        for webhook in webhooks
        if webhook.read_to < one.entry.pk
        and one.event in webhook.events
        and any(_covers(webhook, heirs.get(key, key), within) for key in (*one.units, *one.above))
    ]


def _covers(webhook: Webhook, unit: int, within: Mapping[int, Collection[int]]) -> bool:
    return unit == webhook.unit_id or (webhook.below and webhook.unit_id in within.get(unit, ()))


def _within(units: Collection[int], now: datetime) -> dict[int, list[int]]:
    """For each unit the units above it in today's tree."""
    versions = UnitVersion.objects.on(localdate(now)).filter(unit__in=units)
    return {one.unit_id: one.ancestor_keys for one in versions.only("unit", "path")}


def _heirs(done: Sequence[Happened], now: datetime) -> dict[int, int]:
    """For the units that are no more the one that stands for each."""
    keys = {key for one in done for key in (*one.units, *one.above)}
    return taken_over_by(Unit.objects.filter(pk__in=keys), localdate(now))


def _body(one: Happened) -> str:
    data = {**one.data, "url": settings.SITE_URL + one.data["url"]}
    return json.dumps({"type": one.event, "timestamp": one.entry.at.isoformat(), "data": data}, ensure_ascii=False)
