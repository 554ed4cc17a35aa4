"""A unit looks after the tokens of other systems."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from lachan.api.actions.tokens import make_token, revoke_token
from lachan.api.forms import TokenForm
from lachan.api.makers import MAKERS
from lachan.api.models import Token
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, holds, roles_on, today
from lachan.orgs.models import Unit


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_variables("secret")
@holds(*MAKERS, on="unit")
def tokens(request: StaffRequest, unit: Unit) -> HttpResponse:
    """The unit's tokens, and the form for a new one, whose secret is shown this once."""
    typed = request.POST if request.method == "POST" else None
    roles = roles_on(request.user, unit, today(request))
    form = TokenForm(typed, roles=roles, initial={"request_key": secrets.token_urlsafe(16)})
    if form.is_valid():
        key = form.cleaned_data["request_key"]
        try:
            token, secret = make_token(unit, draft=form.draft(), request_key=key, by=request.user, now=request.now)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            page = {"unit": unit, "version": unit.version_on(today(request)), "token": token, "secret": secret}
            return render(request, "api/token_made.html", page)
    known = Token.objects.filter(unit=unit).select_related("grant__person", "revoked_by")
    page = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "form": form,
        "tokens": [(one, _state(one, request)) for one in known],
    }
    return render(request, "api/tokens.html", page, status=422 if form.errors else 200)


def _state(token: Token, request: StaffRequest) -> tuple[str, str]:
    """The state by which the design shows it, and its words."""
    if token.revoked_at:
        return "returned", _("Đã thu hồi")
    if token.has_expired(request.now):
        return "late", _("Hết hạn")
    if token.is_left_behind:
        return "late", _("Người tạo đã thôi vai trò")
    return "approved", _("Đang dùng được")


def _unit_of(request: StaffRequest, access: int) -> Unit:
    return get_object_or_404(Token.objects.select_related("unit"), pk=access).unit


@require_POST
@holds(*MAKERS, on=_unit_of)
def revoke(request: StaffRequest, access: int) -> HttpResponse:
    """The token opens nothing any more."""
    found = revoke_token(get_object_or_404(Token, pk=access), by=request.user, now=request.now)
    messages.success(request, _("Đã thu hồi mã “%(name)s”.") % {"name": found.name})
    return redirect("api:tokens", found.unit_id)
