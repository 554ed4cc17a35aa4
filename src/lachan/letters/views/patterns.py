"""A unit's patterns: those of the house, and its own wording in their place or beside them."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.letters import patterns
from lachan.letters.access import CLERKS
from lachan.letters.draft_forms import PatternForm
from lachan.letters.patterns import Wording
from lachan.orgs.access import StaffRequest, holds
from lachan.orgs.models import Unit

NEW = "moi"


@require_GET
@holds(*CLERKS, on="unit")
def listed(request: StaffRequest, unit: Unit) -> HttpResponse:
    """All patterns the unit drafts from."""
    return render(request, "letters/patterns.html", {"unit": unit, "wordings": patterns.for_unit(unit), "new": NEW})


@require_http_methods(["GET", "POST"])
@holds(*CLERKS, on="unit")
def pattern(request: StaffRequest, unit: Unit, code: str) -> HttpResponse:
    """One pattern, to be kept in the unit's own wording; `moi` begins another."""
    found = patterns.find(unit, code)
    if found is None and code != NEW:
        raise Http404
    wording = found or Wording("", "", "công văn", "", "")
    named = ("name", "doc_type", "abstract", "bases", "body")
    form = PatternForm(request.POST or None, initial={name: getattr(wording, name) for name in named})
    if request.method == "POST" and form.is_valid():
        patterns.keep(unit, replace(wording, **form.cleaned_data), by=request.user, now=request.now)
        messages.success(request, _("Đã lưu mẫu của đơn vị."))
        return redirect("letters:patterns", unit.pk)
    context = {"unit": unit, "wording": wording, "form": form}
    return render(request, "letters/pattern.html", context, status=422 if form.errors else 200)


@require_POST
@holds(*CLERKS, on="unit")
def drop(request: StaffRequest, unit: Unit, code: str) -> HttpResponse:
    """Do without the unit's own wording."""
    patterns.drop(unit, code, by=request.user, now=request.now)
    messages.success(request, _("Đã bỏ mẫu của đơn vị."))
    return redirect("letters:patterns", unit.pk)
