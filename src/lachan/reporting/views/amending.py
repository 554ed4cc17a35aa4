"""A unit mends a return that it has sent up."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, today
from lachan.reporting.access import Case, Side, on_return
from lachan.reporting.actions import amending
from lachan.reporting.forms import AmendmentForm

OWN = (Side.OFFICER, Side.HEAD)


@require_http_methods(["GET", "POST"])
@on_return(*OWN)
def begin(request: StaffRequest, case: Case) -> HttpResponse:
    """Why it is mended; then the form, filled in with what counts."""
    obligation = case.obligation
    if request.method == "GET" and obligation.amendment_id:
        return redirect(obligation.edit_url)
    form = AmendmentForm(request.POST or None, initial={"request_key": secrets.token_urlsafe(16)})
    if form.is_valid():
        try:
            amending.begin(obligation, **form.cleaned_data, by=request.user, now=request.now)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return redirect(obligation.edit_url)
    page = {
        "case": case,
        "obligation": obligation,
        "form": form,
        "own": obligation.unit.version_on(today(request)),
        "above": obligation.assignment.dispatch.unit.version_on(today(request)),
    }
    return render(request, "reporting/amend.html", page, status=422 if form.errors else 200)


@require_POST
@on_return(*OWN)
def drop(request: StaffRequest, case: Case) -> HttpResponse:
    """Leave it as it counts."""
    obligation = case.obligation
    if obligation.amendment:
        amending.drop(obligation.amendment, by=request.user, now=request.now)
        messages.success(request, _("Đã thôi điều chỉnh. Bản đã gửi vẫn được tính như cũ."))
    return redirect(obligation)
