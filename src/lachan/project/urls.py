"""Every address of the site. Each part keeps its own; this is the order they are tried in."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include("allauth.urls")),
    path("", include("lachan.letters.urls")),
    path("", include("lachan.foundation.urls")),
]
