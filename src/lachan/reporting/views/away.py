"""What a page answers when the database is away while somebody sends a form."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

ASKED = "_asked"  # ends the name of the hidden field that carries a question's words


def nothing_typed_is_lost(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """When the database is away, answer a post with a page that holds everything typed and can send it again (503)."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except (OperationalError, InterfaceError):
            if request.method != "POST":
                raise
            return _not_saved(request)

    return guarded


def _not_saved(request: HttpRequest) -> HttpResponse:
    posted = [(name, text) for name, texts in request.POST.lists() for text in texts if name != "csrfmiddlewaretoken"]
    typed = dict(posted)
    answers = [(text, typed.get(name.removesuffix(ASKED), "")) for name, text in posted if name.endswith(ASKED)]
    page = {"answers": answers, "posted": posted, "action": request.get_full_path()}
    return render(request, "reporting/not_saved.html", page, status=503)
