"""What a unit owes in a year, month by month, and the calendar of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from lachan.campaigns.models import Campaign
from lachan.foundation.http import Request
from lachan.orgs.access import StaffRequest, holds, public, today
from lachan.orgs.models import Role, Unit
from lachan.portal.due import Due
from lachan.portal.inbox import names_of
from lachan.portal.views.years import FIRST_YEAR, LAST_YEAR
from lachan.portal.work import SENT, report_state
from lachan.reporting.actions import calendar as actions
from lachan.reporting.calendar_feed import READERS, calendar, person_of, token_of, units_read_by
from lachan.reporting.models import CalendarAddress
from lachan.reporting.owed import Owed, owed_in

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Line:
    """One report as the page shows it."""

    owed: Owed
    due: Due

    @property
    def href(self) -> str:
        return self.owed.obligation.get_absolute_url() if self.owed.obligation else ""

    @property
    def is_sent(self) -> bool:
        return self.owed.obligation is not None and self.owed.obligation.state in SENT

    @property
    def is_over(self) -> bool:
        """Its campaign has ended: what was not sent is waited for no more."""
        given = self.owed.obligation
        return given is not None and given.form.campaign.state == Campaign.State.CLOSED and not self.is_sent

    @property
    def is_late(self) -> bool:
        return self.owed.obligation is not None and self.due.is_late and not self.is_sent and not self.is_over

    @property
    def counts_down(self) -> bool:
        return self.due.is_soon and not self.is_sent and not self.is_over

    @property
    def state(self) -> tuple[str, StrOrPromise]:
        if self.owed.obligation is None:
            return "not_started", _("Chưa đến kỳ giao")
        if self.is_over:
            return "inactive", _("Đã kết thúc, chưa gửi")
        return report_state(self.owed.obligation, self.due)


@require_GET
@holds(Role.COORDINATOR, Role.OFFICER, Role.HEAD, on="unit")
def year(request: StaffRequest, unit: Unit, year: int) -> HttpResponse:
    """Every report the unit owes in the year, by the month it is due in."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    lines = [Line(one, Due(one.due_at, request.now)) for one in owed_in([unit.pk], year)]
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "year": year,
        "this_month": today(request).month if today(request).year == year else 0,
        "months": [(month, list(due)) for month, due in groupby(lines, key=lambda line: line.owed.due_on.month)],
        "count": len(lines),
        "sent": sum(line.is_sent for line in lines),
        "late": sum(line.is_late for line in lines),
        **_calendar(request),
    }
    return render(request, "portal/owed.html", context)


def _calendar(request: StaffRequest) -> dict[str, object]:
    """The person's own calendar address, for those who report for a unit."""
    address = CalendarAddress.objects.filter(person=request.user, in_use=True).first()
    href = reverse("portal:calendar", args=[token_of(address)]) if address else ""
    return {
        "may_have_calendar": bool(units_read_by(request.user)),
        "address": f"{settings.SITE_URL}{href}" if href else "",
    }


@require_POST
@holds(*READERS)
def renew_calendar(request: StaffRequest) -> HttpResponse:
    """A new secret address of one's calendar."""
    actions.renew_address(request.user, now=request.now)
    return _back(request)


@require_POST
@holds(*READERS)
def give_up_calendar(request: StaffRequest) -> HttpResponse:
    """No address any more."""
    actions.give_up_address(request.user, now=request.now)
    return _back(request)


def _back(request: StaffRequest) -> HttpResponse:
    """To the year of the person's first unit, where the address stands."""
    unit = request.POST.get("unit", "")
    known = units_read_by(request.user)
    wanted = int(unit) if unit.isdecimal() and int(unit) in known else known[0]
    return redirect(reverse("portal:owed", args=[wanted, today(request).year]) + "#lich")


@require_safe
@public
def calendar_file(request: Request, token: str) -> HttpResponse:
    """The reports of this year and the next, for whoever has the secret address."""
    person = person_of(token)
    if person is None:
        raise Http404
    units, day = units_read_by(person), today(request)
    owed = [one for year in (day.year, day.year + 1) for one in owed_in(units, year)]
    file = calendar(owed, names_of(units, day), now=request.now)
    headers = {"Content-Disposition": 'inline; filename="bao-cao.ics"', "Cache-Control": "private, max-age=3600"}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)
