"""Changes of boundaries: entered, tried out, taken back; and what divided units hold, decided one by one or all together."""

from __future__ import annotations

import secrets
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.engine.vietnamese import fold
from lachan.foundation.refused import Refused
from lachan.orgs import actions
from lachan.orgs.access import GRANTERS, StaffRequest, holds, reach_of, today
from lachan.orgs.boundary_forms import EVENTS, ChangeForm, ChoiceForm, FilterForm
from lachan.orgs.lineage import heirs_of
from lachan.orgs.models import BoundaryChange, Role, Unit, UnitVersion
from lachan.orgs.rehearsing import Rehearsed, rehearsed, told
from lachan.orgs.undecided import undecided

ON_A_PAGE = 50
LEFT = "khong"  # in an address: those that ended with nobody in their place


@require_GET
@holds(*GRANTERS)
def listed(request: StaffRequest) -> HttpResponse:
    """The changes that were made, the newest first, and the ways to enter one."""
    changes = BoundaryChange.objects.select_related("made_by", "undone_by")
    page = Paginator(changes, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "events": [(code, word, hint) for code, (word, hint, _form) in EVENTS.items()],
        "enters": request.user.grants.in_force().filter(role=Role.OPERATOR).exists(),
        "waiting": len(undecided(today(request), _ended_in_reach(request))),
    }
    return render(request, "orgs/boundaries.html", context)


@require_http_methods(["GET", "POST"])
@holds(Role.OPERATOR)
def enter(request: StaffRequest, event: str) -> HttpResponse:
    """One event: first tried out, then written."""
    if event not in EVENTS:
        raise Http404
    word, hint, kind = EVENTS[event]
    typed = request.POST if request.method == "POST" else None
    if typed is not None and (known := _known(typed.get("request_key", ""))):
        return redirect("orgs:boundary_change", known.pk)
    form = kind(
        typed,
        reach=lambda day: reach_of(request.user, day, Role.OPERATOR),
        initial={"on": today(request), "request_key": secrets.token_urlsafe(16)},
    )
    shown: Rehearsed | None = None
    if typed is not None and form.is_valid():
        try:
            if "write" in typed:
                return _written(request, form)
            shown = rehearsed(form.plan(), by=request.user, now=request.now)
        except Refused as no:
            form.add_error(None, str(no))
    context = {"form": form, "word": word, "hint": hint, "shown": shown}
    return render(request, "orgs/boundary_change.html", context, status=422 if form.errors else 200)


def _known(key: str) -> BoundaryChange | None:
    """The change that the same press of the button has written already."""
    return BoundaryChange.objects.filter(request_key=key, undone_at=None).first()


def _written(request: StaffRequest, form: ChangeForm) -> HttpResponse:
    change = actions.change_boundaries(form.plan(), by=request.user, now=request.now)
    messages.success(request, _("Đã ghi: %(name)s.") % {"name": change.name})
    return redirect("orgs:boundary_change", change.pk)


@require_GET
@holds(*GRANTERS)
def change(request: StaffRequest, change: int) -> HttpResponse:
    """What one change did."""
    found = get_object_or_404(BoundaryChange.objects.select_related("made_by", "undone_by"), pk=change)
    events = found.events.select_related("old", "new").order_by("old__code", "pk")
    page = Paginator(events, ON_A_PAGE).get_page(request.GET.get("page"))
    names = _names({key for one in page for key in (one.old_id, one.new_id) if key}, found.day)
    lines = [
        (names.get(one.old_id, ""), one.get_event_display(), names.get(one.new_id or 0, ""), one.share) for one in page
    ]
    context = {
        "change": found,
        "counts": told(found.counts),
        "page": page,
        "lines": lines,
        "undoes": not found.undone_at and _answers_for(request, found),
    }
    return render(request, "orgs/boundary_written.html", context)


@require_POST
@holds(Role.OPERATOR)
def undo(request: StaffRequest, change: int) -> HttpResponse:
    """Everything as it was before, when nobody has gone on from it."""
    found = get_object_or_404(BoundaryChange, pk=change)
    if not _answers_for(request, found):
        raise PermissionDenied
    actions.undo(found, by=request.user, now=request.now)
    messages.success(request, _("Đã hoàn tác: %(name)s.") % {"name": found.name})
    return redirect("orgs:boundaries")


