from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "lachan.exchange"
    label = "exchange"
    verbose_name = "liên thông"
