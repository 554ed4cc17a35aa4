"""A unit fills in its return."""

from collections.abc import Collection, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lachan.accounts.sessions import is_own
from lachan.engine.answers import Checked, Fault, tidy
from lachan.engine.checks import Check
from lachan.foundation.http import key_in
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, today
from lachan.orgs.models import Person
from lachan.reporting.access import Case, Side, on_return
from lachan.reporting.actions import returns
from lachan.reporting.faults import broken_sentence
from lachan.reporting.forms import ReturnForm, beside_each, page_of, typed_in
from lachan.reporting.locks import lock_of, plea_of, sentence, will_lock
from lachan.reporting.models import Obligation, Question
from lachan.reporting.past import past_of
from lachan.reporting.return_page import chapters, still_blank, suggested
from lachan.reporting.sharing import shares_shown
from lachan.reporting.taken_over import taken_over

FILLING_IN = (Side.OFFICER, Side.HEAD, Side.COLLEAGUE)


@on_return(*Side)
def fill_in(request: StaffRequest, case: Case) -> HttpResponse:
    """The form, for the unit that owes it; the newest version for everybody else, and once it was sent up."""
    obligation = case.obligation
    if request.method == "POST":
        if not case.is_own:
            raise PermissionDenied
        return _submitted(request, case)
    version = obligation.latest()
    waits = obligation.state == Obligation.State.SUBMITTED and "sua" not in request.GET
    fills_in = case.share or (case.is_own and not waits)
    if fills_in and obligation.is_open:
        return _form_page(request, case, obligation)
    if version and not case.share and (case.is_own or version.went_up):
        return redirect(version)
    return render(request, "reporting/not_reported.html", {"case": case, "obligation": obligation})


@require_POST
@on_return(*FILLING_IN)
def save(request: StaffRequest, case: Case) -> HttpResponse:
    """Keep what was typed so far: as one types (htmx gets when, and what changed), or by a button.

    `use`: take the numbers that activities give, all of them into what is blank, or one. `take`: take over last time's words.
    """
    try:
        obligation = keep_typed(request, case)
    except Refused as reason:
        if request.headers.get("HX-Request"):
            return HttpResponse(escape(str(reason)), status=409)
        raise
    if request.headers.get("HX-Request"):
        return _news(request, obligation, case.asked(), tidy(request.POST.get("request_key", "")))
    at = ""
    if taken := _taken(request, case, obligation):
        returns.save_draft(obligation, typed=taken, by=request.user, now=request.now)
        told = ngettext("Đã điền %(count)s ô.", "Đã điền %(count)s ô.", len(taken)) % {"count": len(taken)}
        messages.success(request, told)
        at = f"#id_q{next(iter(taken))}"
    else:
        messages.success(request, _("Đã lưu nháp. Báo cáo chưa gửi đi."))
    return redirect(f"{obligation.edit_url}{at}")


def keep_typed(request: StaffRequest, case: Case) -> Obligation:
    """Keep what stands in the form that was posted, as far as this person may fill it in."""
    questions = case.asked()
    typed, page = typed_in(request.POST, questions), page_of(request.POST, questions)
    return returns.save_draft(case.obligation, typed=typed, page=page, by=request.user, now=request.now)


def _taken(request: StaffRequest, case: Case, obligation: Obligation) -> dict[str, str]:
    """What a press takes over into the draft, by question key."""
    questions = case.asked()
    use, take = request.POST.get("use"), request.POST.get("take")
    if use:
        found = suggested(obligation, questions)
        if use == "all":
            return still_blank(found, obligation.typed)
        return {use: str(found[use].value)} if use in found else {}
    words = {question.key: question for question in questions if question.kind == Question.Kind.TEXT}
    last = past_of(obligation.unit).last(words[take], obligation) if take in words else None
    if take is None or last is None:
        return {}
    before = obligation.typed.get(take, "")
    return {take: f"{before}\n{last.answer}".strip()}


@require_GET
@on_return(*FILLING_IN)
def changes(request: StaffRequest, case: Case) -> HttpResponse:
    """What others have typed since the page last asked; nothing to show (204) when nothing."""
    obligation = case.obligation
    if obligation.read_draft().revision <= (key_in(request.GET.get("since", "")) or 0):
        return HttpResponse(status=204)
    return _news(request, obligation, case.asked(), tidy(request.GET.get("request_key", "")))


