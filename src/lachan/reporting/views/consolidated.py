"""Consolidated reports: the issued ones, sent up and taken away as Word, PDF and Excel."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db.models import F, Func, JSONField, TextField, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lachan.orgs.access import StaffRequest, signed_in, today
from lachan.reporting.access import Branch, acting_in, branch_of_report, on_branch
from lachan.reporting.actions import consolidating
from lachan.reporting.changed import changes_in
from lachan.reporting.consolidated import document, written
from lachan.reporting.later import since
from lachan.reporting.models import ConsolidatedReport, ReportDraft
from lachan.reporting.report_files import TYPES, file_answer
from lachan.reporting.snapshot import Snapshot

IN_SHORT = Func(
    F("figures"),
    Cast(Value("{lines,versions}"), ArrayField(TextField())),
    template="%(expressions)s",
    arg_joiner=" - ",
    output_field=JSONField(),
)
"""The figures of a report without what each unit has one of: of a province that is megabytes, which the files alone need."""


@on_branch()
def listed(request: StaffRequest, branch: Branch) -> HttpResponse:
    """The reports the unit has issued on the campaign."""
    found = ConsolidatedReport.objects.filter(campaign=branch.campaign, unit=branch.unit).defer("figures")
    reports = list(found.select_related("letter", "made_by"))
    newest = reports[0] if reports else None
    changes = changes_in(branch.campaign, branch.top).filter(at__gt=newest.made_at).count() if newest else 0
    page = {
        "branch": branch,
        "own": branch.unit.version_on(today(request)),
        "reports": reports,
        "newest": newest,
        "changes": changes,
        "draft": ReportDraft.objects.filter(campaign=branch.campaign, unit=branch.unit).first(),
        "may_compose": branch.acting == branch.unit and branch.campaign.state != branch.campaign.State.DRAFT,
    }
    return render(request, "reporting/reports.html", page)


def _on_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """The view is about one issued report, for those who see its branch of the campaign."""

    @signed_in
    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reports = ConsolidatedReport.objects.select_related(
            "campaign__owner", "campaign__letter", "unit", "letter", "made_by", "sent_by"
        )
        reports = reports.defer("figures").annotate(figures_in_short=IN_SHORT)
        found = get_object_or_404(reports, pk=kwargs.pop("report"))
        branch = branch_of_report(found)
        acting = acting_in(request.user, branch, today(request))
        if acting is None:
            raise Http404
        return view(request, found, branch=replace(branch, acting=acting), **kwargs)

    guarded.access = "staff of the report's unit or above"  # type: ignore[attr-defined]  # read by the test of all routes
    return guarded


@_on_report
def show(request: StaffRequest, report: ConsolidatedReport, *, branch: Branch) -> HttpResponse:
    """An issued report, with its three files."""
    kept: dict[str, Any] = report.figures_in_short  # type: ignore[attr-defined]  # as _on_report asks for it
    lists = [{**one, "entries": []} for one in kept.get("lists", [])]
    snapshot = Snapshot.from_json({**kept, "lines": [], "versions": [], "lists": lists})  # the files hold the annexes
    page = {
        "branch": branch,
        "report": report,
        "may_send": branch.acting == branch.unit and report.sent_at is None,
        "later": since(report, branch.top, snapshot),
        "snapshot": snapshot,
        "document": document(report.letter, snapshot, closing=report.closing),
        "own": branch.unit.version_on(today(request)),
    }
    return render(request, "reporting/report.html", page)


@require_POST
@_on_report
def send_up(request: StaffRequest, report: ConsolidatedReport, *, branch: Branch) -> HttpResponse:
    """Send it to whoever asked for it."""
    if branch.acting != branch.unit:
        raise PermissionDenied
    consolidating.send_up(report, by=request.user, now=request.now)
    messages.success(request, _("Đã gửi báo cáo lên cấp trên."))
    return redirect(report)


@_on_report
def download(request: StaffRequest, report: ConsolidatedReport, *, branch: Branch, kind: str) -> HttpResponse:
    """One of the three files, laid out from what was frozen: always the same."""
    if kind not in TYPES:
        raise Http404
    return file_answer(written(report, kind), kind, f"bao-cao-{report.letter.number}-{report.letter.dated_on:%Y}")
