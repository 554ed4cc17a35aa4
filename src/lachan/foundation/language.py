"""The language of a page: Vietnamese, unless the reader chose English here."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from lachan.foundation.http import Answer


class ChosenLanguageMiddleware:
    """Reads the cookie that the language switch sets, and nothing else.

    What the browser asks for (Accept-Language) is left aside: many offices run an English system for people who read Vietnamese.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", language)
        patch_vary_headers(answer, ["Cookie"])
        return answer
