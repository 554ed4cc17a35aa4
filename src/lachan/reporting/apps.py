from django.apps import AppConfig

from lachan.foundation.offline import OfflinePart


class ReportingConfig(AppConfig):
    name = "lachan.reporting"
    label = "reporting"
    verbose_name = "báo cáo"
    held_by = "lachan.reporting.held.held_by"  # what somebody who leaves a unit has in hand there
    hand_over = "lachan.reporting.held.hand_over"
    held_by_units = "lachan.reporting.succeeding.held_by_units"  # what units that ended still hold
    passes_on = "lachan.reporting.succeeding.pass_on"
    offline = OfflinePart(
        kind="return",
        template="reporting/offline/return.html",
        script="reporting/offline.js",
        page="lachan.reporting.views.carried.page",
        pack="lachan.reporting.views.carried.pack",
        files=("reporting/answers.js", "foundation/answers.css"),
    )
