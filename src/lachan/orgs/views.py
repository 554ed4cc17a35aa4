"""Pages of units."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from lachan.orgs import shown
from lachan.orgs.access import StaffRequest, grantable, holds, reach_of, roles_on, signed_in, today
from lachan.orgs.carried import carried
from lachan.orgs.forms import SearchForm
from lachan.orgs.models import Unit, UnitVersion

ON_A_PAGE = 50


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
    found = get_object_or_404(Unit, pk=unit)
    held = roles_on(request.user, found, today(request))
    page = shown.unit_page(found, today(request), with_people=bool(held))
    return render(request, "orgs/unit.html", {"page": page, "may_manage": page.is_there and bool(grantable(held))})


@require_GET
@signed_in
def what_was_typed(request: StaffRequest) -> HttpResponse:
    """What the person had typed when their session ended, to be sent on; their own work when there is nothing."""
    posted = carried(request)
    return render(request, "orgs/carried.html", {"posted": posted}) if posted else redirect("/")
