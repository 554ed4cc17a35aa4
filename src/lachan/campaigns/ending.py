"""A unit ends while it holds a campaign: what it holds goes to another unit, or to the level above."""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.timezone import localdate

from lachan.campaigns import telling
from lachan.campaigns.models import Assignment
from lachan.foundation import audit
from lachan.orgs.models import Person, Unit, UnitVersion


def hand_over(assignment: Assignment, *, successor: Unit | None, by: Person, now: datetime) -> Assignment | None:
    """Nothing more is waited for from the unit of `assignment`; gives the successor's assignment, made if it had none.

    Units it handed the campaign to now answer to the successor, or without one to the level above. What was done stays as it was.
    The caller holds the campaign (`lachan.campaigns.actions.take_turn`).
    """
    heir = _assignment_of(assignment, successor, now) if successor else None
    is_below = heir is not None and heir.path.startswith(assignment.path)
    _hang_under(assignment, assignment.parent if heir is None or is_below else heir)
    assignment.ended_at = now
    assignment.save(update_fields=["ended_at"])
    detail = {"successor": successor.pk if successor else None, "assignment": heir.pk if heir else None}
    audit.record("campaigns.hand_over", assignment, by=by, now=now, detail=detail)
    if heir:
        heir.refresh_from_db()  # its place may just have changed
    return heir


def _assignment_of(old: Assignment, successor: Unit, now: datetime) -> Assignment:
    """The successor's part of the same campaign: the one it has, or one like the old, given with the same letter."""
    known = Assignment.objects.filter(campaign=old.campaign_id, unit=successor).first()
    if known:
        return known
    day = localdate(now)
    version = successor.version_on(day)
    old.dispatch.letter.sent_to.add(successor)
    new = Assignment.objects.create(
        campaign_id=old.campaign_id,
        dispatch=old.dispatch,
        unit=successor,
        parent=old.parent,
        path=f"{old.parent.path if old.parent else ''}{successor.pk}.",
        unit_name=version.name,
        unit_sort_key=version.sort_key,
        unit_kind=version.kind_id,
        must_pass_on=not old.campaign.is_round and UnitVersion.objects.on(day).filter(parent=successor).exists(),
        received_at=now if old.campaign.is_round else None,
    )
    telling.given(old.dispatch, [new], now=now)
    return new


def _hang_under(old: Assignment, above: Assignment | None) -> None:
    """Every branch under `old` goes on under `above`, or under the campaign's owner."""
    begin = above.path if above else ""
    below = Assignment.objects.branch(old).exclude(pk=old.pk)
    keys = list(old.children.values_list("pk", flat=True))
    below.update(path=Concat(Value(begin), Substr(F("path"), len(old.path) + 1)))
    Assignment.objects.filter(pk__in=keys).update(parent=above)
