"""One's own account: who one is, which roles one holds, where one is signed in."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lachan.accounts import actions
from lachan.accounts.second_factor import has_factor
from lachan.accounts.sessions import places, seconds_left
from lachan.foundation.http import Request
from lachan.orgs import shown
from lachan.orgs.access import StaffRequest, public, signed_in, today
from lachan.orgs.models import Grant


@require_GET
@signed_in
def me(request: StaffRequest) -> HttpResponse:
    """One's own page: who one is, and which roles one holds where."""
    grants = Grant.objects.in_force().filter(person=request.user).select_related("unit")
    page = {"grants": shown.with_units(grants, today(request)), "has_factor": has_factor(request.user)}
    return render(request, "accounts/me.html", page)


@require_GET
@signed_in
def sessions(request: StaffRequest) -> HttpResponse:
    """Where one is signed in."""
    return render(request, "accounts/sessions.html", {"places": places(request, request.user)})


@require_POST
@signed_in
def end_session(request: StaffRequest, session: int) -> HttpResponse:
    """Ends one of one's own sessions. One that has ended already is no error."""
    actions.end_sessions(request.user, by=request.user, now=request.now, only=session)
    messages.success(request, _("Phiên đăng nhập đó đã kết thúc."))
    return redirect("accounts:sessions")


@require_POST
@signed_in
def end_other_sessions(request: StaffRequest) -> HttpResponse:
    """Ends all of one's own sessions but this one."""
    ended = actions.end_sessions(request.user, by=request.user, now=request.now, but=request.session.session_key or "")
    messages.success(request, _("Đã kết thúc %(count)d phiên đăng nhập khác.") % {"count": ended})
    return redirect("accounts:sessions")


@require_GET
@public
def left(request: Request) -> HttpResponse:
    """For the script of shared devices: the seconds until the session ends; 401 once it has."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({"seconds": seconds_left(request)})
