"""Where somebody is signed in, and how long a session lasts: on a device of one's own, or on one that an office shares."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from lachan.engine.devices import device_of
from lachan.foundation.http import Request
from lachan.orgs.models import Person

OWN, SHARED = "own", "shared"
CHOICE_COOKIE = "lachan_device"
_DEVICE, _SEEN = "device", "seen"  # in the session
_TOUCH_EVERY = 60  # seconds between two notes of when a session was last seen


@dataclass(frozen=True)
class Place:
    """A session as people know it again."""

    key: int
    words: str
    address: str
    since: datetime
    seen: datetime
    is_shared: bool
    is_current: bool


def choose_device(request: HttpRequest, device: str) -> None:
    """Before signing in: what kind of device this is. Anything but the two choices is left aside."""
    if device in (OWN, SHARED):
        request.session[_DEVICE] = device


def begin(request: HttpRequest, now: datetime) -> None:
    """Right after signing in: the session lasts as the device wants. Where nobody chose, until the browser is closed."""
    device = request.session.get(_DEVICE) or request.COOKIES.get(CHOICE_COOKIE)
    lasts = {OWN: settings.SESSION_COOKIE_AGE, SHARED: settings.SHARED_DEVICE_IDLE_SECONDS}
    request.session[_DEVICE] = device if device in lasts else ""
    request.session.set_expiry(lasts.get(device or "", 0))
    request.session[_SEEN] = int(now.timestamp())


def is_shared(request: HttpRequest) -> bool:
    return request.session.get(_DEVICE) == SHARED


def is_own(request: HttpRequest) -> bool:
    """Whether the person said that the device is theirs alone. Where nobody said anything it is not."""
    return request.session.get(_DEVICE) == OWN


class SessionMiddleware:
    """Notes when a session was last seen; on a shared device every page puts off the end of an idle session.

    The choice of device is kept in a cookie of the browser, so that the next one who signs in here finds it made.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        answer = self.get_response(request)
        if request.session.accessed and answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            _touch(request)
            _remember_choice(request, answer)
        return answer


def _remember_choice(request: Request, answer: HttpResponseBase) -> None:
    chosen = request.session.get(_DEVICE)
    if chosen and request.COOKIES.get(CHOICE_COOKIE) != chosen:
        answer.set_cookie(
            CHOICE_COOKIE,
            chosen,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _touch(request: Request) -> None:
    if request.method == "GET" and "HX-Request" in request.headers:
        return  # a page that looks for news by itself is nobody's use of it
    if _SEEN not in request.session or not request.user.is_authenticated:
        return
    moment = int(request.now.timestamp())
    if moment - request.session[_SEEN] >= _TOUCH_EVERY:
        request.session[_SEEN] = moment
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=request.now)
    elif is_shared(request):
        request.session.modified = True


def live_sessions(person: Person, now: datetime) -> QuerySet[Any]:
    """The sessions of `person` that still open pages, the latest first."""
    open_keys = Session.objects.filter(expire_date__gt=now).values("session_key")
    found: QuerySet[Any] = UserSession.objects.filter(user=person, session_key__in=open_keys)
    return found.order_by("-last_seen_at")


def places(request: Request, person: Person) -> list[Place]:
    """Where `person` is signed in, as the page of sessions shows it: one query for the rows, one for their content."""
    rows = list(live_sessions(person, request.now))
    stored = {
        one.session_key: one.get_decoded() for one in Session.objects.filter(pk__in=[r.session_key for r in rows])
    }
    return [
        Place(
            key=row.pk,
            words=device_words(row.user_agent),
            address=row.ip,
            since=row.created_at,
            seen=row.last_seen_at,
            is_shared=stored.get(row.session_key, {}).get(_DEVICE) == SHARED,
            is_current=row.session_key == request.session.session_key,
        )
        for row in rows
    ]


def seconds_left(request: Request) -> int:
    """Until the session of the request ends, if nobody uses it."""
    ends = Session.objects.values_list("expire_date", flat=True).get(pk=request.session.session_key)
    return max(0, int((ends - request.now).total_seconds()))


def device_words(user_agent: str) -> str:
    device = device_of(user_agent)
    if device.browser and device.system:
        return _("%(browser)s trên %(system)s") % {"browser": device.browser, "system": device.system}
    return device.browser or device.system or _("Trình duyệt không rõ")
