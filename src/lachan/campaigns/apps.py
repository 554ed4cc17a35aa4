from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "lachan.campaigns"
    label = "campaigns"
    verbose_name = "chiến dịch"
