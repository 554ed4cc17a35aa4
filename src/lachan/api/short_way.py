"""Requests of the API pass by what only pages need: sessions, cookies, languages, the security policy of documents."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve
from django.utils.translation import gettext_lazy as _

from lachan.api.problems import Problem
from lachan.foundation.http import Answer, RequestTimeMiddleware

ROOT = "/api/"


class ShortWayMiddleware:
    """Answers requests of the API itself, with the one clock reading; hands all others on.

    They carry a token in a header and no cookie, so there is nothing that another site could make a browser send.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._answer = RequestTimeMiddleware(_by_view)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        answer = self._answer(request)
        answer.headers.setdefault("Cache-Control", "no-store")
        if isinstance(answer, HttpResponse):  # whole, not a stream
            answer.headers.setdefault("Content-Length", str(len(answer.content)))
        return answer


def _by_view(request: HttpRequest) -> HttpResponseBase:
    try:
        match: Any = resolve(request.path_info)
        request.resolver_match = match
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return Problem("not-found", _("Địa chỉ này không có. Xem các địa chỉ trong tệp /api/v1/openapi.json.")).answer()
    if answer.status_code == 405:
        words = _("Địa chỉ này không nhận cách gọi đó. Các cách gọi nhận được nằm trong tiêu đề Allow.")
        return Problem("method-not-allowed", words, headers={"Allow": answer["Allow"]}).answer()
    return answer
