"""Passing an assignment on to the level below with the unit's own letter, filled in beforehand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lachan.campaigns.models import Dispatch
from lachan.campaigns.office import working_days
from lachan.letters import patterns
from lachan.orgs.access import StaffRequest
from lachan.orgs.models import UnitVersion
from lachan.portal import own_letter
from lachan.portal.access import Desk, on_assignment
from lachan.portal.due import Due
from lachan.portal.forms import PassOnForm, Terms, picking
from lachan.reporting.actions import giving


@require_http_methods(["GET", "POST"])
@on_assignment(to_act=True)
def pass_on(request: StaffRequest, desk: Desk) -> HttpResponse:
    """GET: the letter, the units and the deadline, ready to be issued. POST: issue and hand down, or pick and search."""
    given = desk.assignment
    day = localdate(request.now)
    already = given.campaign.assignments.values("unit_id")
    children = (
        UnitVersion.objects.on(day).children_of(given.unit).exclude(unit__in=already).select_related("kind", "unit")
    )
    below = list(children.order_by("kind__rank", "kind", "sort_key"))
    pattern = request.POST.get("pattern") or own_letter.PATTERN
    draft = own_letter.draft(given, below, now=request.now, pattern=pattern)
    terms = Terms(below, given.dispatch.report_due, request.now, working_days(), patterns.for_unit(given.unit))
    press = request.POST.get("lam", "")
    form = PassOnForm(request.POST, terms=terms) if request.method == "POST" else PassOnForm.starting(draft, terms)
    if press == "giao" and form.is_valid():
        return _issue(request, desk, form, draft)
    if request.method == "POST" and press != "giao":
        form = PassOnForm(initial=request.POST.dict() | {"units": request.POST.getlist("units")}, terms=terms)
    if press == "mau":
        form = form.reworded(draft)
    context = {
        "given": given,
        "version": given.unit.version_on(day),
        "draft": draft,
        "form": form,
        "picking": picking(form, searched=request.POST.get("tim", ""), press=press),
        "due": Due(given.dispatch.report_due, request.now),
    }
    return render(request, "portal/pass_on.html", context, status=422 if form.errors else 200)


def _issue(request: StaffRequest, desk: Desk, form: PassOnForm, draft: own_letter.Draft) -> HttpResponse:
    chosen, due = form.chosen(), form.cleaned_data["report_due"]
    own = own_letter.letter_from(draft, form.cleaned_data, to=chosen, report_due=due)
    units = [version.unit for version in chosen]
    dispatch = giving.pass_on(desk.assignment, own=own, to=units, report_due=due, by=request.user, now=request.now)
    messages.success(request, _said(dispatch, len(units)))
    return redirect("portal:assignment", desk.assignment.pk)


def _said(dispatch: Dispatch, count: int) -> str:
    return ngettext(
        "Đã phát hành văn bản %(symbol)s và giao việc cho %(count)s đơn vị.",
        "Đã phát hành văn bản %(symbol)s và giao việc cho %(count)s đơn vị.",
        count,
    ) % {"symbol": dispatch.letter.full_symbol, "count": count}
