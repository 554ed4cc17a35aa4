"""A unit looks after the addresses that are told what happens, and sees what arrived there."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.api.actions import webhooks as actions
from lachan.api.forms import WebhookForm
from lachan.api.makers import MAKERS
from lachan.api.models import Delivery, Webhook
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Unit

PER_PAGE = 50
LOOKS = {Delivery.State.SENT: "received", Delivery.State.WAITING: "not_started", Delivery.State.FAILED: "late"}


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_variables("secret")
@holds(*MAKERS, on="unit")
def webhooks(request: StaffRequest, unit: Unit) -> HttpResponse:
    """The addresses told of what happens at the unit, and the form for a new one, whose secret is shown this once."""
    typed = request.POST if request.method == "POST" else None
    form = WebhookForm(typed, initial={"request_key": secrets.token_urlsafe(16)})
    page = {"unit": unit, "version": unit.version_on(today(request)), "form": form}
    if form.is_valid():
        key = form.cleaned_data["request_key"]
        try:
            made, secret = actions.make_webhook(
                unit, draft=form.draft(), request_key=key, by=request.user, now=request.now
            )
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return render(request, "api/webhook_made.html", page | {"webhook": made, "secret": secret})
    known = Webhook.objects.filter(unit=unit, ended_at=None).select_related("grant__person")
    page["webhooks"] = [(one, *_state(one)) for one in known]
    return render(request, "api/webhooks.html", page, status=422 if form.errors else 200)


def _state(webhook: Webhook) -> tuple[str, str]:
    """The state by which the design shows it, and its words."""
    if webhook.ended_at:
        return "cancelled", _("Đã bỏ")
    if webhook.off_at:
        return "late", _("Đã ngừng vì không nhận")
    if webhook.is_left_behind:
        return "late", _("Người đăng ký đã thôi vai trò")
    if webhook.failing_since:
        return "due_soon", _("Đang gửi lại")
    return "approved", _("Đang báo tin")


def _unit_of(request: StaffRequest, webhook: int) -> Unit:
    return get_object_or_404(Webhook.objects.select_related("unit"), pk=webhook).unit


def _unit_of_message(request: StaffRequest, delivery: int) -> Unit:
    return get_object_or_404(Delivery.objects.select_related("webhook__unit"), pk=delivery).webhook.unit


@require_GET
@holds(*MAKERS, on=_unit_of)
def one(request: StaffRequest, webhook: int) -> HttpResponse:
    """One address, with the messages of the last month and what was answered."""
    found = Webhook.objects.select_related("unit", "grant__person").get(pk=webhook)
    messages_of_page = Paginator(found.deliveries.all(), PER_PAGE).get_page(request.GET.get("page"))
    page = {
        "webhook": found,
        "state": _state(found),
        "version": found.unit.version_on(today(request)),
        "page": messages_of_page,
        "failed": found.deliveries.filter(state=Delivery.State.FAILED).count() if found.is_in_force else 0,
        "messages_shown": [(message, LOOKS[Delivery.State(message.state)]) for message in messages_of_page],
    }
    return render(request, "api/webhook.html", page)


@require_POST
@holds(*MAKERS, on=_unit_of)
def end(request: StaffRequest, webhook: int) -> HttpResponse:
    """Nothing is told there any more."""
    found = actions.end_webhook(get_object_or_404(Webhook, pk=webhook), by=request.user, now=request.now)
    messages.success(request, _("Đã bỏ địa chỉ nhận tin."))
    return redirect("api:webhooks", found.unit_id)


@require_POST
@holds(*MAKERS, on=_unit_of)
def switch_on(request: StaffRequest, webhook: int) -> HttpResponse:
    """It is told again, of what happens from now on."""
    found = actions.switch_on(get_object_or_404(Webhook, pk=webhook), by=request.user, now=request.now)
    messages.success(request, _("Đã bật lại. Tin từ bây giờ được gửi."))
    return redirect(found)


@require_POST
@holds(*MAKERS, on=_unit_of_message)
def send_again(request: StaffRequest, delivery: int) -> HttpResponse:
    """The message goes once more."""
    found = actions.send_again(get_object_or_404(Delivery, pk=delivery), by=request.user, now=request.now)
    messages.success(request, _("Tin được gửi lại trong vòng một phút."))
    return redirect(found.webhook)


@require_POST
@holds(*MAKERS, on=_unit_of)
def send_failed_again(request: StaffRequest, webhook: int) -> HttpResponse:
    """All messages that were given up go once more."""
    found = get_object_or_404(Webhook, pk=webhook)
    count = actions.send_failed_again(found, by=request.user, now=request.now)
    said = ngettext("Đang gửi lại %(count)s tin.", "Đang gửi lại %(count)s tin.", count)
    messages.success(request, said % {"count": count})
    return redirect(found)
