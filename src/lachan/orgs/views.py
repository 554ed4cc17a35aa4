"""Pages of units, of the people who act for them, and one's own page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lachan.orgs import actions, shown
from lachan.orgs.access import StaffRequest, answers_for, grantable, holds, reach_of, roles_on, signed_in, today
from lachan.orgs.carried import carried
from lachan.orgs.forms import RoleForm, SearchForm
from lachan.orgs.models import Grant, Role, Unit, UnitVersion
from lachan.orgs.sign_in import first_password_link

ON_A_PAGE = 50
GRANTERS = (Role.COORDINATOR, Role.OPERATOR)


@require_GET
@holds()
def units(request: StaffRequest) -> HttpResponse:
    """One's own units and those below them; by name, any unit of the country. Names and places are public facts."""
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    day, words = asked.get("ngay") or today(request), asked.get("q", "")
    found = UnitVersion.objects.on(day).search(words) if words else reach_of(request.user, day)
    page = Paginator(found.select_related("kind").in_order(), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = shown.with_places(page.object_list, day)
    return render(request, "orgs/units.html", {"form": form, "page": page, "lines": lines, "day": day, "words": words})


@require_GET
@holds()
def unit(request: StaffRequest, unit: int) -> HttpResponse:
    """One unit: where it stands, what it was called, what became of it; and its people, for those who hold a role there."""
    return _unit_page(request, get_object_or_404(Unit, pk=unit))


@require_POST
@holds(*GRANTERS, on="unit")
def give_role(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Gives somebody a role on the unit; an account is made when there is none, and its first link shown."""
    form = RoleForm(request.POST, roles=grantable(roles_on(request.user, unit, today(request))))
    if not form.is_valid():
        return _unit_page(request, unit, form, status=422)
    grant = actions.invite(**form.cleaned_data, unit=unit, by=request.user, now=request.now)
    if grant.person.has_usable_password() or not answers_for(request.user, grant.person, today(request)):
        messages.success(request, _("Đã giao vai trò cho %(name)s.") % {"name": grant.person.name})
        return redirect("orgs:unit", unit.pk)
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
    return redirect("orgs:unit", ending.unit_id)


@require_GET
@signed_in
def me(request: StaffRequest) -> HttpResponse:
    """One's own page: who one is, and which roles one holds where."""
    grants = Grant.objects.in_force().filter(person=request.user).select_related("unit")
    return render(request, "orgs/me.html", {"grants": shown.with_units(grants, today(request))})


def _unit_page(request: StaffRequest, unit: Unit, form: RoleForm | None = None, status: int = 200) -> HttpResponse:
    held = roles_on(request.user, unit, today(request))
    roles = grantable(held)
    page = shown.unit_page(unit, today(request), with_people=bool(held))
    if roles and page.is_there:
        page.form = form or RoleForm(roles=roles)
    return render(request, "orgs/unit.html", {"page": page, "may_end": [role.value for role in roles]}, status=status)


@require_GET
@signed_in
def what_was_typed(request: StaffRequest) -> HttpResponse:
    """What the person had typed when their session ended, to be sent on; their own work when there is nothing."""
    posted = carried(request)
    return render(request, "orgs/carried.html", {"posted": posted}) if posted else redirect("/")
