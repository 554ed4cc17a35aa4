"""Somebody leaves a unit: what they hold, to whom it goes, and what it means for the unit."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lachan.accounts import actions
from lachan.accounts.forms import LeavingForm
from lachan.accounts.held import held_by
from lachan.orgs.access import GRANTERS, StaffRequest, answers_for, holds, today
from lachan.orgs.models import Grant, Person, Unit


@require_http_methods(["GET", "POST"])
@holds(*GRANTERS, on="unit")
def leave(request: StaffRequest, unit: Unit, person: int) -> HttpResponse:
    """One page to look at what they hold and to let them go."""
    grants = list(Grant.objects.in_force().filter(unit=unit, person_id=person).select_related("person"))
    if not grants:
        raise Http404
    leaver: Person = grants[0].person
    others = actions.colleagues(leaver, unit)
    may_close = answers_for(request.user, leaver, today(request))
    form = LeavingForm(request.POST or None, colleagues=others, may_close=may_close)
    if form.is_valid():
        actions.leave_unit(leaver, unit, form.leaving(), by=request.user, now=request.now)
        messages.success(request, _("%(name)s đã rời đơn vị.") % {"name": leaver.name})
        return redirect("accounts:people", unit.pk)
    page = {
        "unit": unit.version_on(today(request)),
        "person": leaver,
        "roles": [grant.get_role_display() for grant in grants],
        "holdings": held_by(leaver, unit),
        "missing": [role.label for role in actions.left_without(leaver, unit)],
        "is_last": not others,
        "form": form,
    }
    return render(request, "accounts/leave.html", page, status=422 if form.errors else 200)
