"""Who works without a network on which device: the key that opens what is sealed there, and whose what comes in is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase, JsonResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from lachan.orgs.access import StaffRequest
from lachan.orgs.models import Person

FORMATS = ("1",)
"""The ways of writing what waits on a device that this release still takes. An old one goes only when none can be waiting."""


def owner_of(person: Person) -> str:
    """A mark of the person for their devices; it tells a reader of the device nothing."""
    return salted_hmac("lachan.offline.owner", str(person.pk), algorithm="sha256").hexdigest()[:20]


def key_for(person: Person, device: str) -> str:
    """The key of the person's store on `device`, 32 bytes in hexadecimal. Nothing is kept here: it is made of the site's secret.

    It changes with that secret; then the PIN still opens the store.
    """
    made_of = f"{person.pk}/{device}"
    return salted_hmac("lachan.offline.key", made_of, algorithm="sha256").hexdigest()


def from_device(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view takes what waited on a device: only from the person whose it is, and only in a form that this release knows."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.headers.get("X-Offline-Owner") != owner_of(request.user):
            return JsonResponse(
                {"refused": _("Việc này do người khác ghi nên không gửi dưới tên anh/chị.")}, status=401
            )
        if request.POST.get("format") not in FORMATS:
            refused = _("Việc này ghi bằng bản cũ của ứng dụng. Bấm “Sửa”, xem lại rồi đưa vào hàng chờ lần nữa.")
            return JsonResponse({"refused": refused}, status=409)
        return view(request, *args, **kwargs)

    return guarded
