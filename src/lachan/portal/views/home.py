"""The front page, and the way from it to the person's own work."""

from collections import defaultdict
from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect, render

from lachan.foundation.http import Request
from lachan.orgs.access import public, today
from lachan.orgs.models import Grant, Person, Role, UnitVersion

STAFF = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
SHOWN_OPERATORS = 3


@public
def home(request: Request) -> HttpResponse:
    """Who has signed in goes to the inbox of their unit, or picks one of several; others read what this is."""
    if not request.user.is_authenticated:
        return render(request, "portal/front.html")
    grants = list(Grant.objects.in_force().filter(person=cast("Person", request.user)))
    roles = defaultdict(list)
    for grant in grants:
        if grant.role in STAFF:
            roles[grant.unit_id].append(grant.get_role_display())
    if len(roles) == 1:
        return redirect("portal:inbox", next(iter(roles)))
    if not roles:
        operators = Person.objects.filter(grants__in=Grant.objects.in_force().filter(role=Role.OPERATOR)).distinct()
        context = {"has_role": bool(grants), "operators": operators.order_by("name")[:SHOWN_OPERATORS]}
        return render(request, "portal/no_role.html", context)
    versions = UnitVersion.objects.on(today(request)).filter(unit__in=roles).select_related("kind").in_order()
    desks = [(version, ", ".join(roles[version.unit_id])) for version in versions]
    return render(request, "portal/choose_unit.html", {"desks": desks})
