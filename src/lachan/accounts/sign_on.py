"""Single sign-on: who is let in by the word of another server. Only people who have an account, by a confirmed address."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from lachan.orgs.models import Person


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth's classes are seen as Any here
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The account is found anew each time, by address: nothing of the other server's is kept, and no account is made."""
        email = confirmed_email(sociallogin)
        person = Person.objects.filter(email__iexact=email, is_active=True).first() if email else None
        if person is None:
            told = {"name": sociallogin.provider.name, "email": email}
            raise ImmediateHttpResponse(render(request, "accounts/not_let_in.html", told, status=403))
        sociallogin.user = person


def confirmed_email(sociallogin: Any) -> str:
    """The address the other server says and confirms (`email_verified`), or whose every address the operator trusts; else empty."""
    chosen = sociallogin.provider.app.settings
    if sociallogin.account.provider == "saml":
        found = [(one.email, one.verified) for one in sociallogin.email_addresses]
    else:
        data = sociallogin.account.extra_data
        claims = data.get("userinfo") or data.get("id_token") or {}
        found = [(str(claims.get(chosen["email_claim"]) or ""), claims.get("email_verified") in (True, "true"))]
    return next((email for email, confirmed in found if email and (confirmed or chosen["trust_email"])), "")


def ways() -> list[dict[str, str]]:
    """The servers people may sign in by: what they are called, and their address."""
    apps = [app for provider in settings.SOCIALACCOUNT_PROVIDERS.values() for app in provider["APPS"]]
    return [{"code": app["provider_id"], "name": app["name"]} for app in apps]
