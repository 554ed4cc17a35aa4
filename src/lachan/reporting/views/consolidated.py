"""Consolidated reports: drawn up, issued, taken away as Word, PDF and Excel."""

import secrets
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from lachan.engine.layout import OfficialDocument, to_docx
from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, signed_in, today
from lachan.orgs.models import Unit
from lachan.reporting.access import Branch, branch_of_report, on_branch, sees
from lachan.reporting.actions.consolidating import Words, consolidate
from lachan.reporting.consolidated import document, written
from lachan.reporting.forms import ReportForm
from lachan.reporting.letterhead import letterhead, wording
from lachan.reporting.models import ConsolidatedReport
from lachan.reporting.snapshot import Snapshot
from lachan.reporting.taking import take

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@on_branch()
def listed(request: StaffRequest, branch: Branch) -> HttpResponse:
    """The reports the unit has issued on the campaign."""
    reports = ConsolidatedReport.objects.filter(campaign=branch.campaign, unit=branch.unit).select_related(
        "letter", "made_by"
    )
    page = {
        "branch": branch,
        "own": branch.unit.version_on(today(request)),
        "reports": reports,
        "may_compose": branch.acting == branch.unit and branch.campaign.state != branch.campaign.State.DRAFT,
    }
    return render(request, "reporting/reports.html", page)


@on_branch(to_decide=True)
def compose(request: StaffRequest, branch: Branch) -> HttpResponse:
    """Read the report over before it is issued; words can be changed, figures cannot."""
    head = letterhead(branch.unit, today(request))
    form = ReportForm(request.POST or None)
    if not form.is_bound:
        words = wording(branch.campaign, branch.top, head.name, today(request))
        form = ReportForm.suggested(head, words, today(request), secrets.token_urlsafe(16))
    if form.is_bound and form.is_valid() and request.POST.get("do") == "issue":
        key = form.cleaned_data["request_key"]
        return redirect(
            consolidate(
                branch.campaign,
                top=branch.top,
                words=form.words(head),
                request_key=key,
                by=request.user,
                now=request.now,
            )
        )
    snapshot = take(branch.campaign, branch.top, now=request.now)
    shown = None if form.errors else _drafted(branch.unit, form.words(head), snapshot)
    if shown and request.POST.get("do") == "docx":
        return _file(to_docx(shown), "docx", "du-thao-bao-cao")
    page = {"branch": branch, "head": head, "form": form, "document": shown, "snapshot": snapshot}
    return render(request, "reporting/compose.html", page, status=422 if form.errors else 200)


def _drafted(unit: Unit, words: Words, snapshot: Snapshot) -> OfficialDocument:
    letter = Letter(holder=unit, **asdict(words.heading), content=asdict(words.content))
    return document(letter, snapshot, closing=words.closing)


def _on_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """The view is about one issued report, for those who see its branch of the campaign."""

    @signed_in
    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reports = ConsolidatedReport.objects.select_related(
            "campaign__owner", "campaign__letter", "unit", "letter", "made_by"
        )
        found = get_object_or_404(reports, pk=kwargs.pop("report"))
        branch = branch_of_report(found)
        if not sees(request.user, branch, today(request)):
            raise Http404
        return view(request, found, branch=branch, **kwargs)

    guarded.access = "staff of the report's unit or above"  # type: ignore[attr-defined]  # read by the test of all routes
    return guarded


@_on_report
def show(request: StaffRequest, report: ConsolidatedReport, *, branch: Branch) -> HttpResponse:
    """An issued report, with its three files."""
    snapshot = Snapshot.from_json(report.figures)
    page = {
        "branch": branch,
        "report": report,
        "snapshot": snapshot,
        "document": document(report.letter, snapshot, closing=report.closing),
        "own": branch.unit.version_on(today(request)),
    }
    return render(request, "reporting/report.html", page)


@_on_report
def download(request: StaffRequest, report: ConsolidatedReport, *, branch: Branch, kind: str) -> HttpResponse:
    """One of the three files, laid out from what was frozen: always the same."""
    if kind not in TYPES:
        raise Http404
    return _file(written(report, kind), kind, f"bao-cao-{report.letter.number}-{report.letter.dated_on:%Y}")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
