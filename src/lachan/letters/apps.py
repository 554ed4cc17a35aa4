from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from lachan.foundation.design import NavItem


class LettersConfig(AppConfig):
    name = "lachan.letters"
    label = "letters"
    verbose_name = "văn bản"
    navigation = (
        NavItem(
            pgettext_lazy("menu", "Văn bản"),
            "letters:books",
            rank=30,
            shown_if="lachan.letters.access.keeps_a_book",
            also=("/van-ban/",),
        ),
    )
    held_by = "lachan.letters.held.held_by"  # what somebody who leaves a unit has in hand there
    held_by_units = "lachan.letters.succeeding.held_by_units"  # what units that ended still hold
    passes_on = "lachan.letters.succeeding.pass_on"
