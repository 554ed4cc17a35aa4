from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lachan.foundation.design import NavItem


class PortalConfig(AppConfig):
    name = "lachan.portal"
    label = "portal"
    verbose_name = "trang làm việc"
    navigation = (
        NavItem(_("Việc của tôi"), "portal:desks", rank=10, also=("/giao-viec/", "/bao-cao/")),
        NavItem(
            _("Chiến dịch"),
            "portal:campaigns",
            rank=20,
            shown_if="lachan.portal.access.is_staff",
            also=("/tong-hop/", "/che-do-bao-cao/", "/lien-thong/", "/phan-tich/"),
        ),
    )
