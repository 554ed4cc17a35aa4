"""The inbox of a unit."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Role, Unit
from lachan.portal import inbox as reading
from lachan.portal.inbox import Urgency
from lachan.portal.overview import beside_one_another
from lachan.reporting.past import waiting
from lachan.reporting.sharing import parts_given_to

ON_A_PAGE = 40
LETTERS_SHOWN = 5


@require_GET
@holds(Role.COORDINATOR, Role.OFFICER, Role.HEAD, on="unit")
def inbox(request: StaffRequest, unit: Unit) -> HttpResponse:
    """What the unit has to do; for those who run campaigns also how far these are, and the letters waiting."""
    desk = reading.desk(unit, request.user, request.now)
    lines = reading.lines(desk, request.now)
    wanted = request.GET.get("loc", "")
    shown = [line for line in lines if line.urgency == wanted or (not wanted and line.urgency is not Urgency.DONE)]
    running = reading.running(desk.campaigns, request.now)
    context = {
        "unit": unit,
        "desk": desk,
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "shows_to_do": not wanted,
        "to_do": sum(line.urgency is not Urgency.DONE for line in lines),
        "tabs": reading.tabs(lines, wanted),
        "running": running,
        "small": beside_one_another(running, request.now),
        "waiting": waiting(unit) if Role.HEAD in desk.roles else [],
        "parts": parts_given_to(request.user),
        "year": today(request).year,
        "letters": reading.letters_waiting(desk)[:LETTERS_SHOWN],
    }
    return render(request, "portal/inbox.html", context)
