from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "lachan.portal"
    label = "portal"
    verbose_name = "trang làm việc"
