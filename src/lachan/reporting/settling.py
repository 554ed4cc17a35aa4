"""Figures of branches kept ready: made anew where something has changed, for all changes since the last time at once.

Who reports only leaves a mark (`Unsettled`); who looks, or the worker, settles what is marked. So a figure is never older than the
look at it, and units that report in the same minute do not queue for the row of their province.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.rollup import Row, roll_up
from lachan.reporting.kept import from_json, to_json
from lachan.reporting.models import BranchFigures, Obligation, Unsettled
from lachan.reporting.summing import sums

WHOLE = 0
"""Stands for the whole campaign among the keys of assignments."""
LOCK = 5_230  # the first key of the advisory locks of settling; the second is the campaign's
BELOW = Exists(Assignment.objects.filter(parent=OuterRef("pk")))


def settle(campaign: Campaign) -> int:
    """The kept figures of `campaign` are those of its returns at this moment. Gives how many branches were made anew.

    Waits for a settling that is under way elsewhere. Six queries, whatever has changed; one when nothing has.
    """
    if not Unsettled.objects.filter(campaign=campaign).exists():
        return 0
    with transaction.atomic():
        changed = _taken(campaign)
        touched = _touched(campaign, changed)
        heads = {key: parent for key, parent, below in touched if below}
        own = sums(_at_or_right_below(campaign, heads), _head_of(heads))
        kept = _kept_beside(campaign, heads, touched={key for key, *_rest in touched})
        parents = {WHOLE: None, **heads, **{key: parent for key, (parent, _row) in kept.items()}}
        figures = roll_up(parents, {**own, **{key: row for key, (_parent, row) in kept.items()}})
        gone = BranchFigures.objects.filter(Q(assignment__in=[key for key, *_rest in touched]) | Q(assignment=None))
        gone.filter(campaign=campaign).delete()
        made = [(key, figures[key]) for key in (WHOLE, *heads)]
        BranchFigures.objects.bulk_create(
            BranchFigures(campaign=campaign, assignment_id=key or None, figures=to_json(row)) for key, row in made
        )
    return len(made)


def settle_all() -> int:
    """`settle` for every campaign in which something has changed."""
    changed = Unsettled.objects.values("campaign")
    return sum(settle(campaign) for campaign in Campaign.objects.filter(pk__in=changed))


def _taken(campaign: Campaign) -> set[int]:
    """The assignments marked, their marks taken away. What is marked from now on waits for the next time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, campaign.pk])
        cursor.execute("DELETE FROM reporting_unsettled WHERE campaign_id = %s RETURNING assignment", [campaign.pk])
        return {key for (key,) in cursor.fetchall() if key is not None}


def _touched(campaign: Campaign, changed: Collection[int]) -> list[tuple[int, int, bool]]:
    """Every assignment on the way up from those that changed: its key, its parent's, whether any are below it."""
    paths = campaign.assignments.filter(pk__in=changed).values_list("path", flat=True)
    units = {int(unit) for path in paths for unit in path.split(".") if unit}
    found = campaign.assignments.filter(unit__in=units).annotate(below=BELOW)
    return [(key, parent or WHOLE, below) for key, parent, below in found.values_list("pk", "parent_id", "below")]


def _at_or_right_below(campaign: Campaign, heads: Collection[int]) -> QuerySet[Obligation]:
    """What the heads of branches owe, and those right below them that have nobody below."""
    lowest = ~Exists(Assignment.objects.filter(parent=OuterRef("assignment")))
    right_below = (Q(assignment__parent__in=heads) | Q(assignment__parent=None)) & lowest
    owed = Obligation.objects.filter(assignment__campaign=campaign, excused_at=None)
    return owed.filter(Q(assignment__in=heads) | right_below)


def _head_of(heads: Collection[int]) -> Case:
    own = When(assignment__in=heads, then=F("assignment_id"))
    return Case(own, default=Coalesce(F("assignment__parent_id"), WHOLE))


def _kept_beside(campaign: Campaign, heads: Collection[int], *, touched: Collection[int]) -> dict[int, tuple[int, Row]]:
    """Kept branches right below the heads in which nothing has changed: parent and figures."""
    beside = BranchFigures.objects.filter(campaign=campaign).exclude(assignment=None).exclude(assignment__in=touched)
    below = beside.filter(Q(assignment__parent__in=heads) | Q(assignment__parent=None))
    rows = below.values_list("assignment_id", "assignment__parent_id", "figures")
    return {key: (parent or WHOLE, from_json(figures)) for key, parent, figures in rows}
