from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "lachan.channels"
    label = "channels"
    verbose_name = "thư gửi đi"
