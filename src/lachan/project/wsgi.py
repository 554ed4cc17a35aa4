"""The web application, for Granian or any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from lachan.project.heap import settle_heap

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lachan.project.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - reads every view now, not at the first page
settle_heap()
