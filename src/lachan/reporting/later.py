"""What has changed since a consolidated report was issued. The report stays as it was sent; this says what it does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BigIntegerField, Func, QuerySet
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from lachan.campaigns.models import Assignment
from lachan.engine.comparison import Change, change
from lachan.reporting.changed import Changed, changes_in, questions_of, told
from lachan.reporting.models import ConsolidatedReport, Return
from lachan.reporting.snapshot import Indicator, Snapshot, number
from lachan.reporting.totals import Figure, Totals, figure, owed_in, totals

SHOWN = 50
"""Returns listed on the page; the others are counted."""


@dataclass(frozen=True)
class Moved:
    """An indicator whose figure is no longer what the report says."""

    indicator: Indicator
    was: Figure
    now: Figure

    @property
    def change(self) -> Change:
        return change(self.was, self.now)


@dataclass(frozen=True)
class Later:
    """What has changed since: figures, the returns behind them that were changed after they counted, and those that are new."""

    moved: Sequence[Moved]
    changes: Sequence[Changed]  # the newest `SHOWN`
    changes_count: int
    came: Sequence[Return]  # the first `SHOWN`
    came_count: int

    def __bool__(self) -> bool:
        return bool(self.moved or self.changes_count or self.came_count)


def since(report: ConsolidatedReport, top: Assignment | None, snapshot: Snapshot) -> Later:
    """The report's part of the campaign now, beside what was frozen."""
    live = totals(report.campaign, top)
    changes = changes_in(report.campaign, top).filter(at__gt=report.made_at)
    now = owed_in(report.campaign, top).exclude(counted=None).order_by("assignment__unit_sort_key", "counted")
    came = now.exclude(counted__in=_frozen(report)).exclude(counted__in=changes.order_by().values("version"))
    told_of = told(changes[:SHOWN], questions_of(report.campaign))
    new = Return.objects.filter(pk__in=came.values("counted")[:SHOWN]).select_related("obligation__assignment")
    return Later(
        _moved(live, snapshot),
        told_of,
        changes.count(),
        list(new.order_by("obligation__assignment__unit_sort_key", "pk")),
        came.count(),
    )


def _frozen(report: ConsolidatedReport) -> QuerySet[ConsolidatedReport, int]:
    """The versions that the report counted, read by the database out of the figures: ten thousand of a province."""
    each = Func(KeyTransform("versions", "figures"), function="jsonb_array_elements_text")
    version = Cast(each, BigIntegerField())
    return ConsolidatedReport.objects.filter(pk=report.pk).order_by().values_list(version, flat=True)


def _moved(live: Totals, snapshot: Snapshot) -> list[Moved]:
    by_key = {question.key: question for question in live.questions}
    pairs = (
        (one, number(one.value), _rounded(figure(live.whole, by_key[one.key])))
        for one in snapshot.indicators
        if one.key in by_key
    )
    return [Moved(one, was, now) for one, was, now in pairs if was != now]


def _rounded(value: Figure) -> Figure:
    """As the snapshot keeps it: means to four digits."""
    return round(value, 4) if isinstance(value, Decimal) and value % 1 else value
