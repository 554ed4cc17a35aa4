"""A unit writes its consolidated report: figures beside the last ones, what units wrote, the words around them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from lachan.campaigns.models import Campaign
from lachan.engine.layout import to_docx
from lachan.foundation.http import key_in
from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, today
from lachan.reporting.access import Branch, on_branch
from lachan.reporting.actions import drafting
from lachan.reporting.actions.consolidating import Words, consolidate
from lachan.reporting.consolidated import document
from lachan.reporting.forms import ReportForm
from lachan.reporting.letterhead import Letterhead, letterhead, wording
from lachan.reporting.lists import Tab
from lachan.reporting.models import Decision, Passage, Question, ReportDraft, Source
from lachan.reporting.report_files import file_answer
from lachan.reporting.snapshot import NAMED
from lachan.reporting.taking import body, take
from lachan.reporting.totals import owed_in

PER_PAGE = 30
SOURCES_PER_PAGE = 100
PLACES = {
    "trong-bao-cao": (Passage.Place.BODY, gettext_lazy("Trong báo cáo")),
    "phu-luc": (Passage.Place.ANNEX, gettext_lazy("Trong phụ lục")),
    "khong-dua": (Passage.Place.OUT, gettext_lazy("Không đưa vào")),
}


def _address(branch: Branch, name: str, *more: int) -> str:
    return reverse(f"reporting:{name}", args=[branch.campaign.pk, branch.key, *more])


@require_POST
@on_branch(to_decide=True)
def start(request: StaffRequest, branch: Branch) -> HttpResponse:
    """Gather what the returns say into the draft, the first time or again, and go to it."""
    drafting.gather(branch.campaign, branch.top, by=request.user, now=request.now)
    return redirect(_address(branch, "compose_report"))


@on_branch(to_decide=True)
def compose(request: StaffRequest, branch: Branch) -> HttpResponse:
    """The draft: figures beside the last ones, opinions by question, and the words around them. From here it is issued."""
    draft = _draft(branch)
    if draft is None:
        return redirect(_address(branch, "reports"))
    head = letterhead(branch.unit, today(request))
    earlier = {one.pk: one for one in _earlier(branch)}
    form = _form(request, branch, head, draft, earlier)
    if form.is_bound:
        answer = _posted(request, branch, head, form, draft, earlier)
        if answer:
            return answer
    page = {
        "branch": branch,
        "head": head,
        "form": form,
        "draft": draft,
        "snapshot": body(branch.campaign, branch.top, now=request.now, draft=draft),
        "topics": _topics(branch, draft),
        "newer": _newer(branch, draft),
    }
    return render(request, "reporting/compose.html", page, status=422 if form.errors else 200)


def _form(
    request: StaffRequest, branch: Branch, head: Letterhead, draft: ReportDraft, earlier: dict[int, Campaign]
) -> ReportForm:
    if request.method == "POST":
        return ReportForm(request.POST, earlier=earlier)
    words = wording(branch.campaign, branch.top, head.name, today(request))
    form = ReportForm.suggested(head, words, today(request), secrets.token_urlsafe(16), earlier=earlier)
    form.initial |= draft.words
    form.initial["compared_with"] = draft.compared_with_id or ""
    return form


def _posted(
    request: StaffRequest,
    branch: Branch,
    head: Letterhead,
    form: ReportForm,
    draft: ReportDraft,
    earlier: dict[int, Campaign],
) -> HttpResponse | None:
    """Keep what was typed, then do what was asked; None where it has to be corrected first."""
    typed = {name: str(form[name].value() or "") for name in form.fields if name not in form.NOT_KEPT}
    compared = earlier.get(key_in(request.POST.get("compared_with", "")) or 0)
    drafting.keep_words(draft, words=typed, compared_with=compared, by=request.user, now=request.now)
    do = request.POST.get("do", "")
    if do == "save":
        messages.success(request, _("Đã lưu dự thảo. Báo cáo chưa phát hành."))
        return redirect(_address(branch, "compose_report"))
    if not form.is_valid():
        return None
    words = form.words(head)
    if do == "docx":
        snapshot = take(branch.campaign, branch.top, now=request.now, draft=draft)
        return file_answer(to_docx(_laid_out(branch, words, snapshot)), "docx", "du-thao-bao-cao")
    if do == "issue":
        key = form.cleaned_data["request_key"]
        return redirect(
            consolidate(branch.campaign, top=branch.top, words=words, request_key=key, by=request.user, now=request.now)
        )
    return redirect(_address(branch, "preview_report"))


def _laid_out(branch: Branch, words: Words, snapshot: Any) -> Any:
    letter = Letter(holder=branch.unit, **asdict(words.heading), content=asdict(words.content))
    return document(letter, snapshot, closing=words.closing)


@require_GET
@on_branch(to_decide=True)
def preview(request: StaffRequest, branch: Branch) -> HttpResponse:
    """The report's body as it will stand, from the draft as it was saved."""
    draft = _draft(branch)
    if draft is None:
        return redirect(_address(branch, "reports"))
    head = letterhead(branch.unit, today(request))
    words = wording(branch.campaign, branch.top, head.name, today(request))
    kept = ReportForm.suggested(head, words, today(request), "", earlier={})
    typed = {name: draft.words.get(name, kept.initial.get(name, "")) for name in kept.fields}
    form = ReportForm({**typed, "request_key": "preview"}, earlier={})
    shown = form.words(head) if form.is_valid() else kept.words(head)
    snapshot = body(branch.campaign, branch.top, now=request.now, draft=draft)
    page = {"branch": branch, "head": head, "document": _laid_out(branch, shown, snapshot), "snapshot": snapshot}
    return render(request, "reporting/preview.html", page)


