"""The API, and the pages where a unit looks after its tokens and webhooks."""

from django.urls import URLPattern, URLResolver, path

from lachan.api.v1.service import PREFIX, api
from lachan.api.views import tokens, webhooks

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path(PREFIX.lstrip("/"), api.urls),
    path("don-vi/<int:unit>/ket-noi/", tokens.tokens, name="tokens"),
    path("ket-noi/<int:access>/thu-hoi/", tokens.revoke, name="revoke"),
    path("don-vi/<int:unit>/bao-tin/", webhooks.webhooks, name="webhooks"),
    path("don-vi/bao-tin/<int:webhook>/", webhooks.one, name="webhook"),
    path("don-vi/bao-tin/<int:webhook>/bo/", webhooks.end, name="end_webhook"),
    path("don-vi/bao-tin/<int:webhook>/bat-lai/", webhooks.switch_on, name="switch_on_webhook"),
    path("don-vi/bao-tin/<int:webhook>/gui-lai/", webhooks.send_failed_again, name="send_failed_again"),
    path("don-vi/bao-tin/tin/<int:delivery>/gui-lai/", webhooks.send_again, name="send_again"),
]
