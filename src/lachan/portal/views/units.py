"""The page of one unit: who, where, what it owes, what it did."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lachan.exchange.access import TRUSTING
from lachan.foundation.refused import Refused
from lachan.orgs.access import GRANTERS, StaffRequest, grantable, holds, reach_of, roles_on, today
from lachan.orgs.models import Role, Unit, UnitVersion
from lachan.orgs.shown import unit_page
from lachan.portal.ending_form import EndingForm
from lachan.portal.unit_page import work_of
from lachan.reporting.actions.ending import end_unit
from lachan.reporting.holding import holding_of


@require_GET
@holds()
def unit(request: StaffRequest, unit: int) -> HttpResponse:
    """Name, place and contacts are public facts; people and work are shown to those who hold a role on the unit or above it."""
    found = get_object_or_404(Unit, pk=unit)
    held = roles_on(request.user, found, today(request))
    context = {
        "page": unit_page(found, today(request), with_people=bool(held)),
        "may_give_code": bool(held & {*TRUSTING}),
        "may_connect": bool(held & {Role.HEAD, Role.COORDINATOR}),
        "may_end": [role.value for role in grantable(held)],
        "work": work_of(found, request.user, request.now) if held else None,
    }
    return render(request, "portal/unit.html", context)


@require_http_methods(["GET", "POST"])
@holds(*GRANTERS, on="unit")
def end(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Ends the unit: what it holds is shown, and what becomes of it is decided here."""
    day = today(request)
    typed = request.POST if request.method == "POST" else None
    form = EndingForm(typed, within=reach_of(request.user, day, *GRANTERS), today=day, initial={"on": day})
    if form.is_valid():
        try:
            end_unit(unit, ending=form.ending(), by=request.user, now=request.now)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Đơn vị đã kết thúc hoạt động."))
            return redirect("portal:unit", unit.pk)
    version = unit.version_on(day)
    below = UnitVersion.objects.on(day).children_of(unit)
    context = {"unit": unit, "version": version, "form": form, "held": holding_of(unit), "below": below.count()}
    return render(request, "portal/end_unit.html", context, status=422 if form.is_bound else 200)
