from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from lachan.foundation.design import NavItem
from lachan.foundation.offline import OfflinePart


class ActivitiesConfig(AppConfig):
    name = "lachan.activities"
    label = "activities"
    verbose_name = "hoạt động"
    navigation = (
        NavItem(
            pgettext_lazy("menu", "Hoạt động"), "activities:home", rank=15, shown_if="lachan.activities.access.records"
        ),
    )
    offline = OfflinePart(
        kind="activity",
        template="activities/offline/record.html",
        script="activities/offline.js",
        page="lachan.activities.views.carried.page",
        pack="lachan.activities.views.carried.pack",
        files=("activities/record.js", "activities/facts.js", "foundation/choices.css", "foundation/photos.css"),
    )
