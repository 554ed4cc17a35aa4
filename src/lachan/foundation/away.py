"""What a page answers when the database does not: nothing typed is lost."""

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from lachan.foundation.http import Answer
from lachan.foundation.posted import can_be_kept, posted_in

BACK_SOON = "5"  # seconds; the database is usually up again by then


class DatabaseAwayMiddleware:
    """While the database is away, or ends two presses that wait for each other, answers with a page that says so (503).

    After a post the page holds everything typed and can send it again; files and passwords have to be given again.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        posted = posted_in(request)
        page = {
            "answers": posted.answers,
            "posted": posted.pairs if can_be_kept(request, posted) else [],
            "was_sent": request.method == "POST",
            "action": posted.action,
        }
        answer = render(request, "foundation/away.html", page, status=503)
        answer.headers["Retry-After"] = BACK_SOON
        return answer
