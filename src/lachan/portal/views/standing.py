"""Who has not opened, not received, not passed on, not reported: by branch, and unit by unit."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from lachan.campaigns.models import Assignment
from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest
from lachan.portal import standing_shown as shown
from lachan.portal.due import Due
from lachan.portal.work import report_state
from lachan.reporting import standing as reading
from lachan.reporting.access import Branch, on_branch, sees

ON_A_PAGE = 50
AT_MOST = 5000  # on one page, to be printed


@require_GET
@on_branch()
def standing(request: StaffRequest, branch: Branch) -> HttpResponse:
    """The table by branch; with `thieu` or a search in the address, the units behind one of its numbers."""
    if "thieu" in request.GET or request.GET.get("q"):
        return _units(request, branch)
    campaign, top = branch.campaign, branch.top
    here = _address(branch)
    rows = reading.standing_by_branch(campaign, now=request.now, top=top)
    total = reading.standing(campaign, now=request.now, top=top)
    context = _context(request, branch) | {
        "total": total,
        "parts": shown.parts(total),
        "rows": [shown.row(one, page=here, branch=one.assignment, href=_deeper(branch, one)) for one in rows],
        "sum": shown.row(total, page=here, branch=None),
    }
    return render(request, "portal/standing.html", context)


def _units(request: StaffRequest, branch: Branch) -> HttpResponse:
    inside = reading.under(branch.campaign, branch.top)
    asked = request.GET.get("nhanh", "")
    branch_key = key_in(asked)
    within = get_object_or_404(inside, pk=branch_key) if branch_key is not None else None
    key, searched = request.GET.get("thieu", "tat-ca"), request.GET.get("q", "")
    found = shown.units_missing(shown.inside_branch(inside, within), key, now=request.now, searched=searched)
    size = AT_MOST if "in" in request.GET else ON_A_PAGE
    page = Paginator(found, size).get_page(request.GET.get("page"))
    context = _context(request, branch) | {
        "listing": True,
        "within": within,
        "branch": asked,
        "key": key,
        "word": next((one.word for one in shown.FILTERS if one.key == key), shown.FILTERS[0].word),
        "tabs": shown.tabs(key, branch=asked, searched=searched),
        "searched": searched,
        "page": page,
        "units": [_unit(one, request) for one in page],
    }
    return render(request, "portal/standing_units.html", context)


def _unit(one: Assignment, request: StaffRequest) -> dict[str, Any]:
    obligation = getattr(one, "obligation", None)
    due = Due(obligation.due_at if obligation else None, request.now)
    state, word = report_state(obligation, due) if obligation else ("", "")
    return {"given": one, "due": due, "state": state, "word": word}


def _context(request: StaffRequest, branch: Branch) -> dict[str, Any]:
    """What both pages say of where they are: the campaign, the branch, and the way up as far as this person may go."""
    above = []
    if branch.top:
        keys = [int(key) for key in branch.top.path.split(".")[:-2]]
        above = list(Assignment.objects.filter(campaign=branch.campaign, unit__in=keys).order_by("path"))
    owners = Branch(branch.campaign, None, branch.campaign.owner)
    return {
        "listing": False,
        "campaign": branch.campaign,
        "top": branch.top,
        "here": _address(branch),
        "above": above,
        "sees_all": sees(request.user, owners, localdate(request.now)),
    }


def _address(branch: Branch) -> str:
    return reverse("portal:standing", args=[branch.campaign.pk, *([branch.top.pk] if branch.top else [])])


def _deeper(branch: Branch, row: reading.Standing) -> str:
    return reverse("portal:standing", args=[branch.campaign.pk, row.assignment]) if row.assigned > 1 else ""
