"""Entering what a unit without an account sent on paper."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lachan.campaigns.models import Assignment
from lachan.engine.answers import Checked
from lachan.foundation.refused import Refused
from lachan.letters.receiving import Source
from lachan.orgs.access import StaffRequest, signed_in, today
from lachan.reporting.access import Case, on_return
from lachan.reporting.actions import on_paper, returns
from lachan.reporting.actions.on_paper import Sheet
from lachan.reporting.faults import broken_sentence
from lachan.reporting.forms import ReturnForm, page_of, typed_in
from lachan.reporting.models import Obligation, Paper, Question
from lachan.reporting.return_page import chapters


class SheetForm(forms.Form):
    """The paper that is being entered."""

    dated_on = forms.DateField(label=gettext_lazy("Ngày của bản giấy"))
    signed_by = forms.CharField(label=gettext_lazy("Người ký bản giấy"), max_length=200)
    scan = forms.FileField(
        label=gettext_lazy("Bản quét"),
        required=False,
        help_text=gettext_lazy("PDF, PNG hoặc JPG; tối đa 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def sheet(self) -> Sheet:
        """What was given, for the actions; of a valid form."""
        given = self.cleaned_data
        source = Source.of(given["scan"], "") if given["scan"] else Source(b"", "")
        return Sheet(given["dated_on"], given["signed_by"], source.data, source.name)


View = Callable[..., HttpResponseBase]


def _by_the_giver(view: View) -> View:
    """The view is about an assignment and is for those who work for the unit that gave it; for anybody else there is no page."""

    @signed_in
    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        given = Assignment.objects.select_related("campaign__owner", "dispatch__unit", "dispatch__letter", "unit")
        found = get_object_or_404(given, pk=kwargs.pop("assignment"))
        if not on_paper.may_enter(request.user, found, today(request)):
            raise Http404
        return view(request, found, **kwargs)

    guarded.access = "staff of the unit that gave the work"  # type: ignore[attr-defined]  # read by the test of all routes
    return guarded


@require_http_methods(["GET", "POST"])
@_by_the_giver
def receive(request: StaffRequest, given: Assignment) -> HttpResponse:
    """Confirm receipt for a unit, as its paper says."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            on_paper.receive(given, sheet=form.sheet(), by=request.user, now=request.now)
            messages.success(request, _("Đã ghi xác nhận thay %(unit)s.") % {"unit": given.unit_name})
            return redirect("portal:without_account", given.dispatch_id)
        except Refused as no:
            form.add_error(None, str(no))
    context = {"given": given, "form": form}
    return render(request, "reporting/paper_receipt.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@_by_the_giver
def report(request: StaffRequest, given: Assignment) -> HttpResponse:
    """Type a paper return for a unit."""
    obligation = get_object_or_404(Obligation.objects.for_page(), assignment=given)
    questions = list(obligation.asked())
    if request.method == "GET":
        return _page(request, obligation, questions, SheetForm())
    sheet_form = SheetForm(request.POST, request.FILES)
    typed, page = typed_in(request.POST, questions), page_of(request.POST, questions)
    checked: Checked | None = None
    if sheet_form.is_valid():
        try:
            sheet = sheet_form.sheet()
            version = on_paper.report(obligation, typed=typed, page=page, sheet=sheet, by=request.user, now=request.now)
            messages.success(request, _("Đã nhập thay báo cáo của %(unit)s.") % {"unit": given.unit_name})
            return redirect(version)
        except returns.FaultyAnswers as refused:
            checked = refused.checked
        except Refused as no:
            sheet_form.add_error(None, str(no))
    obligation = _kept(request, obligation, typed)
    return _page(request, obligation, questions, sheet_form, checked)


def _kept(request: StaffRequest, obligation: Obligation, typed: dict[str, str]) -> Obligation:
    """Keep what was typed in the unit's draft, so that nothing is lost; not where its own people write it."""
    if obligation.is_open and on_paper.without_account([obligation.unit_id]):
        return returns.save_draft(obligation, typed=typed, by=request.user, now=request.now)
    return obligation


def _page(
    request: StaffRequest,
    obligation: Obligation,
    questions: Sequence[Question],
    sheet_form: SheetForm,
    checked: Checked | None = None,
) -> HttpResponse:
    form = ReturnForm(questions, draft=obligation.read_draft(), names={}, faults=checked.faults if checked else ())
    by_key = {question.key: question for question in questions}
    context = {
        "obligation": obligation,
        "given": obligation.assignment,
        "form": form,
        "chapters": chapters(questions),
        "controls": form.controls(),
        "sheet_form": sheet_form,
        "unmet": [(one, broken_sentence(one, by_key)) for one in (checked.broken if checked else ())],
        "has_account": not on_paper.without_account([obligation.unit_id]),
    }
    failed = checked or sheet_form.errors
    return render(request, "reporting/paper_return.html", context, status=422 if failed else 200)


@require_GET
@on_return()
def scan(request: StaffRequest, case: Case, paper: int) -> HttpResponseBase:
    """The scan of a paper return: always to be saved, never shown in the browser."""
    papers = Paper.objects.filter(assignment=case.obligation.assignment_id).exclude(scan="")
    found = get_object_or_404(papers, pk=paper)
    answer = FileResponse(found.scan.open("rb"), as_attachment=True, filename=found.scan_name)
    answer["Content-Type"] = "application/octet-stream"
    return answer
