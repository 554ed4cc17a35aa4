"""The people of a unit: who holds which role, inviting them one by one or by a list, ending a role."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.accounts import actions
from lachan.accounts.forms import PastedForm, RoleForm
from lachan.accounts.models import Invitation
from lachan.accounts.people import checked_rows, members
from lachan.accounts.second_factor import has_factor
from lachan.engine.invitees import invitee_rows
from lachan.orgs import actions as orgs
from lachan.orgs.access import GRANTERS, StaffRequest, answers_for, grantable, holds, roles_on, today
from lachan.orgs.models import Grant, Person, Role, Unit


@require_GET
@holds(*GRANTERS, on="unit")
def people(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Who holds a role on the unit, who was invited and has not come, and the form to invite one more."""
    return _people_page(request, unit)


@require_POST
@holds(*GRANTERS, on="unit")
def give_role(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Gives somebody a role on the unit; an account is made when there is none, and its first link shown."""
    form = RoleForm(request.POST, roles=_may_give(request, unit))
    if not form.is_valid():
        return _people_page(request, unit, form, status=422)
    invitee = actions.Invitee(**form.cleaned_data)
    invited = actions.invite(invitee, unit=unit, by=request.user, now=request.now)
    if invited.key is None:
        messages.success(request, _("Đã giao vai trò cho %(name)s.") % {"name": invited.grant.person.name})
        return redirect("accounts:people", unit.pk)
    return _link_page(request, unit, invited.grant.person, invited.key)


@require_GET
@holds(*GRANTERS, on="unit")
def person(request: StaffRequest, unit: Unit, person: int) -> HttpResponse:
    """One of them: their roles here, and the invitation they have not followed."""
    member = next((one for one in members(unit, request.now) if one.person.pk == person), None)
    if member is None:
        raise Http404
    page = {
        "unit": unit.version_on(today(request)),
        "member": member,
        "may_end": [role.value for role in _may_give(request, unit)],
        "has_factor": has_factor(member.person),
        "is_operator": Role.OPERATOR in roles_on(request.user, unit, today(request)),
        "may_invite": answers_for(request.user, member.person, today(request)),
    }
    return render(request, "accounts/person.html", page)


@require_http_methods(["GET", "POST"])
@holds(*GRANTERS, on="unit")
def invite_list(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Many at once, from a pasted list: first each line is judged, then, asked once more, all are invited or none."""
    roles = _may_give(request, unit)
    form = PastedForm(request.POST if request.method == "POST" else None, roles=roles)
    rows = []
    if form.is_valid():
        words = {str(role.label): role.value for role in roles} | {role.value: role.value for role in roles}
        rows = checked_rows(invitee_rows(form.cleaned_data["people"], words, form.cleaned_data["role"]))
        if rows and not any(row.is_wrong for row in rows) and "confirm" in request.POST:
            invitees = [actions.Invitee(one.row.email, one.row.name, one.row.role) for one in rows]
            sent = actions.invite_all(invitees, unit=unit, by=request.user, now=request.now)
            messages.success(request, _told_of(len(rows), sent))
            return redirect("accounts:people", unit.pk)
    page = {"unit": unit.version_on(today(request)), "form": form, "rows": rows, "roles": roles}
    page["wrong"] = sum(row.is_wrong for row in rows)
    return render(request, "accounts/invite_list.html", page, status=422 if form.errors or page["wrong"] else 200)


@require_POST
@holds(*GRANTERS, on="unit")
def send_again(request: StaffRequest, unit: Unit, person: int) -> HttpResponse:
    """A new link for somebody who has not come; the one before stops working."""
    invited = _answered_for(request, unit, person)
    key = actions.send_invitation(invited, unit=unit, by=request.user, now=request.now)
    return _link_page(request, unit, invited, key)


@require_POST
@holds(*GRANTERS, on="unit")
def withdraw(request: StaffRequest, unit: Unit, person: int) -> HttpResponse:
    """The invitation of somebody who has not come is taken back."""
    invited = _answered_for(request, unit, person)
    waiting = Invitation.objects.waiting().filter(person=invited).first()
    if waiting:
        actions.withdraw_invitation(waiting, by=request.user, now=request.now)
    messages.success(request, _("Đã thu hồi lời mời gửi %(name)s.") % {"name": invited.name})
    return redirect("accounts:people", unit.pk)


@require_POST
@holds(Role.OPERATOR, on="unit")
def reset_factors(request: StaffRequest, unit: Unit, person: int) -> HttpResponse:
    """Somebody lost their second factor; only an operator takes it off."""
    loser = _answered_for(request, unit, person)
    actions.reset_factors(loser, by=request.user, now=request.now)
    messages.success(request, _("Đã đặt lại xác thực hai lớp của %(name)s.") % {"name": loser.name})
    return redirect("accounts:person", unit.pk, loser.pk)


def _unit_of_grant(request: StaffRequest, grant: int) -> Unit:
    return get_object_or_404(Grant.objects.select_related("unit"), pk=grant).unit


@require_POST
@holds(*GRANTERS, on=_unit_of_grant)
def end_role(request: StaffRequest, grant: int) -> HttpResponse:
    """Ends a role."""
    ending = get_object_or_404(Grant.objects.select_related("person", "unit"), pk=grant)
    if ending.role not in _may_give(request, ending.unit):
        raise PermissionDenied
    orgs.end_role(ending, by=request.user, now=request.now)
    messages.success(request, _("Đã kết thúc vai trò của %(name)s.") % {"name": ending.person.name})
    return redirect("accounts:people", ending.unit_id)


def _may_give(request: StaffRequest, unit: Unit) -> tuple[Role, ...]:
    return grantable(roles_on(request.user, unit, today(request)))


def _answered_for(request: StaffRequest, unit: Unit, person: int) -> Person:
    """Somebody of the unit whom the asker may let in."""
    held = Grant.objects.in_force().filter(unit=unit, person_id=person)
    found: Person = get_object_or_404(Person, pk__in=held.values("person_id"))
    if not answers_for(request.user, found, today(request)):
        raise PermissionDenied
    return found


def _people_page(request: StaffRequest, unit: Unit, form: RoleForm | None = None, status: int = 200) -> HttpResponse:
    page = {
        "unit": unit.version_on(today(request)),
        "members": members(unit, request.now),
        "form": form or RoleForm(roles=_may_give(request, unit)),
    }
    return render(request, "accounts/people.html", page, status=status)


def _link_page(request: StaffRequest, unit: Unit, person: Person, key: str) -> HttpResponse:
    page = {
        "unit": unit.version_on(today(request)),
        "person": person,
        "link": request.build_absolute_uri(reverse("accounts:accept", args=[key])),
        "invitation": Invitation.objects.waiting().get(person=person),
    }
    return render(request, "accounts/invited.html", page)


def _told_of(people: int, sent: int) -> str:
    given = ngettext("Đã giao vai trò cho %(count)d người.", "Đã giao vai trò cho %(count)d người.", people)
    mailed = ngettext("Đã gửi %(count)d thư mời.", "Đã gửi %(count)d thư mời.", sent)
    return f"{given % {'count': people}} {mailed % {'count': sent}}"
