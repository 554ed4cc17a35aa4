"""The API, and the pages where a unit looks after its tokens."""

from django.urls import URLPattern, URLResolver, path

from lachan.api.v1.service import PREFIX, api
from lachan.api.views import tokens

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path(PREFIX.lstrip("/"), api.urls),
    path("don-vi/<int:unit>/ket-noi/", tokens.tokens, name="tokens"),
    path("ket-noi/<int:access>/thu-hoi/", tokens.revoke, name="revoke"),
]
