"""The audit trail: who did what to what, chained so that a removed or changed entry shows."""

import hashlib
import json
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, models, transaction

from lachan.foundation.models import AuditEntry

_CHAIN_LOCK = 0x1AC4A2  # pg_advisory_xact_lock key: entries are written one after another, or the chain would fork
FIRST = "0" * 64


class Somebody(Protocol):
    """Who acts: anything with a key and a name."""

    pk: Any
    name: str


def record(
    verb: str, subject: models.Model, *, by: Somebody | None, now: datetime, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Write one entry, in the transaction of the change it tells of. `by` is None for what the software did by itself."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record belongs inside the action's transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-id").values_list("hash", flat=True).first()
    entry = AuditEntry(
        at=now,
        by_id=by.pk if by else None,
        by_name=by.name if by else "",
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        detail=detail or {},
        previous_hash=last or FIRST,
    )
    entry.hash = fingerprint(entry)
    entry.save(force_insert=True)
    return entry


def fingerprint(entry: AuditEntry) -> str:
    """SHA-256 over the entry's content and the hash before it, as 64 hex digits."""
    content = [
        entry.previous_hash,
        entry.at.isoformat(timespec="microseconds"),
        entry.by_id,
        entry.by_name,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.detail,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
