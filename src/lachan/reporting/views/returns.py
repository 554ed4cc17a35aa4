"""A unit fills in its return."""

import secrets
from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lachan.engine.answers import Checked, Typed, tidy
from lachan.engine.checks import Check
from lachan.orgs.access import StaffRequest, today
from lachan.reporting.access import Case, Side, on_return
from lachan.reporting.actions import returns
from lachan.reporting.faults import broken_sentence
from lachan.reporting.forms import ReturnForm, typed_in
from lachan.reporting.models import Obligation, Question


@on_return()
def fill_in(request: StaffRequest, case: Case) -> HttpResponse:
    """The form, for the unit that owes it; the newest version for everybody else, and once it was sent up."""
    obligation = case.obligation
    if request.method == "POST":
        if not case.is_own:
            raise PermissionDenied
        return _submitted(request, case)
    version = obligation.latest()
    waits = obligation.state == Obligation.State.SUBMITTED and "sua" not in request.GET
    if case.is_own and obligation.is_open and not waits:
        return _form_page(request, case, typed=obligation.draft, request_key=secrets.token_urlsafe(16))
    if version and (case.is_own or version.went_up):
        return redirect(version)
    return render(request, "reporting/not_reported.html", {"case": case, "obligation": obligation})


@require_POST
@on_return(Side.OFFICER, Side.HEAD)
def save(request: StaffRequest, case: Case) -> HttpResponse:
    """Keep what was typed so far: as one types (htmx gets a line that says when), or by the button."""
    typed = typed_in(request.POST, list(case.obligation.asked()))
    obligation = returns.save_draft(case.obligation, typed=typed, by=request.user, now=request.now)
    if request.headers.get("HX-Request"):
        return render(request, "foundation/components/saved.html", {"at": obligation.draft_saved_at})
    messages.success(request, _("Đã lưu nháp. Báo cáo chưa gửi đi."))
    return redirect(obligation.edit_url)


def _submitted(request: StaffRequest, case: Case) -> HttpResponse:
    questions = list(case.obligation.asked())
    typed = typed_in(request.POST, questions)
    key = tidy(request.POST.get("request_key", ""))[:64] or secrets.token_urlsafe(16)
    sure = request.POST.getlist("sure")
    try:
        version = returns.submit(
            case.obligation, typed=typed, request_key=key, sure=sure, by=request.user, now=request.now
        )
    except returns.FaultyAnswers as refused:
        returns.save_draft(case.obligation, typed=typed, by=request.user, now=request.now)
        return _form_page(request, case, typed=typed, request_key=key, checked=refused.checked)
    if version.obligation.state == Obligation.State.SUBMITTED:
        messages.success(request, _("Đã gửi thủ trưởng duyệt (bản %(number)s).") % {"number": version.number})
    else:  # the same page sent once more, after somebody decided about it
        messages.info(request, _("Bản %(number)s đã gửi từ trước nên không gửi lại.") % {"number": version.number})
    return redirect(version)


def _unmet(checked: Checked | None, questions: Sequence[Question]) -> list[tuple[Check, str]]:
    """Each check that is not met, with its sentence."""
    by_key = {question.key: question for question in questions}
    return [(one, broken_sentence(one, by_key)) for one in (checked.broken if checked else ())]


def _form_page(
    request: StaffRequest, case: Case, *, typed: Mapping[str, Typed], request_key: str, checked: Checked | None = None
) -> HttpResponse:
    obligation = case.obligation
    questions: list[Question] = list(obligation.asked())
    form = ReturnForm(questions, typed=typed, request_key=request_key, faults=checked.faults if checked else ())
    version = obligation.latest()
    page = {
        "case": case,
        "obligation": obligation,
        "form": form,
        "numbers": [line for line in form.lines() if line[0].is_number],
        "unmet": _unmet(checked, questions),
        "texts": [line for line in form.lines() if not line[0].is_number],
        "sent_back": version.sent_back_with() if version and obligation.state == Obligation.State.SENT_BACK else None,
        "above": obligation.assignment.dispatch.unit.version_on(today(request)),
        "own": obligation.unit.version_on(today(request)),
        "is_late": request.now > obligation.due_at,
        "days_left": obligation.days_left(request.now),
    }
    return render(request, "reporting/fill_in.html", page, status=422 if checked else 200)
