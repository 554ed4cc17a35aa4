"""The front page, and the way from it to the person's own work."""

from collections import defaultdict

from django.http import HttpResponse
from django.shortcuts import redirect, render

from lachan.foundation.http import Request
from lachan.orgs.access import StaffRequest, public, signed_in, today
from lachan.orgs.models import Grant, Person, Role, UnitVersion
from lachan.reporting.sharing import parts_given_to

STAFF = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
SHOWN_OPERATORS = 3


@public
def home(request: Request) -> HttpResponse:
    """What this is, for who has not signed in; others go to their work."""
    return redirect("portal:desks") if request.user.is_authenticated else render(request, "portal/front.html")


@signed_in
def desks(request: StaffRequest) -> HttpResponse:
    """To the inbox of the person's unit; with several units, a choice of them; with none, whom to ask.

    An operator without an inbox gets the unit they look after.
    """
    grants = list(Grant.objects.in_force().filter(person=request.user))
    roles = defaultdict(list)
    for grant in grants:
        if grant.role in STAFF:
            roles[grant.unit_id].append(grant.get_role_display())
    if len(roles) == 1:
        return redirect("portal:inbox", next(iter(roles)))
    looked_after = [grant.unit_id for grant in grants if grant.role == Role.OPERATOR]
    if looked_after and not roles:
        return redirect("portal:unit", looked_after[0])
    if not roles:
        operators = Person.objects.filter(grants__in=Grant.objects.in_force().filter(role=Role.OPERATOR)).distinct()
        parts = parts_given_to(request.user)
        context = {"has_role": bool(grants), "parts": parts, "operators": operators.order_by("name")[:SHOWN_OPERATORS]}
        return render(request, "portal/no_role.html", context)
    last = UnitVersion.objects.filter(unit__in=roles, valid_from__lte=today(request)).select_related("kind")
    versions = sorted(
        last.order_by("unit_id", "-valid_from").distinct("unit_id"), key=lambda one: (one.kind.rank, one.sort_key)
    )
    shown = [(version, ", ".join(roles[version.unit_id])) for version in versions]
    return render(request, "portal/choose_unit.html", {"desks": shown})
