from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lachan.notices"
    label = "notices"
    verbose_name = "thông báo"
    header_template = "notices/bell.html"
