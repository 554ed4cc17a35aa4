"""The changes of boundaries that come with the package, made one after another on whatever figures there are, and judged."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.campaigns.models import Campaign
from lachan.engine.rollup import Row, total
from lachan.foundation import audit
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs import official
from lachan.orgs.actions import change_boundaries
from lachan.orgs.lineage import heirs_of
from lachan.orgs.models import Level, UnitVersion
from lachan.orgs.official_changes import days, plan_of, provinces_here
from lachan.orgs.undecided import undecided
from lachan.reporting.models import Obligation
from lachan.reporting.todays import Todays, totals_today
from lachan.reporting.totals import totals

Tell = Callable[[str], None]


def replay(*, now: datetime, rehearse: bool = False, tell: Tell = lambda _: None) -> dict[str, Any]:
    """Makes every official change that is not made yet, all or none; gives the report.

    Refused, with nothing changed, where a total of a province or of the whole is not what it was. A rehearsal changes nothing.
    """
    began = time.monotonic()
    with transaction.atomic():
        report = _replay(now, tell)
        if not report["totals_equal"] and not rehearse:
            raise Refused(
                _("Có tổng số không còn bằng trước khi sắp xếp nên không ghi gì. Chạy lại với --rehearse để xem.")
            )
        transaction.set_rollback(rehearse)
    return {**report, "rehearsed": rehearse, "seconds": round(time.monotonic() - began, 1)}


def _replay(now: datetime, tell: Tell) -> dict[str, Any]:
    provinces = provinces_here()
    country = official.read_country(provinces)
    changes = days(country)
    if not changes:
        raise Refused(_("Chưa có đơn vị hành chính nào trong danh mục. Chạy `lachan begin` trước."))
    tell(_("Cộng số liệu trước khi sắp xếp"))
    eve, today = date.fromordinal(changes[0].toordinal() - 1), localdate(now)
    before = _Measured(eve)
    made = []
    for day in changes:
        tell(_("Sắp xếp từ ngày {day}").format(day=day.strftime("%d/%m/%Y")))
        change = change_boundaries(plan_of(country, day, provinces), by=None, now=now, stage=tell)
        made.append({"change": change.pk, "name": change.name, **change.counts})
    tell(_("Cộng số liệu sau khi sắp xếp và so sánh"))
    after = _Measured(today)
    waiting = undecided(today)
    campaigns = [_compared(key, before.figures[key], after.figures[key], today) for key in before.figures]
    return {
        "changes": made,
        "units": {"before": _levels(eve), "after": _levels(today)},
        "waiting": {
            "divided_units": sum(one.is_divided for one in waiting),
            "units_without_heir": sum(not one.is_divided for one in waiting),
            "things": sum(len(one.held) for one in waiting),
        },
        "campaigns": campaigns,
        "totals_equal": all(one["equal"] for one in campaigns),
        "rates_above_100": sum(one["rates_above_100"] for one in campaigns),
        "audit_entries": {"before": before.entries, "after": after.entries, "whole": audit.verify().fault is None},
        "unit_versions": {"before": before.versions, "after": after.versions},
        "open_obligations": {"before": before.owed, "after": after.owed},
    }


def _levels(day: date) -> dict[str, int]:
    return {str(level): UnitVersion.objects.on(day).filter(kind__level=level).count() for level in Level}


class _Measured:
    """What is compared, at one moment: figures of every running campaign in the units of `day`, and as reported."""

    def __init__(self, day: date) -> None:
        self.figures: dict[int, tuple[Row, Todays]] = {}
        for campaign in Campaign.objects.exclude(state=Campaign.State.DRAFT).order_by("pk"):
            told = totals_today(campaign, None, day)
            if told:
                self.figures[campaign.pk] = (totals(campaign, None).whole, told)
        self.entries = AuditEntry.objects.count()
        self.versions = UnitVersion.objects.count()
        self.owed = Obligation.objects.filter(counted=None, excused_at=None).count()


def _compared(key: int, before: tuple[Row, Todays], after: tuple[Row, Todays], today: date) -> dict[str, Any]:
    """Sums of the whole and of each branch (a province), told in the branches of today."""
    expected = _in_todays_branches(before[1], today)
    found = _in_todays_branches(after[1], today)
    wrong = [unit for unit in expected.keys() | found.keys() if _sums(expected.get(unit)) != _sums(found.get(unit))]
    whole = [_sums(row) for row in (before[0], after[0], after[1].totals.whole)]
    rows = (*after[1].totals.rows.values(), *(one.row for one in after[1].former))
    return {
        "campaign": key,
        "equal": not wrong and whole[0] == whole[1] == whole[2],
        "whole": {"before": _first(whole[0]), "after": _first(whole[1]), "in_todays_units": _first(whole[2])},
        "received": {"before": before[0].coverage.received, "after": after[0].coverage.received},
        "branches": {"before": len(before[1].totals.branches), "after": len(after[1].totals.branches)},
        "branches_not_equal": sorted(wrong),
        "rates_above_100": sum(row.coverage.received > row.coverage.expected for row in rows),
    }


def _in_todays_branches(told: Todays, today: date) -> dict[int, Row]:
    """Rows by the branch of today; what has no one heir is kept under 0."""
    fates = heirs_of({unit for unit in told.totals.rows if unit}, today)
    rows: dict[int, list[Row]] = defaultdict(list)
    for unit, row in told.totals.rows.items():
        rows[(fates[unit].sole or 0) if unit else 0].append(row)
    rows[0] += [one.row for one in told.former]
    return {unit: total(some) for unit, some in rows.items()}


def _sums(row: Row | None) -> Mapping[str, Any]:
    """By question: the sum, how many answered, the highest. Nothing where nobody answered."""
    states = row.states if row else {}
    return {key: (one.total, one.answers, one.highest) for key, one in sorted(states.items()) if one.answers}


def _first(sums: Mapping[str, Any]) -> str:
    """All sums added: one number that a report can show."""
    return str(sum(one[0] for one in sums.values()))
