"""One version of a return: what it says, what was decided about it, and deciding."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lachan.engine.answers import tidy
from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest, today
from lachan.orgs.models import Unit
from lachan.reporting.access import Case, Side, on_return
from lachan.reporting.actions import doubts as doubting
from lachan.reporting.actions import returns
from lachan.reporting.doubts import Told, look, told
from lachan.reporting.forms import RemarkForm
from lachan.reporting.locks import lock_of, plea_of, sentence
from lachan.reporting.models import Decision, Obligation, Remark, Return
from lachan.reporting.past import doubts_of, past_of
from lachan.reporting.return_page import chapters

State = Obligation.State


def with_version(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """The view gets the version named in the address. The level above finds only those that went up."""

    @wraps(view)
    def found(request: StaffRequest, case: Case, *, number: int, **kwargs: Any) -> HttpResponse:
        versions = case.obligation.returns.select_related(
            "submitted_by", "paper__entered_by", "amendment__mends", "branch"
        ).prefetch_related("decisions__by")
        version = get_object_or_404(versions, number=number)
        version.obligation = case.obligation
        if not case.is_own and not version.went_up:
            raise Http404
        return view(request, case, version, **kwargs)

    return found


@on_return()
@with_version
def show(request: StaffRequest, case: Case, version: Return) -> HttpResponse:
    """The version as it was submitted."""
    return _page(request, case, version, RemarkForm(initial={"request_key": secrets.token_urlsafe(16)}))


@require_POST
@on_return(Side.HEAD)
@with_version
def approve(request: StaffRequest, case: Case, version: Return) -> HttpResponse:
    """The head approves this version and sends it up."""
    decision = returns.approve(version, by=request.user, now=request.now)
    if decision.by_id != request.user.pk:
        said = _("%(name)s đã duyệt bản %(number)s trước đó.")
        messages.info(request, said % {"name": decision.by.name, "number": version.number})
        return _back(request, case, version)
    above = case.obligation.assignment.dispatch.unit.version_on(today(request)).body_name
    said = _("Đã duyệt bản %(number)s và gửi lên %(above)s.")
    messages.success(request, said % {"number": version.number, "above": above})
    return _back(request, case, version)


def _back(request: StaffRequest, case: Case, version: Return) -> HttpResponse:
    """To the list the button was pressed in, else to the version."""
    if request.POST.get("ve") == "hop-viec":
        return redirect("portal:inbox", case.obligation.unit_id)
    return redirect(version)


@require_POST
@on_return(Side.HEAD, Side.ABOVE)
@with_version
def send_back(request: StaffRequest, case: Case, version: Return) -> HttpResponse:
    """The head, while it waits for approval, or the level above, after that, sends it back with a remark."""
    form, unit = RemarkForm(request.POST), on_behalf_of(case)
    form.fields["remark"].required = not case.obligation.remarks.open().filter(unit=unit, replied_at=None).exists()
    if not form.is_valid():
        return _page(request, case, version, form)
    returns.send_back(version, unit=unit, **form.cleaned_data, by=request.user, now=request.now)
    messages.success(request, _("Đã trả lại bản %(number)s để sửa.") % {"number": version.number})
    return redirect(version)


def on_behalf_of(case: Case) -> Unit:
    """The unit for which the person decides: its own as head while a version waits, else the one above."""
    waiting = case.obligation.state == State.SUBMITTED and Side.HEAD in case.sides
    return case.obligation.unit if waiting or case.superior is None else case.superior


@require_POST
@on_return(Side.ABOVE)
@with_version
def accept(request: StaffRequest, case: Case, version: Return) -> HttpResponse:
    """The level above takes the report."""
    assert case.superior is not None  # noqa: S101 - being on the side above means having a unit there
    returns.accept(version, unit=case.superior, by=request.user, now=request.now)
    messages.success(request, _("Đã nhận báo cáo (bản %(number)s).") % {"number": version.number})
    return redirect(version)


@require_POST
@on_return(Side.ABOVE)
@with_version
def set_aside(request: StaffRequest, case: Case, version: Return) -> HttpResponse:
    """The level above has cleared up a doubt, and says how."""
    mark, because = request.POST.get("mark", ""), tidy(request.POST.get("because", ""))
    doubting.set_aside(version, mark=mark, because=because, by=request.user, now=request.now)
    messages.success(request, _("Đã ghi nhận. Điểm này hiện lại nếu số liệu thay đổi."))
    return redirect(version)


def _second_look(request: StaffRequest, version: Return) -> Sequence[Told]:
    """What the level above should look at, as things stand now."""
    campaign = version.obligation.form.campaign
    return told(look([version], now=request.now).values(), campaign)[version.pk]


def _page(request: StaffRequest, case: Case, version: Return, remark: RemarkForm) -> HttpResponse:
    obligation = case.obligation
    newest = obligation.latest()
    before = _compared_with(case, version)
    is_newest, counts = newest == version, obligation.counted_id == version.pk
    pairs = version.answers()
    questions = [question for question, _answer in pairs]
    past = past_of(obligation.unit)
    may_approve = Side.HEAD in case.sides and is_newest and obligation.state == State.SUBMITTED
    may_recall = Side.ABOVE in case.sides and counts
    remarks = defaultdict(list)
    for one in obligation.remarks.shown(own=case.is_own).filter(Q(version=version) | Q(settled_at=None)):
        remarks[str(one.question_id)].append(one)
    may_amend = case.is_own and counts and not obligation.is_open
    lock = lock_of(obligation, request.now) if may_approve or may_amend or may_recall else None
    second_look = _second_look(request, version) if may_recall else []
    page = {
        "case": case,
        "obligation": obligation,
        "version": version,
        "locked_because": sentence(lock) if lock else "",
        "plea": plea_of(obligation) if lock and case.is_own else None,
        "chapters": chapters(questions),
        "answers": {question.key: answered for question, answered in pairs},
        "last": {q.key: then for q in questions if (then := past.last(q, obligation))},
        "doubts": doubts_of([version], obligation.unit)[version.pk] if may_approve else [],
        "second_look": second_look,
        "second_look_open": any(one.aside is None for one in second_look),
        "second_look_aside": any(one.aside for one in second_look),
        "remarks": remarks,
        "may_remark": may_approve or (may_recall and is_newest),
        "may_settle": _may_settle(case, remarks),
        "remarking": key_in(request.GET.get("gop-y", "")) if may_approve or may_recall else None,
        "changes": version.changes_since(before) if before else None,
        "before": before,
        "newest": newest,
        "may_amend": may_amend and not lock,
        "may_edit": case.is_own and obligation.is_open and is_newest,
        "may_approve": may_approve,
        "may_accept": Side.ABOVE in case.sides and counts and obligation.state == State.APPROVED,
        "may_recall": may_recall,
        "counts": counts,
        "remark_form": remark,
        "own": obligation.unit.version_on(today(request)),
        "above": obligation.assignment.dispatch.unit.version_on(today(request)),
    }
    return render(request, "reporting/version.html", page, status=422 if remark.errors else 200)


def _compared_with(case: Case, version: Return) -> Return | None:
    """The version beside which this one is read: the one it amends, else the one before; above the last that went up."""
    if version.amends:
        return version.amends.mends
    earlier = case.obligation.returns.filter(number__lt=version.number)
    if not case.is_own:
        earlier = earlier.filter(decisions__verdict=Decision.Verdict.APPROVED)
    return earlier.order_by("number").last()


def _may_settle(case: Case, remarks: Mapping[str, Sequence[Remark]]) -> set[int]:
    """The open remarks of this person's own side."""
    inside, above = Side.HEAD in case.sides, Side.ABOVE in case.sides
    return {
        one.pk
        for at in remarks.values()
        for one in at
        if one.settled_at is None and (inside if one.unit_id == case.obligation.unit_id else above)
    }
