"""The way out to another server that says who somebody is."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET
from requests import RequestException

from lachan.accounts.sign_on import ways
from lachan.foundation.http import Request
from lachan.orgs.access import public


@require_GET
@public
def start(request: Request, way: str) -> HttpResponseBase:
    """A link, not a form: the content security policy lets forms go to this site only. It links nothing and makes no account."""
    if way not in [one["code"] for one in ways()]:
        raise Http404
    wanted = request.GET.get("next", "")
    back = wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()) else None
    provider = get_adapter().get_provider(request, way)
    try:
        answer: HttpResponseBase = provider.redirect(request, process="login", next_url=back)
    except ImmediateHttpResponse as instead:
        return instead.response  # type: ignore[no-any-return]
    except (RequestException, OAuth2Error):
        return render(request, "socialaccount/authentication_error.html", {"is_away": True}, status=503)
    return answer
