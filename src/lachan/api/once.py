"""A write that is sent again with the same key gets the answer of the first time, and changes nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from lachan.api.entering import ApiRequest
from lachan.api.models import Answer, Token
from lachan.api.problems import Problem, of_refusal
from lachan.foundation import audit
from lachan.foundation.by_hand import insert
from lachan.foundation.refused import Refused

KEY = "Idempotency-Key"
KEPT = timedelta(days=30)  # as the OpenAPI file promises
_FIT = re.compile(r"[!-~]{8,64}")


@dataclass(frozen=True)
class Wish:
    """One write: with which token, under which key, and what it says."""

    token: int
    key: str
    fingerprint: str


def wish_of(request: ApiRequest, body: bytes) -> Wish:
    """The write that `request` asks for. A problem when it has no key, or one that can be none."""
    key = request.headers.get(KEY, "").strip('"')
    if not _FIT.fullmatch(key):
        raise Problem(
            "malformed",
            _("Thiếu tiêu đề Idempotency-Key. Gửi một khóa riêng cho mỗi lần ghi, 8 đến 64 ký tự, ví dụ một UUID."),
        )
    said = f"{request.method} {request.get_full_path()}\n".encode() + body
    return Wish(request.auth.token.pk, key, hashlib.sha256(said).hexdigest())


@dataclass(frozen=True)
class Told:
    """An answer to a write: its status, and its body as JSON."""

    status: int
    body: str

    @classmethod
    def of(cls, said: Mapping[str, Any], status: int = 200) -> Told:
        return cls(status, json.dumps(said, ensure_ascii=False))

    @classmethod
    def of_problem(cls, problem: Problem) -> Told:
        return cls.of(problem.told(), problem.status)

    def answer(self) -> HttpResponse:
        kind = "application/json" if self.status < 400 else "application/problem+json"
        return HttpResponse(self.body, status=self.status, content_type=kind)


def way_of(token: Token) -> str:
    """How the audit trail names the way by which something came."""
    return f"api:{token.pk}"


def once(request: ApiRequest, do: Callable[[], Told]) -> HttpResponse:
    """What `do` tells, done and kept in one transaction; or what it told the first time. What it refuses is an answer too."""

    def done(_places: Sequence[int]) -> list[Told]:
        try:
            with transaction.atomic(), audit.coming_by(way_of(request.auth.token)):
                return [do()]
        except Problem as problem:
            return [Told.of_problem(problem)]
        except Refused as refused:
            return [Told.of_problem(of_refusal(refused))]

    return all_once([wish_of(request, request.body)], done, now=request.now)[0].answer()


def once_in_pieces(wish: Wish, do: Callable[[], Told], *, now: datetime) -> Told:
    """The same for work too long for one transaction: `do` keeps it piece by piece, and does no harm when it is called again."""
    known = Answer.objects.filter(token=wish.token, key=wish.key).first()
    if known is None:
        told = do()
        answer = _answer(wish, told, now)
        insert([answer], or_leave=True)  # the same request may have come on two lines
        known = Answer.objects.get(token=wish.token, key=wish.key)
    return _again(wish, known)


def all_once(wishes: Sequence[Wish], do: Callable[[Sequence[int]], Sequence[Told]], *, now: datetime) -> list[Told]:
    """The answers to writes with different keys: `do` is called with the places of those not answered before."""
    try:
        return _all_once(wishes, do, now)
    except IntegrityError:  # the same request came on two lines at once; the other one has been answered meanwhile
        return _all_once(wishes, do, now)


@transaction.atomic
def _all_once(wishes: Sequence[Wish], do: Callable[[Sequence[int]], Sequence[Told]], now: datetime) -> list[Told]:
    known = _known(wishes)
    fresh = [place for place, one in enumerate(wishes) if (one.token, one.key) not in known]
    told = dict(zip(fresh, do(fresh), strict=True)) if fresh else {}
    insert([_answer(wishes[place], one, now) for place, one in told.items()])
    return [told.get(place) or _again(one, known[one.token, one.key]) for place, one in enumerate(wishes)]


def forget(*, now: datetime) -> int:
    """Takes away answers kept as long as was promised; gives how many. What they told of stays as it is."""
    gone, _by_kind = Answer.objects.filter(at__lt=now - KEPT).delete()
    return gone


def _known(wishes: Sequence[Wish]) -> dict[tuple[int, str], Answer]:
    """What was answered before, by token and key."""
    asked = [[one.token for one in wishes], [one.key for one in wishes]]
    found = Answer.objects.raw(
        "SELECT a.* FROM unnest(%s::bigint[], %s::text[]) AS w (token, key) "
        "JOIN api_answer a ON a.token_id = w.token AND a.key = w.key",
        asked,
    )
    return {(one.token_id, one.key): one for one in found}


def _answer(wish: Wish, told: Told, now: datetime) -> Answer:
    return Answer(
        token_id=wish.token,
        key=wish.key,
        fingerprint=wish.fingerprint,
        status=told.status,
        body=told.body,
        at=now,
    )


def _again(wish: Wish, known: Answer) -> Told:
    if wish.fingerprint == known.fingerprint:
        return Told(known.status, known.body)
    words = _("Khóa Idempotency-Key này đã dùng cho một nội dung khác. Gửi nội dung mới với một khóa mới.")
    return Told.of_problem(Problem("key-used", words))
