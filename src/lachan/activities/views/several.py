"""Several activities on one page."""

import secrets

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lachan.activities import actions, reads
from lachan.activities.access import to_record
from lachan.activities.forms import CampaignForm, LineForm, SeveralLines, filled
from lachan.foundation.http import key_in
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, today
from lachan.orgs.models import Unit

COLUMNS = ("done_on", "channel", "what", "times", "audience", "copies", "audiences")
MORE = 5


@require_http_methods(["GET", "POST"])
@to_record
def several(request: StaffRequest, unit: Unit) -> HttpResponse:
    """A table to fill in line by line. The same page sent twice records once."""
    kwargs = {"channels": reads.channels_for(unit, today(request)), "today": today(request)}
    campaigns = list(reads.open_to(unit))
    if request.method != "POST":
        asked = key_in(request.GET.get("chien-dich", ""))
        chosen = asked if asked in [one.pk for one in campaigns] else next((one.pk for one in campaigns), "")
        form = CampaignForm(initial={"campaign": chosen, "request_key": secrets.token_urlsafe(16)}, campaigns=campaigns)
        return _page(request, unit, form, SeveralLines(prefix="dong", form_kwargs=kwargs))
    form = CampaignForm(request.POST, campaigns=campaigns)
    if "more" in request.POST:
        lines = SeveralLines(prefix="dong", form_kwargs=kwargs, initial=_typed(request.POST))
        return _page(request, unit, form, lines)
    lines = SeveralLines(request.POST, prefix="dong", form_kwargs=kwargs)
    return _saved(request, unit, form, lines) or _page(request, unit, form, lines, status=422)


def _typed(query: QueryDict) -> list[dict[str, str]]:
    """What stands in the lines, unchecked, so that more lines can be put below them."""
    count = key_in(query.get("dong-TOTAL_FORMS", "")) or 0
    return [{name: query.get(f"dong-{n}-{name}", "") for name in COLUMNS} for n in range(min(count, 50))]


def _saved(
    request: StaffRequest, unit: Unit, form: CampaignForm, lines: "BaseFormSet[LineForm]"
) -> HttpResponse | None:
    if not form.is_valid() or not lines.is_valid():
        return None
    key = form.cleaned_data["request_key"]
    told = [(f"{key}-{number}", facts) for number, facts in enumerate(filled(lines))]
    if not told:
        form.add_error(None, _("Chưa có dòng nào được điền. Chọn kênh ở ít nhất một dòng."))
        return None
    try:
        new = actions.record_several(
            unit, campaign=form.chosen_campaign(), lines=told, by=request.user, now=request.now
        )
    except Refused as no:
        form.add_error(None, str(no))
        return None
    messages.success(request, ngettext("Đã ghi %(new)s hoạt động.", "Đã ghi %(new)s hoạt động.", new) % {"new": new})
    return redirect("activities:listed", unit.pk)


def _page(
    request: StaffRequest, unit: Unit, form: CampaignForm, lines: "BaseFormSet[LineForm]", status: int = 200
) -> HttpResponse:
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "form": form,
        "lines": lines,
        "suggestions": reads.suggestions(unit, None),
    }
    return render(request, "activities/several.html", context, status=status)
