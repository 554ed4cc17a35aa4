"""The request as our views see it, and the middleware every page passes through."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone

from lachan.foundation.refused import Refused

LONGEST_KEY = 19  # digits of the largest number the database counts to
Answer = Callable[[HttpRequest], HttpResponseBase]


class Request(HttpRequest):
    """A request with the one clock reading everything in it uses."""

    now: datetime


def key_in(text: str) -> int | None:
    """The key of a row as it stands in an address or a form; None for what can be no key."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < LONGEST_KEY else None


def moment_in(text: str) -> datetime | None:
    """A moment as it stands in a form, `datetime.isoformat` with its offset; None for what is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


class RequestTimeMiddleware:
    """Reads the clock once per request: `request.now`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.now = timezone.now()  # type: ignore[attr-defined]  # noqa: TID251 - the one place that reads the clock
        return self.get_response(request)


class ZeroCharactersMiddleware:
    """Takes zero characters out of what an address asks and a form sends: nobody types them, and the database holds none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_the_view: Any) -> None:
        request.GET = _without_zeros(request.GET)  # type: ignore[assignment]  # any QueryDict will do
        if request.method == "POST":
            request.POST = _without_zeros(request.POST)  # type: ignore[assignment]


def _without_zeros(sent: QueryDict) -> QueryDict:
    if not any("\0" in text for name, texts in sent.lists() for text in (name, *texts)):
        return sent
    kept = QueryDict(mutable=True)
    for name, texts in sent.lists():
        kept.setlist(name.replace("\0", ""), [text.replace("\0", "") for text in texts])
    return kept


class PrivatePagesMiddleware:
    """No page is kept by a cache on the way or shown again without asking us.

    Not `no-store`: with it browsers also forget what was typed in a form one goes back to.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer


class RefusedMiddleware:
    """Turns `Refused` into a page that says why, with status 409. What was typed stays in the browser's history."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "foundation/refused.html", {"reason": str(exception)}, status=409)
