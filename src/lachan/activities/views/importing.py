"""A list of activities is brought as a file, looked over, and recorded."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from lachan.activities import actions, lists, reads
from lachan.activities.access import to_record
from lachan.activities.forms import ListForm
from lachan.activities.words import word
from lachan.engine.activities import AUDIENCES, CHANNELS
from lachan.foundation.formats import day
from lachan.foundation.http import key_in
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, today
from lachan.orgs.models import Unit


@require_http_methods(["GET", "POST"])
@to_record
def bring(request: StaffRequest, unit: Unit) -> HttpResponse:
    """The file, then what each of its lines would become, then the record of the good ones."""
    if "lines" in request.POST:
        return _recorded(request, unit)
    campaigns = list(reads.open_to(unit))
    if request.method == "GET":
        asked = key_in(request.GET.get("chien-dich", ""))
        chosen = asked if asked in [one.pk for one in campaigns] else next((one.pk for one in campaigns), "")
        return _page(request, unit, ListForm(initial={"campaign": chosen}, campaigns=campaigns))
    form = ListForm(request.POST, request.FILES, campaigns=campaigns, too_large=getattr(request, "too_large", False))
    if not form.is_valid():
        return _page(request, unit, form, status=422)
    campaign = form.chosen_campaign()
    try:
        judged = lists.judge(form.cleaned_data["file"].read(), unit=unit, campaign=campaign, today=today(request))
    except Refused as no:
        form.add_error("file", str(no))
        return _page(request, unit, form, status=422)
    return _preview(request, unit, campaign, judged)


def _recorded(request: StaffRequest, unit: Unit) -> HttpResponse:
    campaign, lines = lists.unpacked(request.POST["lines"], unit)
    found = reads.open_to(unit).filter(pk=campaign).first() if campaign else None
    if campaign and found is None:
        raise Refused(_("Chiến dịch này không giao cho đơn vị, hoặc đã kết thúc. Chọn chiến dịch khác, hoặc để trống."))
    new = actions.record_several(unit, campaign=found, lines=lines, by=request.user, now=request.now)
    messages.success(request, ngettext("Đã ghi %(new)s hoạt động.", "Đã ghi %(new)s hoạt động.", new) % {"new": new})
    return redirect("activities:listed", unit.pk)


def _preview(request: StaffRequest, unit: Unit, campaign: Any, judged: list[lists.Judged]) -> HttpResponse:
    good = [one for one in judged if one.facts]
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "campaign": campaign,
        "new": sum(not one.known for one in good),
        "known": sum(one.known for one in good),
        "wrong": [one for one in judged if one.wrong],
        "lines": [
            (one, word(CHANNELS[one.facts.channel]), ", ".join(word(AUDIENCES[code]) for code in one.facts.audiences))
            for one in good
            if one.facts
        ],
        "packed": lists.packed(unit, campaign, judged),
    }
    return render(request, "activities/list_preview.html", context)


def _page(request: StaffRequest, unit: Unit, form: ListForm, status: int = 200) -> HttpResponse:
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "form": form,
        "channels": [word(one) for one in CHANNELS.values()],
        "audiences": [word(one) for one in AUDIENCES.values()],
    }
    return render(request, "activities/list_bring.html", context, status=status)


@require_GET
@to_record
def template(request: StaffRequest, unit: Unit) -> HttpResponse:
    """A CSV file with the headings and one line as an example; Excel opens it with its Vietnamese letters."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([str(heading) for heading in lists.HEADINGS.values()])
    example = CHANNELS["talk"]
    writer.writerow(
        [
            day(today(request)),
            example.name,
            _("Nói chuyện ở nhà văn hóa thôn"),
            1,
            60,
            "",
            45,
            AUDIENCES["elderly"].name,
            "",
        ]
    )
    return HttpResponse(
        "\ufeff" + out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="mau-hoat-dong.csv"'},
    )
