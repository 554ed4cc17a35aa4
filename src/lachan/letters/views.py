"""The register of a unit, and the page of one letter."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lachan.engine.layout import to_docx, to_pdf
from lachan.foundation.refused import Refused
from lachan.letters import actions, chains, receiving, shown
from lachan.letters.actions import content_of
from lachan.letters.composing import official
from lachan.letters.forms import FactsForm, ReceiveForm, SearchForm
from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, holds, reach_of, today, units_of
from lachan.orgs.models import Role, Unit, UnitVersion

CLERKS = (Role.COORDINATOR, Role.OFFICER, Role.HEAD)
ON_A_PAGE = 50
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _holder(request: StaffRequest, letter: int) -> Unit:
    return get_object_or_404(Letter.objects.select_related("holder"), pk=letter).holder


def _readers(request: StaffRequest, letter: int) -> Collection[Unit]:
    """The holder, and the unit of this person that the letter was handed to, if there is one."""
    found = get_object_or_404(Letter.objects.select_related("holder"), pk=letter)
    mine = reach_of(request.user, today(request)).values("unit_id")
    return [found.holder, *found.sent_to.filter(pk__in=mine)[:1]]


def keeps_a_book(request: HttpRequest) -> bool:
    """Whether the person works with the letters of some unit."""
    return request.user.is_authenticated and bool(units_of(request.user, *CLERKS))


@require_GET
@holds(*CLERKS)
def books(request: StaffRequest) -> HttpResponse:
    """To the register of the person's unit; with several units, a choice of them."""
    units = units_of(request.user, *CLERKS)
    if len(units) == 1:
        return redirect("letters:register", units[0].pk)
    versions = UnitVersion.objects.on(today(request)).filter(unit__in=units).select_related("kind").in_order()
    return render(request, "letters/books.html", {"versions": versions})


@require_GET
@holds(*CLERKS, on="unit")
def register(request: StaffRequest, unit: Unit) -> HttpResponse:
    """The unit's letters, in and out, with the form to bring one in."""
    return _register(request, unit, ReceiveForm())


@require_POST
@holds(*CLERKS, on="unit")
def receive(request: StaffRequest, unit: Unit) -> HttpResponse:
    """A file or a pasted text becomes a letter of the unit; the same one sent again leads to the letter there is."""
    form = ReceiveForm(request.POST, request.FILES, too_large=getattr(request, "too_large", False))
    if not form.is_valid():
        return _register(request, unit, form, status=422)
    source = receiving.Source.of(**form.cleaned_data)
    try:
        letter = receiving.receive(holder=unit, source=source, by=request.user, now=request.now)
    except Refused as no:
        form.add_error("file", str(no))
        return _register(request, unit, form, status=422)
    return redirect("letters:letter", letter.pk)


def _register(request: StaffRequest, unit: Unit, form: ReceiveForm, status: int = 200) -> HttpResponse:
    search = SearchForm(request.GET if request.method == "GET" else None)
    book = Letter.Direction.ISSUED if request.GET.get("so") == "di" else Letter.Direction.RECEIVED
    letters = Letter.objects.of_unit(unit, book).newest_first()
    if search.is_valid():
        letters = letters.search(search.cleaned_data["q"])
        letters = letters.of_year(year) if (year := search.cleaned_data["year"]) else letters
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "form": form,
        "search": search,
        "issued": book == Letter.Direction.ISSUED,
        "received": book == Letter.Direction.RECEIVED,
        "page": Paginator(letters, ON_A_PAGE).get_page(request.GET.get("page")),
        "asked": bool(request.GET.get("q") or request.GET.get("year")),
    }
    return render(request, "letters/register.html", context, status=status)


@require_GET
@holds(*CLERKS, on=_readers)
def letter(request: StaffRequest, letter: int) -> HttpResponse:
    """What a letter says, where it came from and where it went."""
    found = get_object_or_404(Letter, pk=letter)
    if page := content_of(found).laid_out_at:
        return redirect(page)
    return _letter(request, found)


@require_POST
@holds(*CLERKS, on=_holder)
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
@holds(*CLERKS, on=_holder)
def stop(request: StaffRequest, letter: int) -> HttpResponse:
    """Stop reading a scan."""
    receiving.ask_to_stop(get_object_or_404(Letter, pk=letter), by=request.user, now=request.now)
    return redirect("letters:letter", letter)


@require_POST
@holds(*CLERKS, on=_holder)
def read_again(request: StaffRequest, letter: int) -> HttpResponse:
    """Read a letter that could not be read, or was stopped, once more."""
    receiving.read_again(get_object_or_404(Letter, pk=letter), by=request.user, now=request.now)
    return redirect("letters:letter", letter)


@require_GET
@holds(*CLERKS, on=_readers)
def original(request: StaffRequest, letter: int) -> HttpResponseBase:
    """The file as it came: always to be saved, never shown in the browser."""
    found = get_object_or_404(Letter.objects.exclude(original=""), pk=letter)
    answer = FileResponse(found.original.open("rb"), as_attachment=True, filename=found.original_name)
    answer["Content-Type"] = "application/octet-stream"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_GET
@holds(*CLERKS, on=_readers)
def docx(request: StaffRequest, letter: int) -> HttpResponse:
    """A letter of our own, or its draft, laid out as an official document: DOCX."""
    found = get_object_or_404(Letter, pk=letter, direction=Letter.Direction.ISSUED)
    if page := content_of(found).laid_out_at:
        return redirect(f"{page}bao-cao.docx")
    return _file(to_docx(official(found)), DOCX, f"{shown.file_name(found)}.docx")


@require_GET
@holds(*CLERKS, on=_readers)
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
