"""What somebody typed while their session ended, to be sent on."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lachan.orgs.access import StaffRequest, signed_in
from lachan.orgs.carried import carried


@require_GET
@signed_in
def what_was_typed(request: StaffRequest) -> HttpResponse:
    """What the person had typed when their session ended, to be sent on; their own work when there is nothing."""
    posted = carried(request)
    return render(request, "orgs/carried.html", {"posted": posted}) if posted else redirect("/")
