"""Drafting a letter of our own: writing it, its annexes, looking it over, issuing it."""

import base64

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.engine.layout import check_docx, to_docx, to_pdf
from lachan.engine.letters.files.pdf import pictures
from lachan.foundation.refused import Refused
from lachan.letters import drafting
from lachan.letters.access import CLERKS, holder
from lachan.letters.composing import official
from lachan.letters.draft_forms import AnnexForm, DraftForm, ReasonForm
from lachan.letters.models import Annex, Letter
from lachan.letters.receiving import Source
from lachan.orgs.access import StaffRequest, holds

SHARP = 96  # dots an inch
PAGES = 12  # pages of a preview


def _draft(letter: int) -> Letter:
    return get_object_or_404(Letter.objects.select_related("holder"), pk=letter, state=Letter.State.DRAFT)


@require_http_methods(["GET", "POST"])
@holds(*CLERKS, on=holder)
def draft(request: StaffRequest, letter: int) -> HttpResponse:
    """The draft as it stands. POST keeps it; with `lam=xem` it then shows how it will look."""
    found = _draft(letter)
    if request.method == "GET":
        return _page(request, found, DraftForm.of(found))
    form = DraftForm.of(found, request.POST)
    is_whole = _keep(request, found, form)
    if not is_whole:
        return _page(request, found, form, status=422)
    if request.POST.get("lam") == "xem":
        return redirect("letters:look_over", letter)
    messages.success(request, _("Đã lưu dự thảo."))
    return redirect("letters:draft", letter)


@require_POST
@holds(*CLERKS, on=holder)
def save(request: StaffRequest, letter: int) -> HttpResponse:
    """Keep what was typed so far, without leaving the page."""
    found = _draft(letter)
    _keep(request, found, DraftForm.of(found, request.POST))
    return render(request, "foundation/components/saved.html", {"at": request.now})


def _keep(request: StaffRequest, letter: Letter, form: DraftForm) -> bool:
    """Write what can be kept, and say whether that was all of it."""
    is_whole = form.is_valid()
    drafting.revise(
        letter, heading=form.heading(letter), content=form.content(letter), by=request.user, now=request.now
    )
    return is_whole


def _page(
    request: StaffRequest, letter: Letter, form: DraftForm, annex_form: AnnexForm | None = None, status: int = 200
) -> HttpResponse:
    form.mark_needed()
    context = {
        "letter": letter,
        "form": form,
        "annexes": letter.annexes.all(),
        "annex_form": annex_form or AnnexForm(prefix="annex"),
        "annex_opened": annex_form is not None,
    }
    return render(request, "letters/draft.html", context, status=status)


@require_POST
@holds(*CLERKS, on=holder)
def add_annex(request: StaffRequest, letter: int) -> HttpResponse:
    """One annex more."""
    found = _draft(letter)
    form = AnnexForm(request.POST, request.FILES, prefix="annex")
    if getattr(request, "too_large", False):
        form.add_error("file", _("Tệp lớn hơn 25 MB nên chưa được nhận."))
    if form.is_valid():
        typed = form.cleaned_data
        source = Source.of(typed["file"], "") if typed["file"] else None
        try:
            drafting.add_annex(
                found, title=typed["title"], text=typed["text"], source=source, by=request.user, now=request.now
            )
            return redirect("letters:draft", letter)
        except Refused as no:
            form.add_error("file" if source else "text", str(no))
    return _page(request, found, DraftForm.of(found), form, status=422)


@require_POST
@holds(*CLERKS, on=holder)
def drop_annex(request: StaffRequest, letter: int, annex: int) -> HttpResponse:
    """One annex less."""
    found = get_object_or_404(Annex.objects.select_related("letter"), pk=annex, letter=letter)
    drafting.drop_annex(found, by=request.user, now=request.now)
    return redirect("letters:draft", letter)


@require_GET
@holds(*CLERKS, on=holder)
def look_over(request: StaffRequest, letter: int) -> HttpResponse:
    """The draft as it will look, with what is lacking and what the checker of the layout finds."""
    found = _draft(letter)
    document = official(found)
    shown = pictures(to_pdf(document), dpi=SHARP, most=PAGES)
    context = {
        "letter": found,
        "lacking": drafting.lacking(found),
        "faults": check_docx(to_docx(document)),
        "pages": [base64.b64encode(page).decode() for page in shown],
    }
    return render(request, "letters/look_over.html", context)


@require_POST
@holds(*CLERKS, on=holder)
def issue(request: StaffRequest, letter: int) -> HttpResponse:
    """Give it its number and issue it."""
    found = get_object_or_404(Letter, pk=letter)
    issued = drafting.issue_draft(found, by=request.user, now=request.now)
    messages.success(request, _("Đã phát hành văn bản số %(symbol)s.") % {"symbol": issued.full_symbol})
    return redirect("letters:letter", letter)


@require_POST
@holds(*CLERKS, on=holder)
def discard(request: StaffRequest, letter: int) -> HttpResponse:
    """Throw the draft away."""
    found = _draft(letter)
    unit = found.holder_id
    drafting.discard(found, by=request.user, now=request.now)
    messages.success(request, _("Đã bỏ dự thảo."))
    return redirect("letters:register", unit)


@require_http_methods(["GET", "POST"])
@holds(*CLERKS, on=holder)
def cancel(request: StaffRequest, letter: int) -> HttpResponse:
    """Withdraw an issued letter; its number stays in the book."""
    found = get_object_or_404(Letter, pk=letter, direction=Letter.Direction.ISSUED)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        drafting.cancel(found, because=form.cleaned_data["because"], by=request.user, now=request.now)
        messages.success(request, _("Đã hủy văn bản. Số vẫn nằm trong sổ và không cấp lại."))
        return redirect("letters:letter", letter)
    return render(request, "letters/cancel.html", {"letter": found, "form": form}, status=422 if form.errors else 200)
