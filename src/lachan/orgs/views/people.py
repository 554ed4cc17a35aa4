"""Giving and ending roles, and one's own page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.orgs import actions, shown
from lachan.orgs.access import GRANTERS, StaffRequest, answers_for, grantable, holds, roles_on, signed_in, today
from lachan.orgs.carried import carried
from lachan.orgs.forms import RoleForm
from lachan.orgs.models import Grant, Unit
from lachan.orgs.sign_in import first_password_link


@require_http_methods(["GET", "POST"])
@holds(*GRANTERS, on="unit")
def give_role(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Gives somebody a role on the unit; an account is made when there is none, and its first link shown."""
    typed = request.POST if request.method == "POST" else None
    form = RoleForm(typed, roles=grantable(roles_on(request.user, unit, today(request))))
    if not form.is_valid():
        page = {"unit": unit, "version": unit.version_on(today(request)), "form": form}
        return render(request, "orgs/give_role.html", page, status=422 if typed is not None else 200)
    grant = actions.invite(**form.cleaned_data, unit=unit, by=request.user, now=request.now)
    if grant.person.has_usable_password() or not answers_for(request.user, grant.person, today(request)):
        messages.success(request, _("Đã giao vai trò cho %(name)s.") % {"name": grant.person.name})
        return redirect("portal:unit", unit.pk)
    link = first_password_link(grant.person, request)
    return render(request, "orgs/invited.html", {"unit": unit.version_on(today(request)), "grant": grant, "link": link})


def _unit_of_grant(request: StaffRequest, grant: int) -> Unit:
    return get_object_or_404(Grant.objects.select_related("unit"), pk=grant).unit


@require_POST
@holds(*GRANTERS, on=_unit_of_grant)
def end_role(request: StaffRequest, grant: int) -> HttpResponse:
    """Ends a role."""
    ending = get_object_or_404(Grant.objects.select_related("person", "unit"), pk=grant)
    if ending.role not in grantable(roles_on(request.user, ending.unit, today(request))):
        raise PermissionDenied
    actions.end_role(ending, by=request.user, now=request.now)
    messages.success(request, _("Đã kết thúc vai trò của %(name)s.") % {"name": ending.person.name})
    return redirect("portal:unit", ending.unit_id)


@require_GET
@signed_in
def me(request: StaffRequest) -> HttpResponse:
    """One's own page: who one is, and which roles one holds where."""
    grants = Grant.objects.in_force().filter(person=request.user).select_related("unit")
    return render(request, "orgs/me.html", {"grants": shown.with_units(grants, today(request))})


@require_GET
@signed_in
def what_was_typed(request: StaffRequest) -> HttpResponse:
    """What the person had typed when their session ended, to be sent on; their own work when there is nothing."""
    posted = carried(request)
    return render(request, "orgs/carried.html", {"posted": posted}) if posted else redirect("/")
