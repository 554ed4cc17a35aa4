"""The page of one unit: who, where, what it owes, what it did."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from lachan.orgs.access import StaffRequest, grantable, holds, roles_on, today
from lachan.orgs.models import Unit
from lachan.orgs.shown import unit_page
from lachan.portal.unit_page import work_of


@require_GET
@holds()
def unit(request: StaffRequest, unit: int) -> HttpResponse:
    """Name, place and contacts are public facts; people and work are shown to those who hold a role on the unit or above it."""
    found = get_object_or_404(Unit, pk=unit)
    held = roles_on(request.user, found, today(request))
    context = {
        "page": unit_page(found, today(request), with_people=bool(held)),
        "may_end": [role.value for role in grantable(held)],
        "work": work_of(found, request.user, request.now) if held else None,
    }
    return render(request, "portal/unit.html", context)
