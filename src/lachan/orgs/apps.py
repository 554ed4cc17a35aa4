from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "lachan.orgs"
    label = "orgs"
    verbose_name = "đơn vị và người dùng"
