"""The returns of a campaign or a branch that are worth a second look, for its coordinator."""

from typing import cast

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lachan.orgs.access import StaffRequest, today
from lachan.reporting.access import Branch, on_branch
from lachan.reporting.doubts import Told, aside_in, not_looked_at, of_branch, refresh, told
from lachan.reporting.lists import Tab
from lachan.reporting.models import SecondLook

PER_PAGE = 40
ASIDE = "da-bo-qua"


@require_GET
@on_branch()
def listed(request: StaffRequest, branch: Branch) -> HttpResponse:
    """Those with anything not set aside; or what was set aside, by whom and why."""
    refresh(branch.campaign, now=request.now)
    open_ones = of_branch(branch.campaign, branch.top).filter(open__gt=0)
    aside = aside_in(branch.campaign, branch.top)
    chosen = request.GET.get("loc") == ASIDE
    page = Paginator(aside if chosen else open_ones, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "branch": branch,
        "own": branch.unit.version_on(today(request)),
        "tabs": [
            Tab(_("Nên xem lại"), "?", open_ones.count(), not chosen),
            Tab(_("Đã bỏ qua"), f"?loc={ASIDE}", aside.count(), chosen),
        ],
        "chosen": chosen,
        "page": page,
        "rows": [] if chosen else _rows(cast("Page[SecondLook]", page), branch),
        "still": not_looked_at(branch.campaign),
    }
    return render(request, "reporting/doubts.html", context)


def _rows(page: Page[SecondLook], branch: Branch) -> list[tuple[SecondLook, list[Told]]]:
    """Each with what was not set aside."""
    looks = list(page)
    lines = told(looks, branch.campaign)
    return [(one, [line for line in lines[one.version_id] if not line.aside]) for one in looks]
