"""The living page of the design system."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lachan.foundation.living_page import colours, sample, sections


def living_page(request: HttpRequest) -> HttpResponse:
    """Every component with its code. Open to all: it shows nothing of the province."""
    shown = {"sections": sections(), "colours": colours(), "sample": sample()}
    return render(request, "foundation/living_page.html", shown)
