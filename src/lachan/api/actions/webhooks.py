"""Webhooks are set up, ended, switched on again, and what did not arrive is sent again."""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from lachan.api.makers import MAKERS, grant_of
from lachan.api.models import Delivery, Event, Token, Webhook
from lachan.engine.webhooks import START, Wrong, wrong_with
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.notices.actions import News, tell
from lachan.notices.models import Kind
from lachan.orgs.access import holders
from lachan.orgs.models import Grant, Person, Role, Unit

MOST = 20  # of one unit
SHOWN_AGAIN = timedelta(minutes=10)  # the secret, to the same press of the button

WRONG: dict[Wrong, str | Promise] = {
    Wrong.NO_ADDRESS: _("Địa chỉ cần có dạng https://tên-máy/đường-dẫn, không dấu, không kèm tên và mật khẩu."),
    Wrong.NOT_SECURE: _("Địa chỉ cần bắt đầu bằng https://, để nội dung không bị đọc trên đường đi."),
    Wrong.INSIDE: _("Địa chỉ này nằm trong mạng nội bộ. Người quản trị hệ thống cần cho phép trước."),
}


@dataclass(frozen=True)
class WebhookDraft:
    """Which address is told, and of what."""

    url: str
    events: Collection[str]
    below: bool = False


def make_webhook(
    unit: Unit, *, draft: WebhookDraft, request_key: str, by: Person, now: datetime
) -> tuple[Webhook, str]:
    """A new webhook of `unit` with its secret. The same `request_key` again gives the same one, for a few minutes.

    Refused for those who are neither head nor coordinator of the unit or of one above, and for an address that may not be told.
    """
    grant = grant_of(by, unit, now, MAKERS)
    if grant is None:
        raise Refused(_("Chỉ thủ trưởng hoặc người điều phối của đơn vị đăng ký được địa chỉ nhận tin."))
    made = _make(unit, draft=draft, request_key=request_key, grant=grant, token=None, now=now)
    if now - made.made_at > SHOWN_AGAIN:
        raise Refused(
            _("Địa chỉ này đã đăng ký trước đó, và khóa bí mật chỉ hiện một lần. Mở lại trang rồi đăng ký lại.")
        )
    return made, secret_of(made)


def make_webhook_with(token: Token, *, draft: WebhookDraft, request_key: str, now: datetime) -> Webhook:
    """The same by another system with its token, in the name of whoever made that. It ends when the token is revoked."""
    if draft.below and not token.below:
        raise Refused(_("Mã truy cập này không mở các đơn vị bên dưới, nên không nhận được tin về các đơn vị đó."))
    key = f"{token.pk}:{request_key}"
    return _make(token.unit, draft=draft, request_key=key, grant=token.grant, token=token, now=now)


@transaction.atomic
def _make(
    unit: Unit, *, draft: WebhookDraft, request_key: str, grant: Grant, token: Token | None, now: datetime
) -> Webhook:
    Unit.objects.select_for_update(no_key=True).get(
        pk=unit.pk
    )  # the same press twice, and one more than there may be, take turns
    if made := Webhook.objects.filter(unit=unit, request_key=request_key).first():
        return made
    events = [name for name in Event.values if name in draft.events]
    if not events:
        raise Refused(_("Chọn ít nhất một loại tin."))
    if wrong := wrong_with(draft.url, inside=settings.WEBHOOKS_INSIDE):
        raise Refused(WRONG[wrong])
    if Webhook.objects.filter(unit=unit, ended_at=None).count() >= MOST:
        raise Refused(_("Đơn vị đã có đủ số địa chỉ nhận tin. Bỏ địa chỉ không còn dùng trước."))
    webhook = Webhook(unit=unit, url=draft.url, events=events, below=draft.below, grant=grant, token=token)
    webhook.request_key, webhook.made_at, webhook.read_to = request_key, now, 0
    webhook.save()
    detail = {"unit": unit.pk, "url": draft.url, "events": events, "below": draft.below}
    webhook.read_to = audit.record("api.make_webhook", webhook, by=grant.person, now=now, detail=detail).pk
    webhook.save(update_fields=["read_to"])
    return webhook


