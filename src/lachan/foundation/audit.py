"""The audit trail: who did what to what, chained so that a removed or changed entry shows."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import connection, models, transaction

from lachan.foundation.by_hand import insert
from lachan.foundation.models import AuditEntry, AuditHead

FIRST = "0" * 64
_way: ContextVar[str] = ContextVar("way", default="")


class Somebody(Protocol):
    """Who acts: anything with a key and a name."""

    pk: Any
    name: str


@dataclass(frozen=True)
class Done:
    """One thing done, as it is to stand in the trail. `by` is None for what the software did by itself."""

    verb: str
    subject: models.Model
    by: Somebody | None
    detail: dict[str, Any] | None = None


@contextmanager
def coming_by(way: str) -> Iterator[None]:
    """What is done meanwhile came by this way, not by the pages: each entry says so (`via`)."""
    before = _way.set(way)
    try:
        yield
    finally:
        _way.reset(before)


def record(
    verb: str, subject: models.Model, *, by: Somebody | None, now: datetime, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Write one entry, in the transaction of the change it tells of. `by` is None for what the software did by itself."""
    return record_all([Done(verb, subject, by, detail)], now=now)[0]


def record_all(done: Sequence[Done], *, now: datetime) -> list[AuditEntry]:
    """Write an entry for each, one after another in the chain, in three queries. Nobody else writes any until this is committed."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record belongs inside the action's transaction")
    if not done:
        return []
    length, previous = _locked_head()
    way = {"via": _way.get()} if _way.get() else {}
    entries = []
    for one in done:
        entry = AuditEntry(
            at=now,
            by_id=one.by.pk if one.by else None,
            by_name=one.by.name if one.by else "",
            verb=one.verb,
            subject_type=one.subject._meta.label_lower,
            subject_id=str(one.subject.pk),
            detail={**way, **(one.detail or {})},
            previous_hash=previous,
        )
        previous = entry.hash = fingerprint(entry)
        entries.append(entry)
    insert(entries)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE foundation_audithead SET length = %s, hash = %s WHERE id = 1", [length + len(entries), previous]
        )
    return entries


def _locked_head() -> tuple[int, str]:
    """The chain's end, held until the transaction ends: entries are written one after another, or the chain would fork."""
    with connection.cursor() as cursor:  # by hand: every change anywhere passes here
        cursor.execute("SELECT length, hash FROM foundation_audithead WHERE id = 1 FOR UPDATE")
        if head := cursor.fetchone():
            return head[0], head[1]
    AuditHead.objects.bulk_create([AuditHead(pk=1, length=0, hash=FIRST)], ignore_conflicts=True)
    return _locked_head()


@dataclass(frozen=True)
class Fault:
    """The first place where the trail is not what was written. `entry` is the key of the entry there; None is the trail's end."""

    entry: int | None
    kind: str  # "changed": its content is not what its hash says; "removed": one or more entries before this place are gone


@dataclass(frozen=True)
class Verification:
    """What walking the whole trail found: how many entries were read in order, and the first fault, if any."""

    entries: int
    fault: Fault | None


def verify() -> Verification:
    """Walks the whole trail and finds the first entry that was changed, or the first place where some are gone.

    The head of the chain is kept beside it, so that the removal of the newest entries shows too.
    """
    previous, read = FIRST, 0
    for entry in AuditEntry.objects.order_by("id").iterator():
        if entry.hash != fingerprint(entry):
            return Verification(read, Fault(entry.pk, "changed"))
        if entry.previous_hash != previous:
            return Verification(read, Fault(entry.pk, "removed"))
        previous, read = entry.hash, read + 1
    head = AuditHead.objects.filter(pk=1).first() or AuditHead(length=0, hash=FIRST)
    whole = (head.length, head.hash) == (read, previous)
    return Verification(read, None if whole else Fault(None, "removed"))


def fingerprint(entry: AuditEntry) -> str:
    """SHA-256 over the entry's content and the hash before it, as 64 hex digits."""
    content = [
        entry.previous_hash,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.by_id,
        entry.by_name,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.detail,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
