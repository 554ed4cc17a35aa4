"""Figures of branches kept ready: made anew where something has changed, for all changes since the last time at once.

Who reports only leaves a mark (`Unsettled`); who looks, or the worker, settles what is marked. So a figure is never older than the
look at it, and units that report in the same minute do not queue for the row of their province.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Case, F, Max, Q, QuerySet, When
from django.db.models.functions import Coalesce

from lachan.campaigns.models import Assignment, Campaign
from lachan.reporting.models import BranchFigures, Obligation, Unsettled
from lachan.reporting.summing import MERGED, added_up

WHOLE = 0
"""Stands for the whole campaign among the keys of assignments."""
LOCK = 5_230  # the first key of the advisory locks of settling; the second is the campaign's


def with_below(assignments: QuerySet[Assignment]) -> set[int]:
    """The keys of those of `assignments` below which others stand. One query.

    A join, and not EXISTS: that is asked of each, and where few stand above many the database looks through the whole campaign
    for each that has nothing below it.
    """
    above = assignments.order_by().filter(children__isnull=False)
    return set(above.values_list("pk", flat=True).distinct())


def settle(campaign: Campaign) -> int:
    """The kept figures of `campaign` are those of its returns at this moment. Gives how many branches were made anew.

    Of many who look at once one settles for all. The queries are as many as the tree has levels, whatever has changed, and what
    they read is what stands right below the branches that changed; one query when nothing has.
    """
    seen = Unsettled.objects.filter(campaign=campaign).aggregate(last=Max("pk"))["last"]
    if seen is None:
        return 0
    with transaction.atomic():
        changed = _taken(campaign, seen)
        if not changed:
            return 0
        touched = _touched(campaign, [key for key in changed if key is not None])
        gone = BranchFigures.objects.filter(Q(assignment__in=[one.key for one in touched]) | Q(assignment=None))
        gone.filter(campaign=campaign).delete()
        levels: dict[int, list[int]] = defaultdict(list, {0: [WHOLE]})
        for one in touched:
            if one.below:
                levels[one.depth].append(one.key)
        for depth in sorted(levels, reverse=True):
            _make(campaign, levels[depth])
    return sum(map(len, levels.values()))


def settle_all() -> int:
    """`settle` for every campaign in which something has changed."""
    changed = Unsettled.objects.values("campaign")
    return sum(settle(campaign) for campaign in Campaign.objects.filter(pk__in=changed))


def _taken(campaign: Campaign, seen: int) -> set[int | None]:
    """The assignments marked, their marks taken away; none where somebody else has settled all that was `seen`.

    What is marked from now on waits for the next time.
    """
    marks = Unsettled.objects.filter(campaign=campaign)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, campaign.pk])
        if not marks.filter(pk__lte=seen).exists():
            return set()
        cursor.execute("DELETE FROM reporting_unsettled WHERE campaign_id = %s RETURNING assignment", [campaign.pk])
        return {key for (key,) in cursor.fetchall()}


@dataclass(frozen=True)
class _Touched:
    """An assignment on the way up from one that changed."""

    key: int
    depth: int
    below: bool  # whether any are below it


def _touched(campaign: Campaign, changed: Collection[int]) -> list[_Touched]:
    paths = campaign.assignments.filter(pk__in=changed).values_list("path", flat=True)
    units = {int(unit) for path in paths for unit in path.split(".") if unit}
    found = campaign.assignments.filter(unit__in=units)
    heads = with_below(found)
    return [_Touched(key, path.count("."), key in heads) for key, path in found.values_list("pk", "path")]


def _make(campaign: Campaign, heads: Sequence[int]) -> None:
    """The figures of branches of one level, of the returns of their heads and of those right below, and of branches below."""
    right_below = Q(parent=None) if heads == [WHOLE] else Q(parent__in=heads)
    below = campaign.assignments.filter(right_below).order_by()
    branches = with_below(below)
    lowest = [key for key in below.values_list("pk", flat=True) if key not in branches]
    owed = Obligation.objects.filter(assignment__in=[*heads, *lowest], excused_at=None)
    own, of_own = added_up(owed, _head_of(heads))
    names = ", ".join(MERGED)
    merged = ", ".join(f"{how.format(name)} AS {name}" for name, how in MERGED.items())
    gathered = ", ".join(f"array_agg({name})" for name in ("question", *MERGED))  # all in one order, whichever it is
    arrays = ", ".join(f"kept.{name}" for name in ("questions", *MERGED))
    query = f"""
        INSERT INTO reporting_branchfigures (campaign_id, assignment_id, questions, {names})
        SELECT %s, nullif(key, {WHOLE}), {gathered}
        FROM (SELECT key, question, {merged}
              FROM ({own} UNION ALL
                    SELECT coalesce(a.parent_id, {WHOLE}), each.* FROM reporting_branchfigures kept
                    JOIN campaigns_assignment a ON a.id = kept.assignment_id
                    CROSS JOIN LATERAL unnest({arrays}) AS each
                    WHERE kept.campaign_id = %s AND kept.assignment_id = ANY(%s)) AS parts
              GROUP BY key, question) AS merged
        GROUP BY key"""  # noqa: S608 - names of our own; values are parameters
    with connection.cursor() as cursor:
        cursor.execute(query, [campaign.pk, *of_own, campaign.pk, list(branches)])


def _head_of(heads: Sequence[int]) -> Case:
    """The head of the branch that an obligation counts in: its own assignment, or the one above it."""
    own = When(assignment__in=heads, then=F("assignment_id"))
    return Case(own, default=Coalesce(F("assignment__parent_id"), WHOLE))
