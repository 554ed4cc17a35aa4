from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lachan.foundation.design import NavItem


class LettersConfig(AppConfig):
    name = "lachan.letters"
    label = "letters"
    verbose_name = "văn bản"
    navigation = (NavItem(_("Văn bản"), "letters:books", rank=30, shown_if="lachan.letters.views.keeps_a_book"),)