def _draft(branch: Branch) -> ReportDraft | None:
    drafts = ReportDraft.objects.select_related("compared_with", "saved_by")
    return drafts.filter(campaign=branch.campaign, unit=branch.unit).first()


def _earlier(branch: Branch) -> QuerySet[Campaign]:
    """Campaigns before this one that the unit ran, or had a part in, and that asked for numbers; the newest first."""
    before = Campaign.objects.exclude(pk=branch.campaign.pk).filter(started_at__lt=branch.campaign.started_at)
    mine = before.filter(owner=branch.unit) if branch.top is None else before.filter(assignments__unit=branch.unit)
    return mine.order_by("-started_at")[:20]


def _newer(branch: Branch, draft: ReportDraft) -> int:
    """Returns approved since the draft was gathered."""
    counted = owed_in(branch.campaign, branch.top).exclude(counted=None).values("counted")
    return Decision.objects.filter(
        version__in=counted, verdict=Decision.Verdict.APPROVED, at__gt=draft.gathered_at
    ).count()


def _topics(branch: Branch, draft: ReportDraft) -> list[dict[str, Any]]:
    """Each question asked in words, with how many passages stand where."""
    rows: Any = draft.passages.order_by().values("question", "place").annotate(n=Count("pk"))
    counts = {(row["question"], row["place"]): row["n"] for row in rows}
    asked = Question.objects.filter(form__campaign=branch.campaign, kind=Question.Kind.TEXT)
    return [
        {
            "question": question,
            "href": _address(branch, "opinions", question.pk),
            "counts": [counts.get((question.pk, place), 0) for place, _word in PLACES.values()],
        }
        for question in asked
    ]


