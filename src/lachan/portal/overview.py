"""A campaign at one look: what is stuck, what needs the coordinator, and several campaigns beside one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lachan.campaigns.models import Campaign
from lachan.engine.charts import running_total
from lachan.engine.stuck import Stuck, Why
from lachan.foundation import formats
from lachan.foundation.charts import Panel, SmallCharts
from lachan.portal.inbox import Running, pleas_in_words
from lachan.portal.work import Step
from lachan.reporting.compared import reported_by_day
from lachan.reporting.models import ConsolidatedReport, LockPlea, Obligation
from lachan.reporting.standing import Standing
from lachan.reporting.stuck import Held

NAMED = 3  # units named of those stuck for one reason; the rest stand in the list behind
SMALL_CHARTS = 12
LISTS = {Why.UNOPENED: "mo", Why.HELD: "trien-khai", Why.SILENT: "tra-lai"}


@dataclass(frozen=True)
class Snag:
    """One reason why the campaign does not move, who, and the list behind it."""

    words: str
    who: str
    href: str


def snags(held: Held, *, page: str) -> list[Snag]:
    """By reason, what holds up most units first. `page`: the address of the standing."""
    by_why: dict[Why, list[Stuck]] = {}
    for one in held.stuck:
        by_why.setdefault(one.why, []).append(one)
    found = [
        Snag(_said(why, ones), _who(ones), f"{page}?xem=danh-sach&thieu={LISTS[why]}") for why, ones in by_why.items()
    ]
    if held.without_people:
        words = ngettext(
            "%(count)s đơn vị chưa có cán bộ hay thủ trưởng nào vào được hệ thống",
            "%(count)s đơn vị chưa có cán bộ hay thủ trưởng nào vào được hệ thống",
            held.without_people,
        )
        count = {"count": formats.number(held.without_people)}
        found.append(Snag(words % count, "", f"{page}?xem=danh-sach&thieu=khong-nguoi"))
    return found


def _said(why: Why, ones: Sequence[Stuck]) -> str:
    count, units = len(ones), sum(one.units for one in ones)
    words = {"count": formats.number(count), "units": formats.number(units)}
    if why is Why.UNOPENED:
        return ngettext("%(count)s nhánh chưa ai mở", "%(count)s nhánh chưa ai mở", count) % words
    if why is Why.HELD:
        return (
            ngettext(
                "%(count)s đơn vị chưa triển khai tiếp, %(units)s đơn vị bên dưới đang chờ",
                "%(count)s đơn vị chưa triển khai tiếp, %(units)s đơn vị bên dưới đang chờ",
                count,
            )
            % words
        )
    return (
        ngettext("%(count)s báo cáo bị trả lại mà chưa sửa", "%(count)s báo cáo bị trả lại mà chưa sửa", count) % words
    )


def _who(ones: Sequence[Stuck]) -> str:
    named = [_("%(name)s (%(days)s ngày)") % {"name": one.name, "days": one.days} for one in ones[:NAMED]]
    more = len(ones) - len(named)
    if more:
        named.append(
            ngettext("và %(count)s đơn vị khác", "và %(count)s đơn vị khác", more) % {"count": formats.number(more)}
        )
    return ", ".join(named)


@dataclass(frozen=True)
class Need:
    """Something only the people of the campaign's owner can do, and where they do it."""

    words: str
    step: Step


def needs(campaign: Campaign, total: Standing, *, grants: bool, now: datetime) -> list[Need]:
    """What waits for the owner: returns to accept, doubtful ones, the late, its own report, and for who `grants` exceptions
    those asked for. Three queries at most."""
    arriving = reverse("reporting:arriving", args=[campaign.pk])
    first = Q(state=Obligation.State.APPROVED, assignment__parent=None)
    counts = Obligation.objects.filter(form__campaign=campaign).aggregate(
        waiting=Count("pk", filter=first), empty=Count("pk", filter=first & Q(counted__is_empty=True))
    )
    found = _pleas(campaign) if grants else []
    if counts["waiting"]:
        words = ngettext("%(count)s báo cáo chờ nhận", "%(count)s báo cáo chờ nhận", counts["waiting"])
        found.append(Need(words % {"count": formats.number(counts["waiting"])}, Step(_("Xem và nhận"), arriving)))
    if counts["empty"]:
        words = ngettext(
            "%(count)s báo cáo gửi lên mà toàn số 0 hoặc bỏ trống, nên hỏi lại",
            "%(count)s báo cáo gửi lên mà toàn số 0 hoặc bỏ trống, nên hỏi lại",
            counts["empty"],
        )
        found.append(Need(words % {"count": formats.number(counts["empty"])}, Step(_("Xem báo cáo"), arriving)))
    if total.overdue:
        words = ngettext("%(count)s đơn vị quá hạn báo cáo", "%(count)s đơn vị quá hạn báo cáo", total.overdue)
        overdue = reverse("portal:standing", args=[campaign.pk]) + "?xem=danh-sach&thieu=qua-han"
        found.append(Need(words % {"count": formats.number(total.overdue)}, Step(_("Xem và đôn đốc"), overdue)))
    if _report_is_due(campaign, total, now):
        words = _("Đã hết hạn, cần lập báo cáo tổng hợp")
        if not total.not_reported:
            words = _("Đã đủ báo cáo, lập được báo cáo tổng hợp")
        found.append(Need(words, Step(_("Báo cáo tổng hợp"), reverse("reporting:reports", args=[campaign.pk]))))
    return found


def _pleas(campaign: Campaign) -> list[Need]:
    waiting = LockPlea.objects.waiting().filter(assignment__campaign=campaign).count()
    if not waiting:
        return []
    words = pleas_in_words(waiting)
    return [Need(words, Step(_("Xem và trả lời"), reverse("portal:locks", args=[campaign.pk])))]


def _report_is_due(campaign: Campaign, total: Standing, now: datetime) -> bool:
    """All returns are in, or their time is over, and the owner has not drawn up its report."""
    over = campaign.report_due is not None and campaign.report_due < now
    if not total.owed or (total.not_reported and not over):
        return False
    return not ConsolidatedReport.objects.filter(campaign=campaign, unit=campaign.owner_id).exists()


def beside_one_another(running: Sequence[Running], now: datetime) -> SmallCharts | None:
    """Campaigns on the same scales: the share reported at the end of each day since each began. One query."""
    known = [one for one in running if one.owed and one.campaign.started_at][:SMALL_CHARTS]
    if not known:
        return None
    came = reported_by_day([one.campaign for one in known])
    panels = [_panel(one, came.get(one.campaign.pk, {}), localdate(now)) for one in known]
    return SmallCharts(_("Tỷ lệ đơn vị đã báo cáo từ ngày phát động, cùng một thang đo"), panels, _("hạn"))


def _panel(one: Running, came: Mapping[date, int], today: date) -> Panel:
    first = localdate(one.campaign.started_at or one.campaign.created_at)
    closed = localdate(one.campaign.closed_at) if one.campaign.closed_at else today
    shares = [day.total / one.owed for day in running_total(came, first, max(first, closed))]
    due = (localdate(one.due.at) - first).days if one.due.at else None
    words = _("%(reported)s trên %(owed)s đã báo cáo") % {
        "reported": formats.number(one.reported),
        "owed": formats.number(one.owed),
    }
    if one.counts_down:
        words = f"{words}; {one.due.words}"
    href = reverse("portal:campaign", args=[one.campaign.pk])
    return Panel(one.campaign.name, href, shares, due, formats.percent(one.reported / one.owed, 0), words)
