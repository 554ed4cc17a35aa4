"""Tokens are made and revoked by those who stand by a unit."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from lachan.api.actions.webhooks import end_webhook
from lachan.api.makers import MAKERS, grant_of
from lachan.api.models import Token
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person, Role, Unit

LONGEST_DAYS = 366
SHOWN_AGAIN = timedelta(minutes=10)  # to the same press of the button
START = "lachan_"  # so that a secret left lying in a file is found by those who look for them


@dataclass(frozen=True)
class TokenDraft:
    """Which system a token is for, for how long, and what it may do besides reading."""

    name: str
    days: int
    submits: bool = False
    approves: bool = False
    decides: bool = False
    below: bool = False


@transaction.atomic
def make_token(unit: Unit, *, draft: TokenDraft, request_key: str, by: Person, now: datetime) -> tuple[Token, str]:
    """A new token of `unit` with its secret, which is kept nowhere.

    The same `request_key` again gives the same token, for a few minutes. Refused for those who are neither head nor coordinator
    of the unit or of one above; only a head's token approves, and only one that submits.
    """
    if not 1 <= draft.days <= LONGEST_DAYS:
        raise Refused(_("Chọn thời hạn từ 1 đến %(most)s ngày.") % {"most": LONGEST_DAYS})
    if draft.approves and not draft.submits:
        raise Refused(_("Mã được duyệt thì cũng phải được gửi báo cáo."))
    grant = grant_of(by, unit, now, (Role.HEAD,) if draft.approves else MAKERS)
    if grant is None:
        raise Refused(
            _("Chỉ thủ trưởng tạo được mã có quyền duyệt.")
            if draft.approves
            else _("Chỉ thủ trưởng hoặc người điều phối của đơn vị tạo được mã truy cập.")
        )
    secret = _secret(unit, by, request_key)
    if made := Token.objects.filter(digest=digest(secret)).first():
        if now - made.made_at > SHOWN_AGAIN:
            raise Refused(_("Mã này đã tạo trước đó và chỉ hiện một lần. Mở lại trang rồi tạo mã khác."))
        return made, secret
    token = Token.objects.create(
        unit=unit,
        name=draft.name.strip(),
        digest=digest(secret),
        hint=secret[-4:],
        submits=draft.submits,
        approves=draft.approves,
        decides=draft.decides,
        below=draft.below,
        grant=grant,
        made_at=now,
        expires_at=now + timedelta(days=draft.days),
    )
    detail = {"unit": unit.pk, "name": token.name, "days": draft.days}
    detail |= {name: getattr(draft, name) for name in ("submits", "approves", "decides", "below")}
    audit.record("api.make_token", token, by=by, now=now, detail=detail)
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: Person, now: datetime) -> Token:
    """The token opens nothing from now on. Twice changes nothing."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = now, by
        token.save(update_fields=["revoked_at", "revoked_by"])
        for webhook in token.webhooks.filter(ended_at=None):
            end_webhook(webhook, by=by, now=now)
        audit.record("api.revoke_token", token, by=by, now=now, detail={"unit": token.unit_id, "name": token.name})
    return token


def _secret(unit: Unit, by: Person, request_key: str) -> str:
    """The same for the same press of the button. Nobody works it out who does not have the installation's key."""
    made = salted_hmac("lachan.api.token", f"{unit.pk}:{by.pk}:{request_key}", algorithm="sha256").digest()
    return START + base64.urlsafe_b64encode(made).decode().rstrip("=")


def digest(secret: str) -> str:
    """What is kept of a secret. It is long and random, so that a quick hash does."""
    return hashlib.sha256(secret.encode()).hexdigest()
