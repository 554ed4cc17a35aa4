"""Kinds and groups of units: looked over and edited by the operator."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.foundation.refused import Refused
from lachan.orgs import actions
from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Group, Kind, Role, UnitVersion
from lachan.orgs.unit_forms import GroupForm, KindForm


@require_GET
@holds(Role.OPERATOR)
def listed(request: StaffRequest) -> HttpResponse:
    """All kinds with how many units are of each, and all groups with their kinds."""
    counts: dict[str, int] = dict(
        UnitVersion.objects.on(today(request)).order_by().values_list("kind").annotate(count=Count("pk"))
    )
    kinds = [(kind, counts.get(kind.pk, 0)) for kind in Kind.objects.all()]
    groups = Group.objects.prefetch_related("kinds")
    return render(request, "orgs/catalogue.html", {"kinds": kinds, "groups": groups})


@require_http_methods(["GET", "POST"])
@holds(Role.OPERATOR)
def kind(request: StaffRequest, code: str = "") -> HttpResponse:
    """One kind, or a new one."""
    known = get_object_or_404(Kind, pk=code) if code else None
    form = KindForm(request.POST if request.method == "POST" else None, instance=known)
    if not form.is_valid():
        return _page(request, form, known, "orgs/kind.html")
    try:
        written = actions.write_kind(
            Kind.objects.get(pk=code) if code else None, **form.cleaned_data, by=request.user, now=request.now
        )
    except Refused as no:
        form.add_error("name", str(no))
        return _page(request, form, known, "orgs/kind.html")
    messages.success(request, _("Đã lưu loại “%(name)s”.") % {"name": written.name})
    return redirect("orgs:catalogue")


@require_POST
@holds(Role.OPERATOR)
def remove_kind(request: StaffRequest, code: str) -> HttpResponse:
    """Takes away a kind that nothing uses."""
    actions.remove_kind(get_object_or_404(Kind, pk=code), by=request.user, now=request.now)
    return redirect("orgs:catalogue")


@require_http_methods(["GET", "POST"])
@holds(Role.OPERATOR)
def group(request: StaffRequest, code: str = "") -> HttpResponse:
    """One group, or a new one."""
    known = get_object_or_404(Group, pk=code) if code else None
    form = GroupForm(request.POST if request.method == "POST" else None, instance=known)
    if not form.is_valid():
        return _page(request, form, known, "orgs/group.html")
    draft = actions.GroupDraft(**form.cleaned_data)
    written = actions.write_group(known, draft=draft, by=request.user, now=request.now)
    messages.success(request, _("Đã lưu nhóm “%(name)s”.") % {"name": written.name})
    return redirect("orgs:catalogue")


@require_POST
@holds(Role.OPERATOR)
def remove_group(request: StaffRequest, code: str) -> HttpResponse:
    """Takes away a group that no form is put to."""
    actions.remove_group(get_object_or_404(Group, pk=code), by=request.user, now=request.now)
    return redirect("orgs:catalogue")


def _page(request: StaffRequest, form: KindForm | GroupForm, known: Kind | Group | None, template: str) -> HttpResponse:
    known = type(known).objects.get(pk=known.pk) if known else None  # as it is kept: the form writes into its own
    return render(request, template, {"form": form, "known": known}, status=422 if form.is_bound else 200)
