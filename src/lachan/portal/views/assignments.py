"""One assignment: what is asked, by when, with what, and how far it has come."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lachan.campaigns import actions
from lachan.orgs.access import StaffRequest
from lachan.portal import inbox as reading
from lachan.portal import work
from lachan.portal.access import Desk, on_assignment, readable
from lachan.portal.history import history
from lachan.portal.standing_shown import parts
from lachan.portal.tasks import links_in, sorted_for
from lachan.portal.unreached import unreached
from lachan.reporting.standing import standing


@require_GET
@on_assignment()
def assignment(request: StaffRequest, desk: Desk) -> HttpResponse:
    """The page of one assignment. That one of its own people looked is noted; a look from above is not."""
    given = desk.assignment
    if desk.is_own:
        actions.open_assignment(given, by=request.user, now=request.now)
    version = given.unit.version_on(localdate(request.now))
    giver = reading.names_of([given.dispatch.unit_id], localdate(request.now))[given.dispatch.unit_id]
    dispatches = list(given.dispatches.select_related("letter", "sent_by").annotate(assigned=Count("assignments")))
    below = standing(given.campaign, now=request.now, top=given)
    line = reading.assignment_line(given, roles=desk.roles, giver=giver, now=request.now)
    tasks = sorted_for(given.campaign.tasks.all(), kinds=[version.kind_id], names=[version.name, version.body_name])
    obligation = work.debt(given)
    report_state, report_word = work.return_state(obligation) if obligation else ("", "")
    context = {
        "desk": desk,
        "given": given,
        "version": version,
        "line": line,
        "others": work.other_steps(given, line.step),
        "obligation": obligation,
        "report_state": report_state,
        "report_word": report_word,
        "tasks": tasks,
        "links": links_in(given.campaign.letter.text),
        "dispatches": dispatches,
        "readable": readable(
            request, [given.dispatch.letter_id, given.campaign.letter_id, *(d.letter_id for d in dispatches)]
        ),
        "below": below,
        "unreached": unreached(dispatches),
        "parts": parts(below),
        "events": history(given, dispatches, giver),
    }
    return render(request, "portal/assignment.html", context)


@require_POST
@on_assignment(to_act=True)
def receive(request: StaffRequest, desk: Desk) -> HttpResponse:
    """Confirm receipt, then go back to where the button stood."""
    actions.receive(desk.assignment, by=request.user, now=request.now)
    messages.success(request, _("Đã xác nhận đơn vị nhận việc “%(name)s”.") % {"name": desk.assignment.campaign.name})
    if request.POST.get("ve") == "hop-viec":
        return redirect("portal:inbox", desk.assignment.unit_id)
    return redirect("portal:assignment", desk.assignment.pk)
