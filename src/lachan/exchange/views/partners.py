"""Partners: whose key is whose."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lachan.engine.packages import fingerprint
from lachan.exchange import actions, own_key
from lachan.exchange.access import TRUSTING, partners_unit
from lachan.exchange.forms import PartnerForm
from lachan.exchange.models import Partner
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Unit


@require_http_methods(["GET", "POST"])
@holds(*TRUSTING, on="unit")
def listed(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Our own key, the partners with theirs, and adding one."""
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_partner(unit, **form.cleaned_data, by=request.user, now=request.now)
        except Refused as no:
            form.add_error("public_key", str(no))
        else:
            said = _("Đã đăng ký %(name)s. Dấu khóa: %(fingerprint)s.")
            messages.success(request, said % {"name": added.name, "fingerprint": added.fingerprint})
            return redirect("exchange:partners", unit.pk)
    key = own_key.public_key()
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "key": key,
        "fingerprint": fingerprint(key),
        "partners": Partner.objects.filter(unit=unit, ended_at=None).select_related("added_by"),
        "form": form,
    }
    return render(request, "exchange/partners.html", context, status=422 if form.errors else 200)


@require_POST
@holds(*TRUSTING, on=partners_unit)
def end(request: StaffRequest, partner: int) -> HttpResponse:
    """Exchange nothing with the partner any more."""
    ended = actions.end_partner(get_object_or_404(Partner, pk=partner), by=request.user, now=request.now)
    messages.success(request, _("Đã ngừng liên thông với %(name)s.") % {"name": ended.name})
    return redirect("exchange:partners", ended.unit_id)
