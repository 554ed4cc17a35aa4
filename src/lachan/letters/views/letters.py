"""The page of one letter, and its files."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.engine.layout import to_docx, to_pdf
from lachan.foundation.refused import Refused
from lachan.letters import actions, chain_drawing, chains, numbering, receiving, shown, signing
from lachan.letters.access import CLERKS, holder, readers
from lachan.letters.actions import content_of
from lachan.letters.composing import official
from lachan.letters.forms import ArrivalForm, FactsForm
from lachan.letters.models import Annex, Arrival, Letter, Signing
from lachan.orgs.access import StaffRequest, holds, reach_of, today
from lachan.orgs.models import Unit, UnitVersion, UnitVersionQuerySet

FEW = 3  # units of one person whose place in the book the page of a letter shows
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
    reach = reach_of(request.user, today(request), *CLERKS)
    page = shown.page(letter, request.now)
    form = form or FactsForm(instance=letter, prefix="letter")
    shown.explain_date(form, page.reading)
    context: dict[str, Any] = {
        "letter": letter,
        "page": page,
        "form": form,
        "fields": list(shown.beside(form, page)),
        **_chain(letter, reach),
        "campaign": letter.campaigns.filter(regime=None).first(),
        "keeps": reach.filter(unit=letter.holder_id).exists(),
        "signed": Signing.objects.filter(letter=letter).exists(),
        "entered": _entered(letter, reach),
    }
    return render(request, "letters/letter.html", context, status=status)


def _chain(letter: Letter, reach: UnitVersionQuerySet) -> dict[str, Any]:
    """The letters around this one: drawn for a wide and a narrow screen, and as a list."""
    chain = chains.around(letter)
    around = [*(node.letter.pk for node in chain.nodes if node.letter), *(one.pk for one in chain.told)]
    readable = set(Letter.objects.readable_in(reach).filter(pk__in=around).values_list("pk", flat=True))
    return {
        "chain": chain,
        "readable": readable,
        "chain_wide": chain_drawing.draw(chain, readable, chain_drawing.WIDE),
        "chain_narrow": chain_drawing.draw(chain, readable, chain_drawing.NARROW),
        "chain_words": chain_drawing.in_words(chain),
    }


def _entered(letter: Letter, mine: UnitVersionQuerySet) -> list[tuple[UnitVersion, Arrival | None]]:
    """The units of this person that the letter came to, each with its place in their book of what came in."""
    came_to = Q(unit__in=letter.sent_to.values("pk"))
    if letter.direction == Letter.Direction.RECEIVED:
        came_to |= Q(unit=letter.holder_id)
    versions = list(mine.filter(came_to).select_related("kind")[:FEW])
    entered = {one.unit_id: one for one in letter.arrivals.all()}
    return [(version, entered.get(version.unit_id)) for version in versions]


@require_http_methods(["GET", "POST"])
@holds(*CLERKS, on="unit")
def arrival(request: StaffRequest, unit: Unit, letter: int) -> HttpResponse:
    """When the letter arrived at the unit and whom it was passed to; entered in the unit's book if it is not there yet."""
    incoming = Letter.objects.of_unit(unit, Letter.Direction.RECEIVED)
    found = get_object_or_404(incoming, pk=letter)
    entered = Arrival.objects.filter(unit=unit, letter=found).first()
    kept = {name: getattr(entered, name, "") for name in ("arrived_on", "handled_by", "note")}
    form = ArrivalForm(request.POST or None, initial={**kept, "arrived_on": kept["arrived_on"] or today(request)})
    if request.method == "POST" and form.is_valid():
        typed, by, now = form.cleaned_data, request.user, request.now
        try:
            with transaction.atomic():
                entered = numbering.arrive(found, unit=unit, day=typed["arrived_on"], by=by, now=now)
                numbering.correct_arrival(entered, **typed, by=by, now=now)
            messages.success(request, _("Đã vào sổ, số đến %(number)s.") % {"number": entered.number})
            return redirect("letters:letter", letter)
        except Refused as no:
            form.add_error("arrived_on", str(no))
    context = {"letter": found, "unit": unit, "arrival": entered, "form": form}
    return render(request, "letters/arrival.html", context, status=422 if form.errors else 200)


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
    """A letter of our own, or its draft, laid out as an official document: PDF. Once it is being signed, that very file."""
    found = get_object_or_404(Letter, pk=letter, direction=Letter.Direction.ISSUED)
    if page := content_of(found).laid_out_at:
        return redirect(f"{page}bao-cao.pdf")
    begun = Signing.objects.filter(letter=found).first()
    octets = signing.latest(begun) if begun else to_pdf(official(found))
    return _file(octets, "application/pdf", f"{shown.file_name(found)}.pdf")


def _file(octets: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
