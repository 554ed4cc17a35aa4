"""What allauth asks of us: words, who gets in, and what happens once somebody is in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from lachan.accounts import sessions
from lachan.accounts.actions import note_arrival
from lachan.accounts.sign_in_forms import ERRORS
from lachan.orgs.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth's classes are seen as Any here
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        """However somebody got in, by password, passkey or single sign-on."""
        super().login(request, user)
        sessions.begin(request)
        note_arrival(user, now=request.now)  # type: ignore[attr-defined]  # set by RequestTimeMiddleware

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """No mail about one's own change of password: a machine without a mail server must not fail on it."""
