"""The page of one letter, and its files."""

from typing import Any

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lachan.engine.layout import to_docx, to_pdf
from lachan.letters import actions, chains, receiving, shown
from lachan.letters.access import CLERKS, holder, readers
from lachan.letters.actions import content_of
from lachan.letters.composing import official
from lachan.letters.forms import FactsForm
from lachan.letters.models import Annex, Letter
from lachan.orgs.access import StaffRequest, holds, reach_of, today

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@holds(*CLERKS, on=readers)
def letter(request: StaffRequest, letter: int) -> HttpResponse:
    """What a letter says, where it came from and where it went."""
    found = get_object_or_404(Letter, pk=letter)
    if page := content_of(found).laid_out_at:
        return redirect(page)
    return _letter(request, found)


@require_POST
@holds(*CLERKS, on=holder)
def correct(request: StaffRequest, letter: int) -> HttpResponse:
    """Put right what was read."""
    found = get_object_or_404(Letter, pk=letter)
    form = FactsForm(request.POST, instance=Letter.objects.get(pk=letter), prefix="letter")
    if not form.is_valid():
        return _letter(request, found, form, status=422)
    actions.correct(found, facts=form.facts(), by=request.user, now=request.now)
    messages.success(request, _("Đã lưu. Văn bản được ghi là đã kiểm tra."))
    return redirect("letters:letter", letter)


def _letter(request: StaffRequest, letter: Letter, form: FactsForm | None = None, status: int = 200) -> HttpResponse:
    reach = reach_of(request.user, today(request))
    page = shown.page(letter, request.now)
    form = form or FactsForm(instance=letter, prefix="letter")
    shown.explain_date(form, page.reading)
    context: dict[str, Any] = {
        "letter": letter,
        "page": page,
        "form": form,
        "fields": list(shown.beside(form, page)),
        "above": chains.above(letter),
        "below": chains.below(letter),
        "readable": set(Letter.objects.readable_in(reach).values_list("pk", flat=True)),
        "keeps": reach_of(request.user, today(request), *CLERKS).filter(unit=letter.holder_id).exists(),
    }
    return render(request, "letters/letter.html", context, status=status)


@require_POST
@holds(*CLERKS, on=holder)
def stop(request: StaffRequest, letter: int) -> HttpResponse:
    """Stop reading a scan."""
    receiving.ask_to_stop(get_object_or_404(Letter, pk=letter), by=request.user, now=request.now)
    return redirect("letters:letter", letter)


@require_POST
@holds(*CLERKS, on=holder)
def read_again(request: StaffRequest, letter: int) -> HttpResponse:
    """Read a letter that could not be read, or was stopped, once more."""
    receiving.read_again(get_object_or_404(Letter, pk=letter), by=request.user, now=request.now)
    return redirect("letters:letter", letter)


@require_GET
@holds(*CLERKS, on=readers)
def original(request: StaffRequest, letter: int) -> HttpResponseBase:
    """The file as it came: always to be saved, never shown in the browser."""
    found = get_object_or_404(Letter.objects.exclude(original=""), pk=letter)
    return _to_save(found.original, found.original_name)


def _to_save(file: FieldFile, name: str) -> HttpResponseBase:
    answer = FileResponse(file.open("rb"), as_attachment=True, filename=name)
    answer["Content-Type"] = "application/octet-stream"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_GET
@holds(*CLERKS, on=readers)
def annex(request: StaffRequest, letter: int, annex: int) -> HttpResponseBase:
    """A file that goes with a letter: always to be saved, never shown in the browser."""
    found = get_object_or_404(Annex.objects.exclude(file=""), pk=annex, letter=letter)
    return _to_save(found.file, found.file_name)


@require_GET
@holds(*CLERKS, on=readers)
def docx(request: StaffRequest, letter: int) -> HttpResponse:
    """A letter of our own, or its draft, laid out as an official document: DOCX."""
    found = get_object_or_404(Letter, pk=letter, direction=Letter.Direction.ISSUED)
    if page := content_of(found).laid_out_at:
        return redirect(f"{page}bao-cao.docx")
    return _file(to_docx(official(found)), DOCX, f"{shown.file_name(found)}.docx")


@require_GET
@holds(*CLERKS, on=readers)
def pdf(request: StaffRequest, letter: int) -> HttpResponse:
    """A letter of our own, or its draft, laid out as an official document: PDF."""
    found = get_object_or_404(Letter, pk=letter, direction=Letter.Direction.ISSUED)
    if page := content_of(found).laid_out_at:
        return redirect(f"{page}bao-cao.pdf")
    return _file(to_pdf(official(found)), "application/pdf", f"{shown.file_name(found)}.pdf")


def _file(octets: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
