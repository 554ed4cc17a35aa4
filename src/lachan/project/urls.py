"""Every address of the site. Each part keeps its own; this is the order they are tried in."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lachan.api.urls")),  # first: other systems ask most often
    path("", include("lachan.accounts.urls")),
    path("", include("lachan.orgs.urls")),
    path("", include("lachan.notices.urls")),
    path("", include("lachan.letters.urls")),
    path("", include("lachan.foundation.urls")),
    path("", include("lachan.activities.urls")),
    path("", include("lachan.reporting.urls")),
    path("", include("lachan.exchange.urls")),
    path("", include("lachan.portal.urls")),
]
