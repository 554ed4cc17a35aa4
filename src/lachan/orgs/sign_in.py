"""Signing in: by e-mail and password; accounts are made by a coordinator or the operator, never by oneself."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest
from django.urls import reverse

from lachan.orgs.account_forms import ERRORS
from lachan.orgs.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth's classes are seen as Any here
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """No mail about one's own change of password: a machine without a mail server must not fail on it."""


def first_password_link(person: Person, request: HttpRequest) -> str:
    """The address where `person` sets their first password: to be handed over, good once and for three days.

    Only for an account that has no password yet: a link for any other would be a way into it.
    """
    if person.has_usable_password():
        raise ValueError("this account has its password")
    token = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=token))
