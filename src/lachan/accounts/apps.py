from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lachan.foundation.design import NavItem


class AccountsConfig(AppConfig):
    name = "lachan.accounts"
    label = "accounts"
    verbose_name = "tài khoản"
    navigation = (NavItem(_("Tài khoản"), "accounts:me", 90),)
    header_template = "accounts/header.html"  # who is signed in, beside the name of the site
