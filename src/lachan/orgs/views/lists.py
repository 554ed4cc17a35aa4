"""Bringing a list of units: the file, the preview, and writing the rows without faults."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from procrastinate.exceptions import AlreadyEnqueued

from lachan.engine.unit_list import Field, Verdict
from lachan.foundation.background import worker_is_up
from lachan.foundation.refused import Refused
from lachan.orgs import list_files, list_words, tasks
from lachan.orgs.access import GRANTERS, StaffRequest, holds, today
from lachan.orgs.actions import listing
from lachan.orgs.models import Kind, Unit, UnitList, UnitListRow
from lachan.orgs.unit_forms import ListForm
from lachan.orgs.views.units import FILES

ON_A_PAGE = 50
AT_ONCE = 60_000  # octets: so much is read while somebody waits for the page, some hundred rows; the worker reads longer lists
ROWS_AT_ONCE = 500
State = UnitList.State
ORDER = (Verdict.FAULTY, Verdict.CHANGED, Verdict.NEW, Verdict.SAME)


def _root(request: StaffRequest, brought: int) -> Unit:
    return get_object_or_404(UnitList.objects.select_related("root"), pk=brought).root


@require_GET
@holds(*GRANTERS)
def template(request: StaffRequest) -> HttpResponse:
    """An empty list to fill in."""
    return _workbook(list_files.template(Kind.objects.all()), "mau-danh-sach-don-vi")


@require_http_methods(["GET", "POST"])
@holds(*GRANTERS, on="unit")
def bring(request: StaffRequest, unit: Unit) -> HttpResponse:
    """A file of units to stand below this one."""
    form = _list_form(request)
    if not form.is_valid():
        return _bring_page(request, unit, form)
    file = form.cleaned_data["file"]
    data = file.read()
    brought, is_new = listing.bring_list(
        root=unit,
        data=data,
        name=file.name,
        applies_on=form.cleaned_data["applies_on"],
        by=request.user,
        now=request.now,
    )
    if is_new:
        _judge(brought)
        brought.refresh_from_db()
    if brought.state == State.UNREADABLE:
        form.add_error("file", brought.trouble)
        return _bring_page(request, unit, form)
    return redirect("orgs:list", brought.pk)


def _list_form(request: StaffRequest) -> ListForm:
    if request.method != "POST":
        return ListForm(initial={"applies_on": today(request)})
    return ListForm(request.POST, request.FILES, too_large=getattr(request, "too_large", False))


def _bring_page(request: StaffRequest, unit: Unit, form: ListForm) -> HttpResponse:
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "form": form,
        "earlier": unit.lists.select_related("brought_by")[:5],
    }
    return render(request, "orgs/list_bring.html", context, status=422 if form.is_bound else 200)


def _judge(brought: UnitList) -> None:
    """At once when it is short, else by the worker."""
    if brought.file.size <= AT_ONCE:
        listing.judge_list(brought)
        return
    with suppress(AlreadyEnqueued):
        tasks.judge_list.configure(queueing_lock=f"unit-list-{brought.pk}").defer(brought=brought.pk)


@dataclass(frozen=True)
class _Line:
    """A row as the preview shows it."""

    row: UnitListRow
    name: str
    code: str
    kind: str
    parent: str
    sentences: list[str]
    differences: list[Any]
    remarks: list[str]


def _line(row: UnitListRow, root: str) -> _Line:
    name, code, kind, parent = (
        row.written.get(field, "") for field in (Field.NAME, Field.CODE, Field.KIND, Field.PARENT)
    )
    if row.verdict in (Verdict.CHANGED, Verdict.SAME):
        kind, parent = kind or _("giữ nguyên"), parent or _("giữ nguyên")
    told = list_words.sentences(row), list_words.differences(row), list_words.remarks(row)
    return _Line(row, name, code, kind, parent or root, *told)


@require_GET
@holds(*GRANTERS, on=_root)
def preview(request: StaffRequest, brought: int) -> HttpResponse:
    """What would become of each row; while it is read, how far that is."""
    found = get_object_or_404(UnitList.objects.select_related("root", "taken_by"), pk=brought)
    counts = dict(found.rows.order_by().values_list("verdict").annotate(count=Count("pk")))
    first = next((verdict for verdict in ORDER if counts.get(verdict)), Verdict.SAME)
    asked = request.GET.get("loc", "")
    shown = Verdict(asked) if asked in list(Verdict) else first
    page = Paginator(found.rows.filter(verdict=shown), ON_A_PAGE).get_page(request.GET.get("page"))
    version = found.root.version_on(found.applies_on)
    context = {
        "list": found,
        "version": version,
        "nobody_works": found.state in (State.READING, State.TAKING) and not worker_is_up(request.now),
        "tabs": [(list_words.VERDICTS[one], f"?loc={one}", counts.get(one, 0), one == shown) for one in ORDER],
        "faulty": counts.get(Verdict.FAULTY, 0),
        "to_write": counts.get(Verdict.NEW, 0) + counts.get(Verdict.CHANGED, 0),
        "people": found.rows.exclude(verdict=Verdict.FAULTY).filter(written__has_key="person_email").count(),
        "shown": shown,
        "page": page,
        "lines": [_line(row, version.name) for row in page],
    }
    return render(request, "orgs/list.html", context)


@require_POST
@holds(*GRANTERS, on=_root)
def take(request: StaffRequest, brought: int) -> HttpResponse:
    """Writes the rows without faults."""
    found = get_object_or_404(UnitList, pk=brought)
    try:
        if found.rows_in_all > ROWS_AT_ONCE:
            listing.ask_to_take(found)
            tasks.take_list.defer(brought=found.pk, by=request.user.pk)
        else:
            listing.take_list(found, by=request.user, now=request.now)
            messages.success(request, _("Đã ghi danh sách."))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("orgs:list", brought)


@require_POST
@holds(*GRANTERS, on=_root)
def stop(request: StaffRequest, brought: int) -> HttpResponse:
    """Stops reading a long list."""
    listing.stop_list(get_object_or_404(UnitList, pk=brought), by=request.user, now=request.now)
    return redirect("orgs:list", brought)


@require_POST
@holds(*GRANTERS, on=_root)
def again(request: StaffRequest, brought: int) -> HttpResponse:
    """Judges the list anew, against the units of now."""
    found = get_object_or_404(UnitList, pk=brought)
    listing.judge_again(found, by=request.user, now=request.now)
    found.refresh_from_db()
    _judge(found)
    return redirect("orgs:list", brought)


@require_GET
@holds(*GRANTERS, on=_root)
def faults(request: StaffRequest, brought: int) -> HttpResponse:
    """The faulty rows as a workbook, with what is wrong."""
    found = get_object_or_404(UnitList, pk=brought)
    rows = found.rows.filter(verdict=Verdict.FAULTY)
    return _workbook(list_files.faulty_rows(found, rows), f"dong-co-loi-{found.pk}")


def _workbook(octets: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type=FILES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
