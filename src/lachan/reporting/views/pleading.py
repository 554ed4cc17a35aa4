"""A unit whose figures are locked asks for an exception."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, today
from lachan.reporting.access import Case, Side, on_return
from lachan.reporting.actions import pleading
from lachan.reporting.forms import PleaForm
from lachan.reporting.locks import lock_of, sentence


@require_http_methods(["GET", "POST"])
@on_return(Side.OFFICER, Side.HEAD)
def plead(request: StaffRequest, case: Case) -> HttpResponse:
    """Why it is needed and until when; whoever may grant it is told."""
    obligation = case.obligation
    form = PleaForm(request.POST or None, initial={"request_key": secrets.token_urlsafe(16)})
    if form.is_valid():
        try:
            pleading.plead(obligation, **form.cleaned_data, by=request.user, now=request.now)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Đã gửi đề nghị. Anh/chị nhận được thông báo khi có trả lời."))
            return redirect(obligation)
    lock = lock_of(obligation, request.now)
    page = {
        "obligation": obligation,
        "form": form,
        "own": obligation.unit.version_on(today(request)),
        "owner": obligation.form.campaign.owner.version_on(today(request)),
        "locked_because": sentence(lock) if lock else "",
    }
    return render(request, "reporting/plead.html", page, status=422 if form.errors else 200)
