"""Where a campaign stands, as pictures: bars by branch, lines over days."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lachan.engine.charts import running_total
from lachan.foundation import formats
from lachan.foundation.charts import Bar, BarChart, DayChart, DayLine, DayMark, Piece
from lachan.foundation.charts.looks import Look
from lachan.portal.standing_filters import Filters
from lachan.portal.standing_shown import list_address
from lachan.reporting.days import Days
from lachan.reporting.standing import Standing

Known = tuple[
    Look, str | Promise, str, str
]  # look, word, the number of `Standing`, the state its list has in the address

OF_RETURNS: tuple[Known, ...] = (
    ("done", gettext_lazy("Báo cáo đúng hạn"), "on_time", "dung-han"),
    ("late", gettext_lazy("Báo cáo trễ hạn"), "late", "tre-han"),
    ("waiting", gettext_lazy("Chưa báo cáo, còn hạn"), "waiting", "con-han"),
    ("overdue", gettext_lazy("Quá hạn"), "overdue", "qua-han"),
)
ORDERS = {
    "cham": gettext_lazy("Chậm nhất trước"),
    "ten": gettext_lazy("Theo tên"),
    "lon": gettext_lazy("Nhiều đơn vị trước"),
}
WORST, BY_NAME, LARGEST = ORDERS


def pieces(row: Standing, *, page: str, filters: Filters) -> list[Piece]:
    """The four states of the returns of one branch, or of all."""
    found = []
    for look, word, name, state in OF_RETURNS:
        count: int = getattr(row, name)
        href = list_address(page, filters, state, row.assignment) if count else ""
        found.append(Piece(look, word, count, href))
    return found


def in_order(rows: Sequence[Standing], order: str) -> list[Standing]:
    """The branches by name (as they come), the largest first, or the worst first: most overdue, then most still missing."""
    if order == BY_NAME:
        return list(rows)
    if order == LARGEST:
        return sorted(rows, key=lambda row: -row.assigned)
    return sorted(rows, key=lambda row: (-row.overdue, -row.not_reported, -row.owed))


def bars(
    rows: Page[Standing], every: Sequence[Standing], total: Standing, *, at: tuple[str, Filters, dict[int, str]]
) -> BarChart:
    """`rows`: those on this page; `at`: the page's address, its filters, and the branches' own pages by assignment."""
    page, filters, deeper = at
    shown, alone = [], []
    for row in rows:
        if row.assigned == 1:
            look: Look = next((look for look, _word, name, _state in OF_RETURNS if getattr(row, name)), "off")
            alone.append((look, row.name, reverse("portal:assignment", args=[row.assignment])))
            continue
        found = pieces(row, page=page, filters=filters)
        words = {"reported": formats.number(row.reported), "owed": formats.number(row.owed)}
        said = _("%(reported)s trên %(owed)s đã báo cáo") % words if row.owed else _("không phải báo cáo")
        late = Piece("overdue", _("quá hạn"), row.overdue, found[-1].href)
        shown.append(Bar(row.name, found, said, deeper.get(row.assignment or 0, ""), late))
    longest = max((row.owed for row in every), default=0)
    whole = pieces(total, page=page, filters=filters)
    return BarChart(finding(every, total), shown, whole, longest, alone, _("Đơn vị không có đơn vị bên dưới"))


def finding(rows: Sequence[Standing], total: Standing) -> str:
    """What the bars show, in a sentence."""
    whole = {"reported": formats.number(total.reported), "owed": formats.number(total.owed)}
    if not total.owed:
        return _("Không đơn vị nào ở đây phải báo cáo.")
    if not total.not_reported:
        return _("Cả %(owed)s đơn vị phải báo cáo đều đã báo cáo.") % whole
    worst, *others = in_order(rows, WORST) or [total]
    if total.overdue:
        whole["overdue"] = formats.number(total.overdue)
        if any(one.overdue >= worst.overdue for one in others):
            return _("%(reported)s trên %(owed)s đơn vị đã báo cáo; %(overdue)s quá hạn.") % whole
        words = {**whole, "name": worst.name, "most": formats.number(worst.overdue)}
        return (
            _("%(reported)s trên %(owed)s đơn vị đã báo cáo; %(overdue)s quá hạn, nhiều nhất ở %(name)s (%(most)s).")
            % words
        )
    if any(one.not_reported >= worst.not_reported for one in others):
        return _("%(reported)s trên %(owed)s đơn vị đã báo cáo, chưa đơn vị nào quá hạn.") % whole
    words = {**whole, "name": worst.name, "most": formats.number(worst.not_reported)}
    return (
        _(
            "%(reported)s trên %(owed)s đơn vị đã báo cáo, chưa đơn vị nào quá hạn; còn nhiều nhất ở %(name)s (%(most)s)."
        )
        % words
    )


def days(known: Days, total: Standing, *, began: datetime, due: datetime | None, now: datetime) -> DayChart:
    """Running totals from the day it began to today, against the number owed and the due date."""
    first, today = localdate(began), localdate(now)
    due_on = localdate(due) if due else None
    last = max(today, due_on or today) + timedelta(days=1)
    until = max(today, first)
    lines = [
        DayLine(_("Đã báo cáo"), running_total(known.reported, first, until), "main"),
        DayLine(_("Đã xác nhận"), running_total(known.received, first, until), "second"),
        DayLine(_("Đã triển khai tiếp"), running_total(known.passed_on, first, until), "third"),
    ]
    marks = [DayMark(_("Hôm nay %(day)s") % {"day": _short(today)}, today, "today")]
    if due_on and due_on >= first:
        marks.append(DayMark(_("Hạn báo cáo %(day)s") % {"day": _short(due_on)}, due_on, "due"))
    ceiling = max(total.owed, *(line.end.total for line in lines))
    return DayChart(
        _pace(known, total, today, due_on),
        lines,
        marks,
        first,
        max(last, until),
        total.owed or ceiling,
        _("Phải báo cáo"),
    )


def _pace(known: Days, total: Standing, today: date, due: date | None) -> str:
    """How it goes: what came in the last seven days, and what is still missing."""
    week = sum(count for day, count in known.reported.items() if today - timedelta(days=7) < day <= today)
    words = {"week": formats.number(week), "missing": formats.number(total.not_reported)}
    if not total.not_reported:
        return _("Đã nhận đủ báo cáo.")
    if not total.reported:
        return _("Chưa có báo cáo nào; còn thiếu %(missing)s.") % words
    if due and due >= today:
        left = (due - today).days
        return ngettext(
            "Bảy ngày qua có thêm %(week)s báo cáo; còn thiếu %(missing)s, còn %(days)s ngày đến hạn.",
            "Bảy ngày qua có thêm %(week)s báo cáo; còn thiếu %(missing)s, còn %(days)s ngày đến hạn.",
            left,
        ) % {**words, "days": left}
    return _("Bảy ngày qua có thêm %(week)s báo cáo; còn thiếu %(missing)s.") % words


@dataclass(frozen=True)
class DayRow:
    """One line of the table behind the picture."""

    day: date
    counts: list[int]


def day_table(chart: DayChart) -> list[DayRow]:
    """The totals of every day on which something changed, and of the first and the last, the newest first."""
    rows = [
        DayRow(days[0].day, [day.total for day in days])
        for days in zip(*(line.days for line in chart.lines), strict=True)
    ]
    changed = [row for before, row in itertools.pairwise(rows) if row.counts != before.counts or row is rows[-1]]
    return [*reversed(changed), *rows[:1]]


def _short(day: date) -> str:
    return f"{day:%d/%m}"
