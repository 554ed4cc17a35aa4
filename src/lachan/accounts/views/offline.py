"""The app without a network asks who is signed in, and what they take along."""

import re

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lachan.accounts.offline import key_for, owner_of
from lachan.accounts.sessions import is_own
from lachan.foundation.offline import parts
from lachan.orgs.access import StaffRequest, signed_in

DEVICE = re.compile(r"[0-9a-f]{32}")


@never_cache
@require_GET
@signed_in
def session(request: StaffRequest) -> HttpResponse:
    """Who is signed in here, with the key of their store on the device `may`, and the time by our clock in milliseconds."""
    device = request.GET.get("may", "")
    return JsonResponse(
        {
            "person": owner_of(request.user),
            "key": key_for(request.user, device) if DEVICE.fullmatch(device) else None,
            "csrf": get_token(request),
            "shared": not is_own(request),
            "now": int(request.now.timestamp() * 1000),
        }
    )


@never_cache
@require_GET
@signed_in
def pack(request: StaffRequest) -> HttpResponse:
    """What the person takes along, by kind of work; null for a kind that is not theirs."""
    return JsonResponse({part.kind: part.packed(request) for part in parts()})