@require_GET
@holds(*GRANTERS)
def waiting(request: StaffRequest) -> HttpResponse:
    """Units that ended and still hold something, in the part of the tree the person answers for."""
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    every = undecided(today(request), _ended_in_reach(request))
    divided = asked.get("loai") != LEFT
    words = fold(asked.get("q", "")).split()
    kind = [one for one in every if one.is_divided == divided]
    found = [one for one in kind if all(f" {word}" in f" {fold(one.version.name)}" for word in words)]
    context = {
        "form": form,
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "in_all": len(kind),
        "divided": divided,
        "tabs": [
            (_("Đơn vị bị chia"), "?", divided, sum(one.is_divided for one in every)),
            (_("Không có đơn vị thay"), f"?loai={LEFT}", not divided, sum(not one.is_divided for one in every)),
        ],
    }
    return render(request, "orgs/undecided.html", context)


@require_http_methods(["GET", "POST"])
@holds(*GRANTERS, on="unit")
def decide(request: StaffRequest, unit: Unit) -> HttpResponse:
    """What becomes of one unit's things: all of them together, or some now and others after."""
    found = undecided(today(request), [unit.pk])
    if not found:
        messages.info(request, _("Không còn việc nào của đơn vị này chờ quyết định."))
        return redirect("orgs:undecided")
    typed = request.POST if request.method == "POST" else None
    within = reach_of(request.user, today(request), *GRANTERS)
    form = ChoiceForm(typed, waiting=found[0], within=within, day=today(request))
    if typed is not None and form.is_valid():
        told = form.cleaned_data
        try:
            actions.choose(
                unit,
                successor=told["successor"],
                because=told["because"],
                only=told["what"],
                by=request.user,
                now=request.now,
            )
        except Refused as no:
            form.add_error("because" if "lý do" in str(no) else "successor", str(no))
        else:
            name = told["successor"].name_on(today(request))
            messages.success(
                request, _("Đã chuyển %(count)s việc sang %(name)s.") % {"count": len(told["what"]), "name": name}
            )
            return redirect("orgs:decide", unit.pk)
    context = {"waiting": found[0], "form": form}
    return render(request, "orgs/decide.html", context, status=422 if form.errors else 200)


def _ended_in_reach(request: StaffRequest) -> list[int]:
    """Units that are no more, with their last place in a part of the tree the person answers for, or one that went into it."""
    ended = Unit.objects.filter(valid_to__lte=today(request)).values("pk")
    last = UnitVersion.objects.filter(unit__in=ended).order_by("unit_id", "-valid_from").distinct("unit_id")
    heads = {grant.unit_id for grant in request.user.grants.in_force().filter(role__in=GRANTERS)}
    paths = {unit: [int(key) for key in path.split(".")[:-1]] for unit, path in last.values_list("unit_id", "path")}
    fates = heirs_of({key for path in paths.values() for key in path}, today(request))
    return [unit for unit, path in paths.items() if heads & {*path, *(fates[key].sole for key in path)}]


def _answers_for(request: StaffRequest, found: BoundaryChange) -> bool:
    """Whether the person is operator over every unit that the change touched."""
    heads = {grant.unit_id for grant in request.user.grants.in_force().filter(role=Role.OPERATOR)}
    touched = UnitVersion.objects.filter(unit__in=found.events.values("old_id"), valid_from__lt=found.day)
    places = touched.order_by("unit_id", "-valid_from").distinct("unit_id").values_list("path", flat=True)
    return bool(heads) and all(heads & {int(key) for key in path.split(".")[:-1]} for path in places)


def _names(units: set[int], day: date) -> dict[int, str]:
    """As they were called last before the day, or first after it."""
    versions = UnitVersion.objects.filter(unit__in=units).order_by("unit_id", "valid_from")
    names: dict[int, str] = {}
    for one in versions:
        if one.unit_id not in names or one.valid_from < day:
            names[one.unit_id] = one.name
    return names
