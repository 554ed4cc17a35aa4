"""Whoever was invited comes: the page behind the link of an invitation."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lachan.accounts import actions
from lachan.accounts.forms import FirstPasswordForm
from lachan.accounts.sessions import choose_device
from lachan.foundation.http import Request
from lachan.orgs.access import public, today
from lachan.orgs.models import Grant


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
@public
def accept(request: Request, key: str) -> HttpResponseBase:
    """The first password is set, and the person is signed in. A link that does not work tells nothing of whom it was for."""
    if request.user.is_authenticated:
        return redirect("accounts:me")
    invitation = actions.invitation_of(key, request.now)
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=404)
    form = FirstPasswordForm(request.POST or None, person=invitation.person)
    if form.is_valid():
        person = actions.accept_invitation(key, password=form.cleaned_data["password1"], now=request.now)
        choose_device(request, form.cleaned_data["device"])
        answer: HttpResponse = perform_password_login(request, {"email": person.email}, Login(user=person))
        return answer
    roles = Grant.objects.in_force().filter(person=invitation.person, unit=invitation.unit)
    page = {
        "invitation": invitation,
        "unit": invitation.unit.version_on(today(request)),
        "roles": ", ".join(str(grant.get_role_display()) for grant in roles),
        "form": form,
    }
    return render(request, "accounts/accept.html", page, status=422 if form.errors else 200)