@on_branch(to_decide=True)
def opinions(request: StaffRequest, branch: Branch, question: int) -> HttpResponse:
    """What units wrote to one question, as the report will say it: reworded in place, joined, placed."""
    draft = get_object_or_404(ReportDraft, campaign=branch.campaign, unit=branch.unit)
    asked = get_object_or_404(Question, pk=question, form__campaign=branch.campaign, kind=Question.Kind.TEXT)
    passages = draft.passages.filter(question=asked)
    typed: dict[int, str] = {}
    if request.method == "POST":
        try:
            _change(request, passages)
        except drafting.Overtaken as overtaken:
            messages.error(request, str(overtaken))
            typed[overtaken.passage.pk] = overtaken.typed
        else:
            return redirect(request.get_full_path())
    chosen = request.GET.get("loc", "")
    place = PLACES.get(chosen, PLACES["trong-bao-cao"])[0]
    shown = Paginator(passages.filter(place=place).select_related("edited_by"), PER_PAGE)
    listed = shown.get_page(request.GET.get("page"))
    page = {
        "branch": branch,
        "question": asked,
        "page": listed,
        "lines": _lines(branch, list(listed), typed),
        "tabs": _tabs(passages, place),
        "place": place,
    }
    return render(request, "reporting/opinions.html", page, status=409 if typed else 200)


def _change(request: StaffRequest, passages: QuerySet[Passage]) -> None:
    """Do what the button says: `reword:KEY`, `join`, `part:KEY`, or a place for those ticked."""
    do, _colon, key = request.POST.get("do", "").partition(":")
    ticked = [found for text in request.POST.getlist("passage") if (found := key_in(text)) is not None]
    picked = list(passages.filter(pk__in=ticked))
    by, now = request.user, request.now
    verbs: dict[str, Callable[[], object]] = {
        "reword": lambda: drafting.reword(
            get_object_or_404(passages, pk=key_in(key)),
            text=request.POST.get(f"text-{key}", ""),
            revision=key_in(request.POST.get(f"revision-{key}", "")) or 0,
            by=by,
            now=now,
        ),
        "join": lambda: drafting.join(picked, by=by, now=now),
        "part": lambda: drafting.part(get_object_or_404(Source, pk=key_in(key), passage__in=passages), by=by, now=now),
        "put": lambda: [drafting.put(one, where=PLACES[key][0], by=by, now=now) for one in picked],
    }
    if do == "put" and (key not in PLACES or not picked):
        messages.info(request, _("Chưa chọn ý nào. Đánh dấu các ý rồi bấm lại."))
    elif do in verbs:
        verbs[do]()


def _lines(branch: Branch, passages: list[Passage], typed: dict[int, str]) -> list[dict[str, Any]]:
    """Each passage with the first units behind it."""
    nth = Window(RowNumber(), partition_by=F("passage"), order_by=F("pk").asc())
    sources = Source.objects.filter(passage__in=passages).annotate(nth=nth).filter(nth__lte=NAMED)
    named: dict[int, list[str]] = {}
    for key, name in sources.values_list("passage", "version__obligation__assignment__unit_name"):
        named.setdefault(key, []).append(name)
    return [
        {
            "passage": one,
            "typed": typed.get(one.pk, one.text),
            "is_open": one.pk in typed,
            "names": named.get(one.pk, []),
            "more": max(0, one.units - NAMED),
            "href": _address(branch, "passage", one.pk),
            "reword": f"reword:{one.pk}",
        }
        for one in passages
    ]


def _tabs(passages: QuerySet[Passage], place: str) -> list[Tab]:
    counts = passages.order_by().aggregate(
        **{where.value: Count("pk", filter=Q(place=where)) for where, _word in PLACES.values()}
    )
    return [Tab(str(word), f"?loc={key}", counts[where], where == place) for key, (where, word) in PLACES.items()]


@on_branch(to_decide=True)
def passage(request: StaffRequest, branch: Branch, passage: int) -> HttpResponse:
    """Where one passage comes from: each unit's own words, with its return; any of them can be taken out."""
    passages = Passage.objects.filter(draft__campaign=branch.campaign, draft__unit=branch.unit)
    found = get_object_or_404(passages.select_related("question", "edited_by"), pk=passage)
    if request.method == "POST":
        _change(request, passages)
        return redirect(request.get_full_path())
    sources = found.sources.select_related("version__obligation__assignment")
    page = {
        "branch": branch,
        "passage": found,
        "page": Paginator(sources, SOURCES_PER_PAGE).get_page(request.GET.get("page")),
        "up": _address(branch, "opinions", found.question_id),
    }
    return render(request, "reporting/passage.html", page)