def secret_of(webhook: Webhook) -> str:
    """What its messages are signed with. Nobody works it out who does not have the installation's key."""
    return START + base64.b64encode(signing_key(webhook)).decode()


def signing_key(webhook: Webhook) -> bytes:
    """The same as octets."""
    about = f"{webhook.unit_id}:{webhook.request_key}"
    return salted_hmac("lachan.api.webhook", about, algorithm="sha256").digest()


@transaction.atomic
def end_webhook(webhook: Webhook, *, by: Person, now: datetime) -> Webhook:
    """Nothing is told there any more. Twice changes nothing."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if webhook.ended_at is None:
        webhook.ended_at, webhook.ended_by = now, by
        webhook.save(update_fields=["ended_at", "ended_by"])
        _give_up(webhook)
        audit.record("api.end_webhook", webhook, by=by, now=now, detail={"unit": webhook.unit_id, "url": webhook.url})
    return webhook


@transaction.atomic
def switch_off(webhook: Webhook, *, because: str, now: datetime) -> None:
    """It has not answered for too long, or said that it is gone: no more is sent, and its unit is told."""
    webhook.off_at = now
    webhook.save(update_fields=["off_at"])
    _give_up(webhook)
    detail = {"unit": webhook.unit_id, "url": webhook.url, "because": because}
    entry = audit.record("api.switch_off_webhook", webhook, by=None, now=now, detail=detail)
    people = holders([webhook.unit_id])
    news = News(
        kind=Kind.CONNECTION,
        text=gettext_noop("Đã ngừng báo tin cho một phần mềm vì phần mềm đó không nhận"),
        href=webhook.get_absolute_url(),
        key=f"webhook:{entry.pk}",
        remark=webhook.url,
    )
    told = people[webhook.unit_id, Role.HEAD] | people[webhook.unit_id, Role.COORDINATOR] | {webhook.person.pk}
    tell(told, news, now=now)


@transaction.atomic
def switch_on(webhook: Webhook, *, by: Person, now: datetime) -> Webhook:
    """It is told again, of what happens from now on. Twice changes nothing."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if webhook.ended_at:
        raise Refused(_("Địa chỉ này đã bỏ. Đăng ký lại nếu cần."))
    if webhook.off_at:
        webhook.off_at = webhook.failing_since = None
        detail = {"unit": webhook.unit_id, "url": webhook.url}
        webhook.read_to = audit.record("api.switch_on_webhook", webhook, by=by, now=now, detail=detail).pk
        webhook.save(update_fields=["off_at", "failing_since", "read_to"])
    return webhook


@transaction.atomic
def send_again(delivery: Delivery, *, by: Person, now: datetime) -> Delivery:
    """The same message once more, under the same key, and tried for a day like a new one. While it waits this changes nothing."""
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("webhook").get(pk=delivery.pk)
    _refuse_unless_in_force(delivery.webhook)
    if delivery.state != Delivery.State.WAITING:
        delivery.state, delivery.tries = Delivery.State.WAITING, 0
        delivery.posted_at = delivery.next_try_at = now
        delivery.save(update_fields=["state", "tries", "posted_at", "next_try_at"])
        audit.record("api.send_again", delivery, by=by, now=now, detail={"webhook": delivery.webhook_id})
    return delivery


@transaction.atomic
def send_failed_again(webhook: Webhook, *, by: Person, now: datetime) -> int:
    """`send_again` for all messages of a webhook that were given up; gives how many."""
    webhook = (
        Webhook.objects.select_for_update(of=("self",), no_key=True).select_related("grant__person").get(pk=webhook.pk)
    )
    _refuse_unless_in_force(webhook)
    failed = webhook.deliveries.filter(state=Delivery.State.FAILED)
    count = failed.update(state=Delivery.State.WAITING, tries=0, posted_at=now, next_try_at=now)
    if count:
        audit.record("api.send_failed_again", webhook, by=by, now=now, detail={"messages": count})
    return count


def _refuse_unless_in_force(webhook: Webhook) -> None:
    if not webhook.is_in_force:
        raise Refused(_("Địa chỉ này đang không nhận tin. Bật lại trước rồi gửi lại."))


def _give_up(webhook: Webhook) -> None:
    webhook.deliveries.filter(state=Delivery.State.WAITING).update(state=Delivery.State.FAILED)
