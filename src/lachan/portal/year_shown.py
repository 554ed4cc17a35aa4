"""A year of campaigns as a strip over the months, and as a table of branches by campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.campaigns.models import Campaign
from lachan.engine.rates import Tally
from lachan.foundation import formats
from lachan.foundation.charts import Run, YearChart
from lachan.portal.inbox import Running
from lachan.portal.rates_shown import rate_words
from lachan.reporting.compared import Branches
from lachan.reporting.rates_reported import HOW


def span(campaign: Campaign, today: date) -> tuple[date, date]:
    """From the day it started to the day it was closed; while it runs, to its last day known or to today."""
    first = localdate(campaign.started_at or campaign.created_at)
    if campaign.closed_at:
        return first, max(first, localdate(campaign.closed_at))
    due = localdate(campaign.report_due) if campaign.report_due else today
    return first, max(first, due, campaign.ends_on or due, today)


def ran_in(campaign: Campaign, year: int, today: date) -> bool:
    first, last = span(campaign, today)
    return first.year <= year <= last.year


def chart(campaigns: Sequence[Running], *, year: int, now: datetime) -> YearChart:
    """The strip."""
    today = localdate(now)
    runs = [_run(one, today) for one in campaigns]
    going = sum(one.is_running for one in campaigns)
    count = {"count": formats.number(len(runs)), "going": formats.number(going), "year": year}
    finding = ngettext(
        "Năm %(year)s có %(count)s chiến dịch, %(going)s đang triển khai.",
        "Năm %(year)s có %(count)s chiến dịch, %(going)s đang triển khai.",
        len(runs),
    )
    return YearChart(finding % count, year, today, runs, _("T"))


def _run(one: Running, today: date) -> Run:
    first, last = span(one.campaign, today)
    due = localdate(one.due.at) if one.due.at else None
    words = _("không phải báo cáo")
    if one.owed:
        words = _("%(reported)s trên %(owed)s đã báo cáo") % {
            "reported": formats.number(one.reported),
            "owed": formats.number(one.owed),
        }
    dates = _("%(first)s đến %(last)s") % {"first": formats.day(first), "last": formats.day(last)}
    if due:
        dates = f"{dates}; {_('hạn %(day)s') % {'day': formats.day(due)}}"
    share = one.reported / one.owed if one.owed else 0
    href = reverse("portal:campaign", args=[one.campaign.pk])
    return Run(one.campaign.name, href, first, last, due, share, words, dates)


@dataclass(frozen=True)
class BranchRow:
    """One branch: its share in each campaign, in words, with the branch's own page; nothing where it was not given the campaign."""

    name: str
    cells: Sequence[tuple[str | None, str]]


def rows(units: Iterable[int], campaigns: Sequence[Campaign], known: Branches) -> list[BranchRow]:
    """A row for each of `units`, a cell for each of `campaigns`."""
    found = []
    for unit in units:
        cells: list[tuple[str | None, str]] = []
        for campaign in campaigns:
            score = known.scores[unit].get(campaign.pk)
            head = known.heads.get((unit, campaign.pk))
            if score is None or head is None:
                cells.append((None, ""))
                continue
            href = reverse("portal:standing", args=[campaign.pk]) + f"?xem=danh-sach&nhanh={head}"
            cells.append((_("chưa đến hạn") if score.share is None else formats.percent(score.share, 0), href))
        found.append(BranchRow(known.names[unit], cells))
    return found


def rates(campaigns: Iterable[Campaign], known: Mapping[int, Tally]) -> list[tuple[str, str, Sequence[str]]]:
    """Name, address and what stands under each of `HOW`, for campaigns that asked for returns."""
    return [
        (one.name, reverse("portal:standing", args=[one.pk]) + "?xem=ty-le", _five(known[one.pk]))
        for one in campaigns
        if one.pk in known
    ]


def _five(tally: Tally) -> Sequence[str]:
    shares = (tally.rate, tally.rate_on_time, tally.rate_filled, tally.rate_valid)
    owed = tally.not_due if tally.is_not_due else tally.expected
    return [formats.number(owed), *(rate_words(share, tally) for share in shares)]


def explained() -> list[tuple[str, str]]:
    """The five as the consolidated report words them."""
    return [(_(word), _(how)) for word, how in HOW]
