"""When the units of a campaign are reminded of their reports."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lachan.campaigns import actions
from lachan.campaigns.models import Campaign
from lachan.orgs.access import StaffRequest, holds
from lachan.orgs.models import Role
from lachan.portal import access
from lachan.portal.reminder_forms import RemindersForm


@require_http_methods(["GET", "POST"])
@holds(Role.COORDINATOR, Role.HEAD, on=access.owner)
def reminders(request: StaffRequest, campaign: int) -> HttpResponse:
    """The rules, and the form to change them."""
    found = get_object_or_404(Campaign, pk=campaign)
    form = RemindersForm(request.POST or None, rules=found.reminder_rules)
    if form.is_valid():
        actions.set_reminders(found, rules=form.rules, by=request.user, now=request.now)
        messages.success(request, _("Đã lưu lịch nhắc hạn của chiến dịch “%(name)s”.") % {"name": found.name})
        return redirect("portal:campaign", campaign)
    context = {"campaign": found, "form": form}
    return render(request, "portal/reminders.html", context, status=422 if form.errors else 200)
