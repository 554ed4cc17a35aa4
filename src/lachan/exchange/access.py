"""Who exchanges packages: the staff of the very unit they go out from and come in to."""

from django.shortcuts import get_object_or_404

from lachan.exchange.models import Partner, SentPackage, TakenPackage
from lachan.foundation.http import Request
from lachan.orgs.models import Role, Unit
from lachan.reporting.models import ConsolidatedReport

EXCHANGING = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
TRUSTING = (Role.COORDINATOR, Role.OPERATOR)
"""Who says which key is whose."""


def partners_unit(request: Request, partner: int) -> Unit:
    """The unit that registered the partner."""
    return get_object_or_404(Partner.objects.select_related("unit"), pk=partner).unit


def reports_unit(request: Request, report: int) -> Unit:
    """The unit that issued the report."""
    return get_object_or_404(ConsolidatedReport.objects.select_related("unit").defer("figures"), pk=report).unit


def senders_unit(request: Request, sent: int) -> Unit:
    """The unit the package went out from."""
    return get_object_or_404(SentPackage.objects.select_related("partner__unit"), pk=sent).unit


def takers_unit(request: Request, taken: int, **_of_the_page: object) -> Unit:
    """The unit the package came in to."""
    return get_object_or_404(TakenPackage.objects.select_related("unit"), pk=taken).unit
