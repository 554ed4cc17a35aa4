"""A return filled in on a device without a network: what one takes along, and what comes of it when the line is back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lachan.accounts.offline import from_device
from lachan.campaigns.models import Campaign
from lachan.engine.answers import Checked
from lachan.engine.checks import Severity
from lachan.engine.drafts import Cell, Page, mark_of
from lachan.engine.rules import rules_of
from lachan.foundation import formats
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, units_of
from lachan.orgs.models import Person, Role, UnitVersion
from lachan.reporting.access import Case, Side, on_return
from lachan.reporting.actions import returns
from lachan.reporting.faults import broken_sentence, sentence, sentences
from lachan.reporting.forms import field_of, name_of, page_of, typed_in
from lachan.reporting.models import Obligation, Question
from lachan.reporting.return_page import Block, chapters

MOST = 40  # returns taken along, those due first
State = Obligation.State


def page() -> dict[str, Any]:
    """The empty page, the same for everybody: what is asked comes with what is taken along."""
    return {}


def pack(request: HttpRequest) -> dict[str, Any] | None:
    """The returns that the person's units still owe, with what is asked and stands in the draft. None for who fills in none."""
    units = units_of(request.user, Role.OFFICER, Role.HEAD)  # type: ignore[arg-type]  # a view of those signed in
    if not units:
        return None
    day = localdate(request.now)  # type: ignore[attr-defined]  # as foundation.http.Request has it
    names = {one.unit_id: one.body_name for one in UnitVersion.objects.on(day).filter(unit__in=units)}
    asked = Question.objects.filter(withdrawn_in=None).select_related("table")
    owed = (
        Obligation.objects.for_page()
        .filter(unit__in=units, state__in=(State.OWED, State.DRAFTED, State.SENT_BACK))
        .filter(form__campaign__state=Campaign.State.RUNNING)
        .order_by("due_at", "id")
        .prefetch_related(Prefetch("questions", asked))[:MOST]
    )
    return {
        "returns": [_carried(one, names.get(one.unit_id, one.unit.code)) for one in owed],
        "sentences": sentences(),
        "words": {
            "fill_in": _("Điền"),
            "due": _("{unit} · hạn {due}"),
            "optional": _("không bắt buộc"),
            "sure": _("Tôi đã kiểm tra, số liệu đúng như vậy."),
            "unmet": _("Số liệu chưa khớp, cần xem lại"),
            "gone": _("Báo cáo này không còn trong danh sách mang theo. Mở báo cáo trên trang web khi có mạng."),
        },
    }


def _carried(obligation: Obligation, unit: str) -> dict[str, Any]:
    questions = list(obligation.questions.all())
    by_key = {question.key: question for question in questions}
    checks = obligation.form.checks_on(questions)
    cells = obligation.read_draft().cells
    return {
        "key": obligation.pk,
        "title": obligation.form.title,
        "campaign": obligation.form.campaign.name,
        "unit": unit,
        "due": formats.moment(obligation.due_at),
        "send": reverse("reporting:send", args=[obligation.pk]),
        "version": obligation.form.version,
        "chapters": [
            {"title": chapter.title, "blocks": [_block(block) for block in chapter.blocks]}
            for chapter in chapters(questions)
        ],
        "asks": {question.key: _ask(question) for question in questions},
        "rules": rules_of([question.asked for question in questions], checks),
        "broken": {one.name: broken_sentence(one, by_key) for one in checks},
        "draft": {key: [cell.text, _mark(cell)] for key in by_key if (cell := cells.get(key, Cell()))},
    }


def _mark(cell: Cell) -> str:
    """What was shown of an answer, as the page of a return sends it."""
    return f"{cell.revision}:{mark_of(cell.text)}"


def _ask(question: Question) -> dict[str, Any]:
    return {
        "text": question.text,
        "help": str(field_of(question).help_text),
        "counted_in": question.counted_in,
        "number": question.is_number,
        "required": question.required,
    }


def _block(block: Block) -> dict[str, Any]:
    if block.grid is None:
        return {"kind": block.kind, "questions": [question.key for question in block.questions]}
    columns = [str(one.get("label", "")) for one in block.grid.columns]
    lines = [
        {"label": line.label, "group": line.group, "cells": [cell.key if cell else None for cell in line.cells]}
        for line in block.grid.lines
    ]
    return {"kind": "table", "title": block.grid.table.title, "columns": columns, "lines": lines}


