"""The inbox of a unit."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lachan.campaigns.models import Campaign
from lachan.orgs.access import StaffRequest, holds, roles_on, today
from lachan.orgs.models import Role, Unit, UnitVersion
from lachan.portal import inbox as reading
from lachan.portal.access import own_roles
from lachan.portal.inbox import Urgency

ON_A_PAGE = 40
LETTERS_SHOWN = 5


@require_GET
@holds(Role.COORDINATOR, Role.OFFICER, Role.HEAD, on="unit")
def inbox(request: StaffRequest, unit: Unit) -> HttpResponse:
    """What the unit has to do; for a coordinator also the letters waiting and the campaigns running."""
    version = unit.version_on(today(request))
    inside = UnitVersion.objects.on(today(request)).at_or_below(version).values("unit_id")
    coordinates = Role.COORDINATOR in roles_on(request.user, unit, today(request))
    mine = own_roles(request.user, unit)
    campaigns: list[Campaign] = []
    if coordinates or mine:
        owners = inside if coordinates else [unit]
        campaigns = list(Campaign.objects.filter(owner__in=owners, state=Campaign.State.RUNNING))
    lines = reading.lines(unit, roles=mine, owned=campaigns, now=request.now)
    counts = Counter(line.urgency for line in lines)
    wanted = request.GET.get("loc", "")
    shown = [line for line in lines if line.urgency == wanted or (not wanted and line.urgency is not Urgency.DONE)]
    context = {
        "unit": unit,
        "version": version,
        "looks_only": not (mine or coordinates),
        "coordinates": coordinates,
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "shows_to_do": not wanted,
        "tabs": [
            {"word": word, "href": f"?loc={urgency}", "current": wanted == urgency, "count": counts[urgency]}
            for urgency, word in reading.SHOWN.items()
        ],
        "to_do": len(lines) - counts[Urgency.DONE],
        "running": reading.running(campaigns, request.now),
        "letters": reading.letters_waiting(inside)[:LETTERS_SHOWN] if coordinates else [],
    }
    return render(request, "portal/inbox.html", context)
