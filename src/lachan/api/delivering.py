"""Messages that wait are posted to the webhooks. One that is dead or slow holds up no other."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import Min

from lachan import __version__
from lachan.api.actions.webhooks import signing_key, switch_off
from lachan.api.models import Delivery, Webhook
from lachan.api.posting import Answered, post
from lachan.engine.retrying import next_try
from lachan.engine.webhooks import signature_headers, target_of

AT_ONCE = 16  # webhooks
SHIFT = 45  # seconds in which new messages are taken up; the next run takes up the others
LEASE = timedelta(minutes=2)  # after which a message is sent again whose sender has died
GIVE_UP_AFTER = timedelta(days=1)
OFF_AFTER = timedelta(days=3)  # in which nothing has arrived
GONE = 410  # by which a receiver says that it wants no more
KEPT = timedelta(days=30)  # messages stay to be looked at


def deliver(*, now: datetime) -> None:
    """Post every message whose time has come, one at a time to each webhook, in the order they were made.

    A message is taken for two minutes and noted when its answer has come. Were the machine to stop in between, it would be sent
    again under the same key.
    """
    under_way: dict[Future[Answered], Delivery] = {}
    ends = monotonic() + SHIFT
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while True:
            if monotonic() < ends:
                busy = {one.webhook_id for one in under_way.values()}
                for one in _taken(AT_ONCE - len(under_way), busy, now):
                    under_way[pool.submit(_post, one, now)] = one
            if not under_way:
                return
            for done in wait(under_way, return_when=FIRST_COMPLETED).done:
                _note(under_way.pop(done), done.result(), now)


@transaction.atomic
def _taken(free: int, busy: Collection[int], now: datetime) -> list[Delivery]:
    """The oldest message of each of so many webhooks, held for us from now on."""
    first = Delivery.objects.due(now).exclude(webhook__in=busy).order_by().values("webhook").annotate(first=Min("pk"))
    held = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("webhook__grant__person")
    found = list(held.filter(pk__in=first.values("first")).order_by("pk")[:free])
    Delivery.objects.filter(pk__in=[one.pk for one in found]).update(next_try_at=now + LEASE)
    return found


def _post(one: Delivery, now: datetime) -> Answered:
    """Asks the database nothing: it runs beside the others."""
    target = target_of(one.webhook.url)
    if target is None:
        return Answered(None, "no address")
    headers = {"Content-Type": "application/json", "User-Agent": f"LaChan/{__version__}"}
    headers |= signature_headers(signing_key(one.webhook), message=str(one.key), at=now, body=one.body)
    return post(target, one.body, headers, inside=settings.WEBHOOKS_INSIDE)


@transaction.atomic
def _note(one: Delivery, answered: Answered, now: datetime) -> None:
    webhook = (
        Webhook.objects.select_for_update(of=("self",), no_key=True)
        .select_related("grant__person")
        .get(pk=one.webhook_id)
    )
    one.tries, one.tried_at, one.status = one.tries + 1, now, answered.status
    one.answer = " ".join(answered.words.replace("\0", "").split())[:300]
    if answered.status and 200 <= answered.status < 300:
        one.state = Delivery.State.SENT
        failing_since = None
    else:
        _put_off(one, now)
        failing_since = webhook.failing_since or now
    one.save(update_fields=["state", "tries", "tried_at", "status", "answer", "next_try_at"])
    if failing_since != webhook.failing_since:
        webhook.failing_since = failing_since
        webhook.save(update_fields=["failing_since"])
    if webhook.is_in_force and answered.status == GONE:
        switch_off(webhook, because="gone", now=now)
    elif webhook.is_in_force and failing_since and now - failing_since >= OFF_AFTER:
        switch_off(webhook, because="nothing arrives", now=now)


def _put_off(one: Delivery, now: datetime) -> None:
    """It is tried again later, or given up. Where nobody answered at all, the webhook's other messages wait as long."""
    again = next_try(posted_at=one.posted_at, failed=one.tries, now=now, give_up_after=GIVE_UP_AFTER)
    if again is None:
        one.state = Delivery.State.FAILED
    else:
        one.next_try_at = again
    if one.status is None:
        others = Delivery.objects.due(now).filter(webhook=one.webhook_id)
        others.update(next_try_at=again or now + timedelta(hours=1))


def clear(*, now: datetime) -> int:
    """Takes away messages that no longer wait and are older than a month; gives how many."""
    gone, _by_kind = Delivery.objects.filter(posted_at__lt=now - KEPT).exclude(state=Delivery.State.WAITING).delete()
    return gone
