"""Packages: what went out and came in, packing a report, bringing a file in."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.campaigns.models import Campaign
from lachan.engine.packages import Kind
from lachan.exchange import actions, shown
from lachan.exchange.access import EXCHANGING, TRUSTING, reports_unit, senders_unit, takers_unit
from lachan.exchange.forms import BringForm, PackForm
from lachan.exchange.models import Partner, SentPackage, TakenPackage
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, holds, roles_on, today, units_of
from lachan.orgs.models import Unit, UnitVersion
from lachan.reporting.models import ConsolidatedReport

FEW, ON_A_PAGE = 20, 50
ZIP = "application/zip"
REPORTS = ConsolidatedReport.objects.select_related("letter", "unit", "campaign").defer("figures")


@require_GET
@holds(*EXCHANGING)
def desks(request: StaffRequest) -> HttpResponse:
    """To the packages of the person's unit; with several units, a choice of them."""
    units = units_of(request.user, *EXCHANGING)
    if len(units) == 1:
        return redirect("exchange:desk", units[0].pk)
    versions = UnitVersion.objects.on(today(request)).filter(unit__in=units).select_related("kind").in_order()
    return render(request, "exchange/desks.html", {"versions": versions})


@require_GET
@holds(*EXCHANGING, on="unit")
def desk(request: StaffRequest, unit: Unit) -> HttpResponse:
    """What the unit has sent and taken."""
    return _desk(request, unit, BringForm(campaigns=_campaigns(unit)))


@require_POST
@holds(*EXCHANGING, on="unit")
def bring(request: StaffRequest, unit: Unit) -> HttpResponse:
    """A package, or the receipt of one that was sent. The same file again leads to what there is."""
    too_large = getattr(request, "too_large", False)
    form = BringForm(request.POST, request.FILES, campaigns=_campaigns(unit), too_large=too_large)
    if not form.is_valid():
        return _desk(request, unit, form, status=422)
    data = form.cleaned_data["file"].read()
    try:
        incoming = actions.verify(unit, data)
        if incoming.manifest.kind == Kind.RECEIPT:
            sent = actions.take_receipt(incoming, by=request.user, now=request.now)
            messages.success(request, _("Đã ghi biên nhận của %(name)s.") % {"name": sent.partner.name})
            return redirect("exchange:pack", sent.report_id)
    except Refused as no:
        form.add_error("file", str(no))
        return _desk(request, unit, form, status=422)
    campaign = form.cleaned_data["campaign"]
    return redirect(actions.take(incoming, data, campaign=campaign, by=request.user, now=request.now))


def _campaigns(unit: Unit) -> QuerySet[Campaign]:
    """Those the unit gave to others and that still run."""
    running = Campaign.objects.filter(state=Campaign.State.RUNNING)
    return running.filter(pk__in=unit.dispatches.values("campaign")).order_by("-pk")


def _desk(request: StaffRequest, unit: Unit, form: BringForm, status: int = 200) -> HttpResponse:
    sent = SentPackage.objects.filter(partner__unit=unit).select_related("partner", "report__letter")
    sent = sent.defer("report__figures")
    taken = TakenPackage.objects.filter(unit=unit).select_related("partner")
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "form": form,
        "sent": sent[:FEW],
        "taken": taken[:FEW],
        "partners": Partner.objects.filter(unit=unit, ended_at=None).count(),
        "may_trust": bool(roles_on(request.user, unit, today(request)) & set(TRUSTING)),
    }
    return render(request, "exchange/desk.html", context, status=status)


@require_http_methods(["GET", "POST"])
@holds(*EXCHANGING, on=reports_unit)
def pack(request: StaffRequest, report: int) -> HttpResponse:
    """The packages of a report that was sent up, each for one partner."""
    found = get_object_or_404(REPORTS, pk=report)
    partners = Partner.objects.filter(unit=found.unit, ended_at=None)
    sent = list(found.packages.select_related("partner", "made_by"))
    free = partners.exclude(pk__in=[one.partner_id for one in sent])
    form = PackForm(request.POST or None, partners=partners)
    if request.method == "POST" and form.is_valid():
        try:
            actions.pack(found, partner=form.cleaned_data["partner"], by=request.user, now=request.now)
        except Refused as no:
            form.add_error("partner", str(no))
        else:
            messages.success(request, _("Đã đóng gói và ký. Tải gói về rồi chuyển cho cơ quan nhận."))
            return redirect("exchange:pack", report)
    if not form.is_bound:
        form = PackForm(partners=free)
    context = {"report": found, "sent": sent, "form": form, "has_free": free.exists(), "has_any": partners.exists()}
    return render(request, "exchange/pack.html", context, status=422 if form.errors else 200)


@require_GET
@holds(*EXCHANGING, on=senders_unit)
def sent_file(request: StaffRequest, sent: int) -> HttpResponseBase:
    """The package, to be carried to its recipient."""
    found = get_object_or_404(SentPackage.objects.select_related("report__letter"), pk=sent)
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name, content_type=ZIP)


@require_GET
@holds(*EXCHANGING, on=takers_unit)
def taken(request: StaffRequest, taken: int) -> HttpResponse:
    """What a package said, and what became of it."""
    found = get_object_or_404(
        TakenPackage.objects.select_related("partner", "unit", "taken_by", "version__obligation__form__campaign"),
        pk=taken,
    )
    content = shown.content(found)
    context: dict[str, Any] = {
        "taken": found,
        "content": content,
        "lines": Paginator(content.lines if content else [], ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "exchange/taken.html", context)


@require_GET
@holds(*EXCHANGING, on=takers_unit)
def taken_file(request: StaffRequest, taken: int, name: str) -> HttpResponseBase:
    """The receipt to go back, or the report as its unit issued it."""
    found = get_object_or_404(TakenPackage, pk=taken)
    if name == "bien-nhan.zip":
        return FileResponse(found.receipt.open("rb"), as_attachment=True, filename=name, content_type=ZIP)
    if name not in shown.DOCUMENTS or (octets := shown.opened(found).files.get(name)) is None:
        raise Http404
    answer = HttpResponse(octets, content_type=shown.DOCUMENTS[name])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