def _news(request: StaffRequest, obligation: Obligation, questions: Sequence[Question], page: str) -> HttpResponse:
    """The answers that changed since the page last asked, to be put in their places."""
    asked = request.POST if request.method == "POST" else request.GET
    since = key_in(asked.get("since", "")) or 0
    controls = _form(obligation, questions).controls().values()
    shown = {
        "obligation": obligation,
        "controls": [one for one in controls if one.cell.revision > since],
        "revision": obligation.read_draft().revision,
        "page_key": page,
    }
    return render(request, "reporting/parts/changes.html", shown)


def _submitted(request: StaffRequest, case: Case) -> HttpResponse:
    questions = case.asked()
    typed, page = typed_in(request.POST, questions), page_of(request.POST, questions)
    now, by = request.now, request.user
    try:
        version = returns.submit(case.obligation, typed=typed, page=page, request_key=page.key, by=by, now=now)
    except (returns.FaultyAnswers, returns.Unsettled, returns.Locked) as refused:
        obligation = returns.save_draft(case.obligation, typed=typed, page=page, by=by, now=now)
        if isinstance(refused, returns.Locked):
            messages.error(request, _("Chưa gửi được vì số liệu đã khóa. Nội dung đã nhập vẫn được giữ."))
            return redirect(obligation.edit_url)
        if isinstance(refused, returns.Unsettled):
            return _form_page(request, case, obligation, unsettled=refused.keys)
        return _form_page(request, case, obligation, checked=refused.checked)
    if version.obligation.state == Obligation.State.SUBMITTED:
        messages.success(request, _("Đã gửi thủ trưởng duyệt (bản %(number)s).") % {"number": version.number})
    else:  # the same page sent once more, after somebody decided about it
        messages.info(request, _("Bản %(number)s đã gửi từ trước nên không gửi lại.") % {"number": version.number})
    return redirect(version)


def _form(obligation: Obligation, questions: Sequence[Question], faults: Sequence[Fault] = ()) -> ReturnForm:
    draft = obligation.read_draft()
    typists = {entry.by for cell in draft.cells.values() for entry in cell.entries}
    names = dict(Person.objects.filter(pk__in=typists).values_list("pk", "name"))
    return ReturnForm(questions, draft=draft, names=names, faults=faults)


def _unmet(checked: Checked | None, questions: Sequence[Question]) -> list[tuple[Check, str]]:
    """Each check that is not met, with its sentence."""
    by_key = {question.key: question for question in questions}
    return [(one, broken_sentence(one, by_key)) for one in (checked.broken if checked else ())]


def _form_page(
    request: StaffRequest,
    case: Case,
    obligation: Obligation,
    *,
    checked: Checked | None = None,
    unsettled: Collection[str] = (),
) -> HttpResponse:
    questions = case.asked()
    form = _form(obligation, questions, checked.faults if checked else ())
    filled, shares = suggested(obligation, questions), shares_shown(obligation) if case.is_own else []
    remarks = list(obligation.remarks.open().shown(own=True)) if case.is_own else []
    controls = form.controls(beside_each(obligation, questions, filled=filled, shares=shares, remarks=remarks))
    version = obligation.latest()
    page = {
        "case": case,
        "obligation": obligation,
        "form": form,
        "revision": form.draft.revision,
        "chapters": chapters(questions),
        "controls": controls,
        "can_use": len(still_blank(filled, form.draft.texts)),
        "may_reply": case.is_own,
        "remarked": [controls[key] for key in {str(one.question_id): 1 for one in remarks} if key in controls],
        "shares": shares,
        "my_share": case.share or next((one.share for one in shares if one.share.person_id == request.user.pk), None),
        "unmet": _unmet(checked, questions),
        "unsettled": [controls[key] for key in unsettled],
        "sent_back": version.sent_back_with() if version and obligation.state == Obligation.State.SENT_BACK else None,
        "above": case.obligation.assignment.dispatch.unit.version_on(today(request)),
        "own": obligation.unit.version_on(today(request)),
        "taken_over": taken_over(obligation),
        "locked_because": sentence(lock) if (lock := lock_of(obligation, request.now)) else "",
        "plea": plea_of(obligation) if lock and case.is_own else None,
        "locks_at": None if lock else will_lock(obligation, request.now),
        "is_late": request.now > obligation.due_at,
        "days_left": obligation.days_left(request.now),
        "own_device": is_own(request),
    }
    return render(request, "reporting/fill_in.html", page, status=422 if checked or unsettled else 200)
