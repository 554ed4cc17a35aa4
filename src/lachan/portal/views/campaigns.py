"""The campaigns a person has to do with, and the owner's page of one."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lachan.campaigns import actions
from lachan.campaigns.models import Assignment, Campaign
from lachan.foundation.charts import DayChart
from lachan.orgs.access import StaffRequest, holds, reach_of, roles_on, signed_in, today, units_of
from lachan.orgs.models import Role
from lachan.portal import access, standing_pictures, work
from lachan.portal import inbox as reading
from lachan.portal.due import Due
from lachan.portal.overview import beside_one_another, needs, snags
from lachan.portal.standing_shown import headline, parts
from lachan.portal.unreached import unreached
from lachan.reporting.access import Branch, sees
from lachan.reporting.days import by_day, moved_since
from lachan.reporting.standing import Standing, standing, standing_by_branch, under
from lachan.reporting.stuck import held_up

STAFF = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
CLOSING = (Role.COORDINATOR, Role.HEAD)
ON_A_PAGE = 30


@require_GET
@holds(*STAFF)
def listed(request: StaffRequest) -> HttpResponse:
    """Campaigns run by the person's units and those below, and those the person's own units were given."""
    reach = reach_of(request.user, today(request), *STAFF)
    own = Campaign.objects.filter(owner__in=reach.values("unit_id")).select_related("letter")
    page = Paginator(own, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = reading.running(list(page), request.now)
    given = (
        Assignment.objects.filter(unit__in=units_of(request.user, *STAFF))
        .select_related("campaign", "dispatch__letter", "obligation")
        .order_by("-dispatch__sent_at", "pk")
    )
    context = {
        "page": page,
        "rows": rows,
        "small": beside_one_another([row for row in rows if row.is_running], request.now),
        "year": today(request).year,
        "given": [_given(one, request.now) for one in given[:ON_A_PAGE]],
    }
    return render(request, "portal/campaigns.html", context)


def _given(assignment: Assignment, now: datetime) -> dict[str, Any]:
    due = work.due_of(assignment, now)
    state, word = work.shown_state(assignment, due)
    return {"given": assignment, "due": due, "state": state, "word": word}


@require_GET
@signed_in
def campaign(request: StaffRequest, campaign: int) -> HttpResponse:
    """The owner's page: the letter, the dates, and how far it has come. Others are led to what their unit was given."""
    found = get_object_or_404(Campaign.objects.select_related("owner", "letter", "regime"), pk=campaign)
    if sees(request.user, Branch(found, None, found.owner), today(request)):
        return render(request, "portal/campaign.html", _page(request, found))
    own = found.assignments.filter(unit__in=units_of(request.user, *STAFF)).order_by("path").first()
    if own is None:
        raise Http404
    return redirect("portal:assignment", own.pk)


def _page(request: StaffRequest, campaign: Campaign) -> dict[str, Any]:
    total = standing(campaign, now=request.now)
    moved = moved_since(under(campaign, None), request.now - timedelta(hours=24))
    page = reverse("portal:standing", args=[campaign.pk])
    roles = roles_on(request.user, campaign.owner, today(request))
    is_running = campaign.state == Campaign.State.RUNNING
    due = Due(campaign.report_due, request.now)
    first = campaign.dispatches.filter(assignment=None).select_related("letter").first()
    return {
        "campaign": campaign,
        "owner": campaign.owner.version_on(localdate(request.now)),
        "due": due,
        "counts_down": is_running and due.at is not None,
        "state_code": work.CAMPAIGN_STATES[Campaign.State(campaign.state)],
        "state_word": capfirst(campaign.get_state_display()),
        "headline": headline(total, moved, page=page),
        **(
            _work(campaign, total, page, request, grants=bool(roles & set(CLOSING)))
            if is_running and roles & set(STAFF)
            else {"snags": [], "needs": []}
        ),
        "chart": _days(campaign, total, request.now) if total.owed and total.not_received < total.assigned else None,
        "parts": parts(total),
        "tasks": campaign.tasks.all(),
        "left_out": campaign.addressees.exclude(left_out_because=""),
        "own_letter": first.letter if first and first.letter_id != campaign.letter_id else None,
        "unreached": unreached([first]) if first else [],
        "is_draft": campaign.state == Campaign.State.DRAFT,
        "keeps_form": bool(roles & set(STAFF)) and hasattr(campaign, "form"),
        "may_prescribe": bool(roles & set(CLOSING)) and hasattr(campaign, "form"),
        "may_close": is_running and bool(roles & set(CLOSING)),
    }


def _days(campaign: Campaign, total: Standing, now: datetime) -> DayChart:
    began = campaign.started_at or campaign.created_at
    return standing_pictures.days(by_day(under(campaign, None)), total, began=began, due=campaign.report_due, now=now)


def _work(campaign: Campaign, total: Standing, page: str, request: StaffRequest, *, grants: bool) -> dict[str, Any]:
    """For those who run it: what is stuck, and what waits for them."""
    rows = standing_by_branch(campaign, now=request.now)
    held = held_up(campaign, rows, day=today(request), now=request.now)
    return {"snags": snags(held, page=page), "needs": needs(campaign, total, grants=grants, now=request.now)}


@require_POST
@holds(*CLOSING, on=access.owner)
def close(request: StaffRequest, campaign: int) -> HttpResponse:
    """End the campaign."""
    closed = actions.close(get_object_or_404(Campaign, pk=campaign), by=request.user, now=request.now)
    messages.success(request, _("Đã kết thúc chiến dịch “%(name)s”.") % {"name": closed.name})
    return redirect("portal:campaign", campaign)