@require_POST
@on_return(Side.OFFICER, Side.HEAD)
@from_device
def send(request: StaffRequest, case: Case) -> HttpResponse:
    """Lay what was typed before the head, as the page of the return does; the same key twice does no harm.

    Whether it is late is judged by when it comes in. Where others typed something else meanwhile, both are told.
    """
    questions = case.asked()
    typed, open_page = typed_in(request.POST, questions), page_of(request.POST, questions)
    try:
        if request.POST.get("version") != str(case.obligation.form.version):
            return _changed_form(request, case, typed, open_page)
        return _submitted(request, case, typed, open_page)
    except Refused as no:
        return JsonResponse({"refused": str(no)}, status=409)


def _submitted(request: StaffRequest, case: Case, typed: Mapping[str, str], open_page: Page) -> HttpResponse:
    by, now = request.user, request.now
    try:
        version = returns.submit(
            case.obligation, typed=typed, page=open_page, request_key=open_page.key, by=by, now=now
        )
    except returns.FaultyAnswers as refused:
        returns.save_draft(case.obligation, typed=typed, page=open_page, by=by, now=now)
        return JsonResponse(_faults(refused.checked, case.asked()), status=422)
    except returns.Unsettled as refused:
        obligation = returns.save_draft(case.obligation, typed=typed, page=open_page, by=by, now=now)
        return JsonResponse({"conflict": _both(obligation, case.asked(), typed, refused.keys, open_page)}, status=409)
    return JsonResponse({"told": version.obligation.form.title, "href": version.get_absolute_url()})


def _faults(checked: Checked, questions: Sequence[Question]) -> dict[str, Any]:
    by_key = {question.key: question for question in questions}
    faults = [{"name": name_of(by_key[one.key]), "text": sentence(one, by_key[one.key])} for one in checked.faults]
    unmet = [
        {"name": "", "text": broken_sentence(one, by_key), "check": one.name, "ask": one.severity == Severity.ASK}
        for one in checked.broken
    ]
    return {"faults": [*faults, *unmet]}


def _both(
    obligation: Obligation, questions: Sequence[Question], typed: Mapping[str, str], keys: Sequence[str], page: Page
) -> list[dict[str, Any]]:
    """Each answer on which people differ: what stands in the draft, by whom and when, and what came from the device."""
    cells = obligation.read_draft().cells
    names = dict(
        Person.objects.filter(pk__in={entry.by for key in keys for entry in cells[key].entries}).values_list(
            "pk", "name"
        )
    )
    return [
        {
            "name": question.key,
            "label": question.text,
            "mine": typed[question.key],
            "theirs": [
                {"text": entry.text, "by": f"{names.get(entry.by, '')}, {formats.moment(entry.at)}"}
                for entry in cells[question.key].entries
                if entry.page != page.key and entry.text != typed[question.key]
            ],
            "seen": _mark(cells[question.key]),
        }
        for question in questions
        if question.key in keys
    ]


def _changed_form(request: StaffRequest, case: Case, typed: Mapping[str, str], page: Page) -> HttpResponse:
    """The form has a new version: what it still asks goes into the draft; the rest is told, so that nothing typed is lost."""
    returns.save_draft(case.obligation, typed=typed, page=page, by=request.user, now=request.now)
    others = {question.key: question for question in Question.objects.filter(form=case.obligation.form)}
    left = [
        f"{question.text}: {request.POST[name_of(question)]}"
        for key, question in others.items()
        if key not in typed and request.POST.get(name_of(question), "").strip()
    ]
    told = _(
        "Biểu mẫu đã có phiên bản %(version)s. Các ô còn hỏi đã vào bản nháp trên hệ thống. Bấm “Sửa” để xem các ô mới rồi gửi."
    ) % {"version": case.obligation.form.version}
    gone = [_("Không còn hỏi: %(answers)s.") % {"answers": "; ".join(left)}] if left else []
    return JsonResponse({"faults": [{"name": "", "text": text} for text in (told, *gone)]}, status=422)
