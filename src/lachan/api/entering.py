"""Who comes in with which token, how often, and how far it reaches."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from lachan.api.actions.tokens import digest
from lachan.api.models import Token
from lachan.api.problems import Problem
from lachan.foundation.by_hand import asked
from lachan.orgs.access import Reach
from lachan.orgs.models import Person


@dataclass(frozen=True)
class Entered:
    """A token that came with a request, and what it opens."""

    token: Token
    person: Person  # in whose name it acts; their key and name, no more
    unit_code: str
    reach: Reach
    now: datetime


class ApiRequest(HttpRequest):
    """A request that came with a token."""

    auth: Entered
    now: datetime


class UnitToken(HttpBearer):
    """`Authorization: Bearer lachan_…`, a token of a unit."""

    def authenticate(self, request: HttpRequest, token: str) -> Entered:
        now: datetime = request.now  # type: ignore[attr-defined]  # the middleware reads the clock
        entered = _entered(token, now)
        _count(entered.token, now)
        return entered


_OF_TOKEN = ("id", "unit_id", "name", "submits", "approves", "below", "expires_at", "revoked_at")
_KNOWN = f"""
    SELECT {", ".join(f"t.{name}" for name in _OF_TOKEN)},
           u.code, g.ended_at IS NOT NULL OR NOT p.is_active, p.id, p.name, v.path
    FROM api_token t JOIN orgs_unit u ON u.id = t.unit_id
    JOIN orgs_grant g ON g.id = t.grant_id JOIN orgs_person p ON p.id = g.person_id
    LEFT JOIN orgs_unitversion v ON v.unit_id = t.unit_id AND v.valid_from <= %s AND v.valid_to > %s
    WHERE t.digest = %s"""  # noqa: S608 - names of our own. By hand: every request asks this


def _entered(secret: str, now: datetime) -> Entered:
    day = localdate(now)
    found = _asked([day, day, digest(secret)])
    if not found:
        raise _closed(_("Mã truy cập này không có. Kiểm tra lại phần sau “Bearer” trong tiêu đề Authorization."))
    [known] = found
    token = Token.from_db(connection.alias, _OF_TOKEN, known[: len(_OF_TOKEN)])
    unit_code, is_orphaned, maker, name, path = known[len(_OF_TOKEN) :]
    if token.revoked_at is not None:
        raise _closed(_("Mã truy cập này đã bị thu hồi. Đề nghị thủ trưởng hoặc người điều phối tạo mã mới."))
    if token.has_expired(now):
        raise _closed(_("Mã truy cập này đã hết hạn. Đề nghị thủ trưởng hoặc người điều phối tạo mã mới."))
    if is_orphaned or path is None:
        raise _closed(_("Người tạo mã truy cập này không còn giữ vai trò, hoặc đơn vị đã kết thúc. Tạo mã mới."))
    return Entered(token, Person(pk=maker, name=name), unit_code, Reach(path, below=token.below), now)


def _asked(about: list[Any]) -> list[tuple[Any, ...]]:
    """The request's first question is also what shows whether the line still holds; a dead one is opened anew."""
    connection.health_check_done = True  # type: ignore[attr-defined]  # not in the stubs
    try:
        return asked(_KNOWN, about)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return asked(_KNOWN, about)


def _closed(words: object) -> Problem:
    return Problem("no-token", words, headers={"WWW-Authenticate": "Bearer"})  # type: ignore[arg-type]  # a lazy sentence


class _Allowances:
    """Requests set aside for this process, by token and minute, so that not every request writes to the database."""

    def __init__(self) -> None:
        self._left: dict[int, tuple[datetime, int]] = {}
        self._lock = threading.Lock()

    def take(self, token: int, minute: datetime) -> bool:
        with self._lock:
            at, left = self._left.get(token, (minute, 0))
            if at != minute or left < 1:
                return False
            self._left[token] = (minute, left - 1)
            return True

    def put(self, token: int, minute: datetime, count: int) -> None:
        with self._lock:
            if len(self._left) > 10_000:
                self._left.clear()
            at, left = self._left.get(token, (minute, 0))
            self._left[token] = (minute, count + (left if at == minute else 0))


_allowances = _Allowances()
SHARES = 20  # a process sets aside a twentieth of a minute's requests at a time


def _count(token: Token, now: datetime) -> None:
    """One request more; a problem when the token has used up its minute. The count holds for all web processes together."""
    minute = now.replace(second=0, microsecond=0)
    if _allowances.take(token.pk, minute):
        return
    most: int = settings.API_REQUESTS_A_MINUTE
    share = max(1, most // SHARES)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE api_token SET last_used_at = %s, minute = %s,
                   spent = CASE WHEN minute = %s THEN spent + %s ELSE %s END
               WHERE id = %s AND (minute IS DISTINCT FROM %s OR spent + %s <= %s) RETURNING id""",
            [now, minute, minute, share, share, token.pk, minute, share, most],
        )
        if cursor.fetchone() is None:
            raise Problem(
                "too-many",
                lambda: (
                    _("Mỗi mã được gửi %(most)s yêu cầu một phút. Chờ sang phút sau rồi gửi tiếp.") % {"most": most}
                ),
                headers={"Retry-After": str(60 - now.second)},
            )
    _allowances.put(token.pk, minute, share - 1)
