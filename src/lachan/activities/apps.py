from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from lachan.foundation.design import NavItem


class ActivitiesConfig(AppConfig):
    name = "lachan.activities"
    label = "activities"
    verbose_name = "hoạt động"
    navigation = (
        NavItem(
            pgettext_lazy("menu", "Hoạt động"), "activities:home", rank=15, shown_if="lachan.activities.access.records"
        ),
    )
