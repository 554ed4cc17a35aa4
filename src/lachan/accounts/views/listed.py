"""Inviting the people of a list of units."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lachan.accounts.actions.listed import invite_listed as invite
from lachan.orgs.access import GRANTERS, StaffRequest, holds
from lachan.orgs.models import Unit, UnitList


def _root(request: StaffRequest, brought: int) -> Unit:
    return get_object_or_404(UnitList.objects.select_related("root"), pk=brought).root


@require_POST
@holds(*GRANTERS, on=_root)
def invite_listed(request: StaffRequest, brought: int) -> HttpResponse:
    """Gives the people named in a written list their role, and sends links to those who have no account."""
    sent = invite(get_object_or_404(UnitList, pk=brought), by=request.user, now=request.now)
    said = ngettext(
        "Đã giao vai trò. %(count)s thư mời đã gửi.", "Đã giao vai trò. %(count)s thư mời đã gửi.", sent
    ) % {"count": sent}
    messages.success(request, said)
    return redirect("orgs:list", brought)
