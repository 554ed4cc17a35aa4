"""Pages of what every part stands on: the living page of the design system, and the app that works without a network."""

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lachan.foundation import offline
from lachan.foundation.living_page import colours, sample, sections
from lachan.foundation.offline_words import words

WORKER = Path(__file__).resolve().parent / "static" / "foundation" / "offline" / "worker.js"


def living_page(request: HttpRequest) -> HttpResponse:
    """Every component with its code. Open to all: it shows nothing of the province."""
    shown = {"sections": sections(), "colours": colours(), "sample": sample()}
    return render(request, "foundation/living_page.html", shown)


@require_safe
def without_network(request: HttpRequest) -> HttpResponse:
    """The page of the app. It is kept on the device, so it is the same for everybody; its scripts open what is sealed there."""
    shown = {
        "parts": [(part, part.context()) for part in offline.parts()],
        "version": offline.version(),
        "words": words(),
        "sign_in": f"{settings.LOGIN_URL}?next={reverse('offline')}",
    }
    return render(request, "foundation/offline/app.html", shown)


@require_safe
def install(request: HttpRequest) -> HttpResponse:
    """How to put the app on a phone or a computer."""
    return render(request, "foundation/offline/install.html")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers without a network. It names what it keeps, so that a new release is a new script."""
    kept = {
        "version": f"{offline.version()}-{get_language()}",
        "pages": offline.pages(),
        "files": [static(name) for name in offline.static_files()],
    }
    script = WORKER.read_text(encoding="utf-8")
    body = f"const KEPT = {json.dumps(kept)};\n{script}"
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers={"Service-Worker-Allowed": "/"})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """By this a browser puts the site among the apps of the device."""
    icons = [
        {
            "src": static(f"foundation/icons/{name}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, size, purpose in (("icon", 192, "any"), ("icon", 512, "any"), ("maskable", 512, "maskable"))
    ]
    told = {
        "id": "/",
        "name": _("Lá Chắn"),
        "short_name": _("Lá Chắn"),
        "description": _("Ghi hoạt động và điền báo cáo, cả khi không có mạng."),
        "lang": get_language(),
        "start_url": reverse("offline"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b5f6b",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")
