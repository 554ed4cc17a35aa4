"""The audit trail shows what was done to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest
from django.db import transaction

from lachan.foundation import audit
from lachan.foundation.audit import Fault
from lachan.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db

HANOI = timezone(timedelta(hours=7))
NOON = datetime(2025, 6, 30, 12, tzinfo=HANOI)


@dataclass
class Hoa:
    pk = 7
    name = "Lê Thị Hoa"


@pytest.fixture
def five() -> list[AuditEntry]:
    subject = AuditEntry(pk=1)
    return [
        audit.record(f"letters.step_{step}", subject, by=Hoa(), now=NOON, detail={"bước": step, "ghi chú": ["ấ", None]})
        for step in range(5)
    ]


def test_an_empty_trail_is_whole() -> None:
    assert audit.verify() == audit.Verification(entries=0, fault=None)


def test_an_untouched_trail_is_whole(five: list[AuditEntry]) -> None:
    assert audit.verify() == audit.Verification(entries=5, fault=None)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "letters.other"},
        {"by_name": "Người khác"},
        {"by_id": None},
        {"at": NOON + timedelta(microseconds=1)},
        {"subject_id": "2"},
        {"subject_type": "x.y"},
        {"detail": {"bước": 99}},
        {"hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_found(five: list[AuditEntry], change: dict[str, object]) -> None:
    AuditEntry.objects.filter(pk=five[2].pk).update(**change)
    assert audit.verify() == audit.Verification(entries=2, fault=Fault(five[2].pk, "changed"))


def test_an_entry_rewritten_with_a_fresh_hash_shows_in_the_next(five: list[AuditEntry]) -> None:
    forged = five[2]
    forged.detail = {"bước": 99}
    forged.hash = audit.fingerprint(forged)
    forged.save()
    assert audit.verify().fault == Fault(five[3].pk, "removed")


@pytest.mark.parametrize(("place", "shows_at"), [(0, 1), (2, 3), (4, None)])
def test_a_removed_entry_is_found_even_the_newest(five: list[AuditEntry], place: int, shows_at: int | None) -> None:
    five[place].delete()
    expected = None if shows_at is None else AuditEntry.objects.order_by("id")[shows_at - 1].pk
    assert audit.verify().fault == Fault(expected, "removed")


def test_removing_everything_is_found(five: list[AuditEntry]) -> None:
    AuditEntry.objects.all().delete()
    assert audit.verify() == audit.Verification(entries=0, fault=Fault(None, "removed"))


def test_an_action_that_was_undone_leaves_the_trail_whole(five: list[AuditEntry]) -> None:
    with transaction.atomic():
        audit.record("letters.undone", five[0], by=None, now=NOON)
        transaction.set_rollback(True)
    audit.record("letters.next", five[0], by=None, now=NOON)
    assert audit.verify() == audit.Verification(entries=6, fault=None)
