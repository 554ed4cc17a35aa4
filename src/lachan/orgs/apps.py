from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from lachan.foundation.design import NavItem


class OrgsConfig(AppConfig):
    name = "lachan.orgs"
    label = "orgs"
    verbose_name = "đơn vị và người dùng"
    navigation = (
        NavItem(
            pgettext_lazy("menu", "Đơn vị"),
            "orgs:units",
            rank=80,
            shown_if="lachan.orgs.access.has_a_role",
            also=("/loai-don-vi/", "/nhom-don-vi/", "/sap-xep-don-vi/", "/ngay-lam-viec/"),
        ),
    )
