"""Periodic reports: which there are, one of them, prescribing and changing it, switching it on and off, its next round."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.campaigns.models import Campaign, Regime
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, holds, reach_of, roles_on, today
from lachan.orgs.models import Role, Unit
from lachan.portal import access
from lachan.portal import inbox as reading
from lachan.portal.regime_forms import RegimeForm
from lachan.portal.regime_page import Asked, coming
from lachan.reporting.actions import regimes as actions
from lachan.reporting.applying import asked

STAFF = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
PRESCRIBING = (Role.COORDINATOR, Role.HEAD)
ON_A_PAGE = 24
STATES = {Regime.State.DRAFT: "drafting", Regime.State.ON: "received", Regime.State.OFF: "inactive"}


def regime_owner(request: StaffRequest, regime: int, **_others: object) -> Unit:
    """The unit that prescribes it."""
    return get_object_or_404(Regime.objects.select_related("owner"), pk=regime).owner


@require_GET
@holds(*STAFF)
def listed(request: StaffRequest) -> HttpResponse:
    """The periodic reports prescribed by the person's units and those below."""
    reach = reach_of(request.user, today(request), *STAFF)
    found = Regime.objects.filter(owner__in=reach.values("unit_id"))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    names = reading.names_of([one.owner_id for one in page], today(request))
    rows = [(one, names.get(one.owner_id, ""), STATES[Regime.State(one.state)]) for one in page]
    return render(request, "portal/regimes.html", {"page": page, "rows": rows, "year": today(request).year})


@require_http_methods(["GET", "POST"])
@holds(*PRESCRIBING, on=access.owner)
def prescribe(request: StaffRequest, campaign: int) -> HttpResponse:
    """A new periodic report with the form of a campaign."""
    found = get_object_or_404(Campaign.objects.select_related("owner", "letter"), pk=campaign, form__isnull=False)
    day = today(request)
    if request.method == "POST":
        form = RegimeForm(request.POST, owner=found.owner, day=day)
    else:
        form = RegimeForm.starting(found.form.title or found.name, owner=found.owner, day=day)
    if form.is_valid():
        try:
            made = actions.prescribe(found, draft=form.draft(), by=request.user, now=request.now)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return redirect("portal:regime", made.pk)
    context = {"form": form, "campaign": found, "regime": None}
    return render(request, "portal/regime_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@holds(*PRESCRIBING, on=regime_owner)
def amend(request: StaffRequest, regime: int) -> HttpResponse:
    """Change it; what was given out stays."""
    found = get_object_or_404(Regime.objects.select_related("owner", "form_of"), pk=regime)
    form = RegimeForm.of(found, request.POST or None, day=today(request))
    if form.is_valid():
        try:
            actions.amend(found, draft=form.draft(), by=request.user, now=request.now)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Đã lưu chế độ báo cáo “%(name)s”.") % {"name": found.name})
            return redirect("portal:regime", regime)
    context = {"form": form, "campaign": found.form_of, "regime": found}
    return render(request, "portal/regime_form.html", context, status=422 if form.errors else 200)


@require_GET
@holds(*STAFF, on=regime_owner)
def regime(request: StaffRequest, regime: int) -> HttpResponse:
    """What it asks of whom by when, the next periods, and the rounds there were."""
    found = get_object_or_404(Regime.objects.select_related("owner", "letter", "form_of"), pk=regime)
    rounds = Paginator(found.rounds.order_by("-ends_on"), ON_A_PAGE).get_page(request.GET.get("page"))
    ahead = coming(found, request.now)
    context = {
        "regime": found,
        "state_code": STATES[Regime.State(found.state)],
        "owner": found.owner.version_on(today(request)),
        "ahead": ahead,
        "asked": Asked(asked(found, ahead[0].period)),
        "last_round": next(iter(rounds), None),
        "rounds": reading.running(list(rounds), request.now),
        "page": rounds,
        "year": today(request).year,
        "may_change": bool(roles_on(request.user, found.owner, today(request)) & set(PRESCRIBING)),
    }
    return render(request, "portal/regime.html", context)


@require_POST
@holds(*PRESCRIBING, on=regime_owner)
def switch_on(request: StaffRequest, regime: int) -> HttpResponse:
    """In force from now on."""
    found = actions.switch_on(get_object_or_404(Regime, pk=regime), by=request.user, now=request.now)
    messages.success(request, _("Chế độ báo cáo “%(name)s” đang áp dụng.") % {"name": found.name})
    return redirect("portal:regime", regime)


@require_POST
@holds(*PRESCRIBING, on=regime_owner)
def switch_off(request: StaffRequest, regime: int) -> HttpResponse:
    """No further rounds."""
    found = actions.switch_off(get_object_or_404(Regime, pk=regime), by=request.user, now=request.now)
    messages.success(request, _("Đã ngừng “%(name)s”. Các kỳ đã giao vẫn tiếp tục.") % {"name": found.name})
    return redirect("portal:regime", regime)


@require_POST
@holds(*PRESCRIBING, on=regime_owner)
def give_next(request: StaffRequest, regime: int) -> HttpResponse:
    """The next round, ahead of its day."""
    found = get_object_or_404(Regime, pk=regime)
    given = actions.give_next(found, period=request.POST.get("ky", ""), by=request.user, now=request.now)
    messages.success(request, _("Đã giao “%(name)s”.") % {"name": given.name})
    return redirect("portal:regime", regime)
