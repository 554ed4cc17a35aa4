"""A letter on the exchange: sending it, how it fares, asking it back; and the codes of units."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lachan.exchange import crossing as exchange
from lachan.exchange import progress
from lachan.exchange.access import EXCHANGING, TRUSTING
from lachan.exchange.forms import CodeForm, CrossingForm, RecallForm, StepForm
from lachan.exchange.models import AgencyCode, Answer
from lachan.exchange.models.envelopes import Business, Status
from lachan.foundation.refused import Refused
from lachan.letters.access import holder
from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Unit, UnitVersion

EARLIER = 50  # letters to choose among for one that is replaced


@require_http_methods(["GET", "POST"])
@holds(*EXCHANGING, on=holder)
def crossing(request: StaffRequest, letter: int) -> HttpResponse:
    """Where the letter was sent over the exchange and what became of it there; sending it."""
    found = get_object_or_404(Letter.objects.select_related("holder"), pk=letter)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        units = Unit.objects.filter(pk__in=form.cleaned_data["to"])
        try:
            exchange.post(found, units, replaces=form.cleaned_data["replaces"], by=request.user, now=request.now)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Đã đưa văn bản vào hàng chờ gửi qua trục liên thông."))
            return redirect("exchange:crossing", letter)
    return _page(request, found, form, RecallForm())


@require_POST
@holds(*EXCHANGING, on=holder)
def recall(request: StaffRequest, letter: int) -> HttpResponse:
    """Ask every agency that was sent the letter to give it back."""
    found = get_object_or_404(Letter.objects.select_related("holder"), pk=letter)
    form = RecallForm(request.POST)
    if form.is_valid():
        try:
            exchange.recall(found, because=form.cleaned_data["because"], by=request.user, now=request.now)
        except Refused as no:
            form.add_error("because", str(no))
        else:
            messages.success(request, _("Đã đề nghị các nơi nhận trả lại văn bản."))
            return redirect("exchange:crossing", letter)
    return _page(request, found, _form(request, found, bound=False), form)


def _form(request: StaffRequest, letter: Letter, *, bound: bool = True) -> CrossingForm:
    there = letter.envelopes.values("to__unit")
    codes = dict(
        AgencyCode.objects.filter(ended_at=None)
        .exclude(unit=letter.holder_id)
        .exclude(unit__in=there)
        .values_list("unit_id", "code")
    )
    versions = UnitVersion.objects.on(today(request)).filter(unit__in=codes).select_related("kind").in_order()
    choices = [(str(one.unit_id), f"{one.body_name} ({codes[one.unit_id]})") for one in versions]
    return CrossingForm(
        request.POST if bound and request.method == "POST" else None, choices=choices, earlier=_earlier(letter)
    )


def _earlier(letter: Letter) -> QuerySet[Letter]:
    """The newest letters of the same holder that went over the exchange."""
    sent = Letter.objects.filter(holder=letter.holder_id, envelopes__business=Business.NEW).exclude(pk=letter.pk)
    newest = sent.order_by("-pk").values_list("pk", flat=True).distinct()[:EARLIER]
    return Letter.objects.filter(pk__in=list(newest)).order_by("-pk")


def _page(request: StaffRequest, letter: Letter, form: CrossingForm, recalling: RecallForm) -> HttpResponse:
    sent = list(letter.envelopes.select_related("to"))
    names = UnitVersion.objects.on(today(request)).of_units({one.to.unit_id for one in sent})
    context: dict[str, Any] = {
        "letter": letter,
        "own_code": AgencyCode.objects.filter(unit=letter.holder_id, ended_at=None).first(),
        "sent": [(one, names.get(one.to.unit_id)) for one in sent],
        "form": form,
        "recalling": recalling,
        "may_recall": sent and not any(one.business == Business.RECALL for one in sent),
    }
    faulty = form.errors or recalling.errors
    return render(request, "exchange/crossing.html", context, status=422 if faulty else 200)


@require_http_methods(["GET", "POST"])
@holds(*EXCHANGING, on=holder)
def steps(request: StaffRequest, letter: int) -> HttpResponse:
    """What the sender of a letter that came in was told of it; telling the next step."""
    found = get_object_or_404(Letter.objects.filter(came_in__isnull=False).distinct(), pk=letter)
    form = StepForm(request.POST or None, steps=progress.steps_left(found))
    if request.method == "POST" and form.is_valid():
        status = Status(form.cleaned_data["status"])
        try:
            progress.tell(found, status, note=form.cleaned_data["note"], by=request.user, now=request.now)
        except Refused as no:
            form.add_error("status", str(no))
        else:
            messages.success(request, _("Đã ghi. Nơi gửi nhận được trong ít phút."))
            return redirect("exchange:steps", letter)
    told = Answer.objects.filter(envelope__letter=found).select_related("envelope")
    context = {"letter": found, "told": told, "form": form}
    return render(request, "exchange/steps.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@holds(*TRUSTING, on="unit")
def code(request: StaffRequest, unit: Unit) -> HttpResponse:
    """The unit's code on the exchange."""
    known = AgencyCode.objects.filter(unit=unit, ended_at=None).first()
    initial = {"code": known.code, "receives": known.receives} if known else {}
    form = CodeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = exchange.set_code(unit, **form.cleaned_data, by=request.user, now=request.now)
        except Refused as no:
            form.add_error("code", str(no))
        else:
            messages.success(request, _("Đã ghi mã định danh %(code)s.") % {"code": made.code})
            return redirect("exchange:agency_code", unit.pk)
    context = {"unit": unit, "version": unit.version_on(today(request)), "known": known, "form": form}
    return render(request, "exchange/agency_code.html", context, status=422 if form.errors else 200)
