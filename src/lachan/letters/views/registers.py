"""The register of a unit: what came in and what went out, year by year."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lachan.foundation.refused import Refused
from lachan.letters import books, numbering, receiving
from lachan.letters.access import CLERKS
from lachan.letters.draft_forms import ReasonForm
from lachan.letters.forms import ReceiveForm, ReserveForm, SearchForm
from lachan.letters.models import Arrival, Letter, LetterQuerySet, ReservedNumber
from lachan.orgs.access import StaffRequest, holds, today, units_of
from lachan.orgs.models import Unit, UnitVersion

ON_A_PAGE = 50
BOOKS = ("di", "den")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@holds(*CLERKS)
def choose_book(request: StaffRequest) -> HttpResponse:
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
    issued = request.GET.get("so") == "di"
    book = Letter.Direction.ISSUED if issued else Letter.Direction.RECEIVED
    letters = _found(Letter.objects.of_unit(unit, book), search)
    here = Prefetch("arrivals", Arrival.objects.filter(unit=unit), to_attr="arrived_here")
    year = _year(request, search)
    context = {
        "unit": unit,
        "version": unit.version_on(today(request)),
        "form": form,
        "search": search,
        "issued": issued,
        "received": not issued,
        "page": Paginator(letters.newest_first().prefetch_related(here), ON_A_PAGE).get_page(request.GET.get("page")),
        "asked": any(request.GET.get(name) for name in ("q", "year", "urgent")),
        "year": year,
    }
    if issued:
        context |= _numbers(unit, year)
    return render(request, "letters/register.html", context, status=status)


def _found(letters: LetterQuerySet, search: SearchForm) -> LetterQuerySet:
    if not search.is_valid():
        return letters
    asked = search.cleaned_data
    letters = letters.search(asked["q"])
    letters = letters.of_year(asked["year"]) if asked["year"] else letters
    return letters.exclude(urgency="") if asked["urgent"] else letters


def _year(request: StaffRequest, search: SearchForm) -> int:
    """The year whose book is meant: the one asked for, else this one."""
    asked = search.cleaned_data["year"] if search.is_valid() else None
    return asked or today(request).year


def _numbers(unit: Unit, year: int) -> dict[str, Any]:
    """What the book of what went out shows besides its letters: drafts, numbers kept, given up and skipped."""
    return {
        "drafts": Letter.objects.filter(holder=unit, direction=Letter.Direction.ISSUED, state=Letter.State.DRAFT),
        "reserved": ReservedNumber.objects.filter(unit=unit, year=year),
        "skipped": numbering.skipped(unit, year),
    }


@require_GET
@holds(*CLERKS, on="unit")
def export(request: StaffRequest, unit: Unit, book: str, year: int) -> HttpResponse:
    """The book of a year in the columns of the decree, as a workbook."""
    if book not in BOOKS or year not in numbering.YEARS:
        raise Http404
    octets = books.as_xlsx(unit, unit.version_on(today(request)).body_name, year, issued=book == "di")
    answer = HttpResponse(octets, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="so-van-ban-{book}-{year}.xlsx"'
    return answer


@require_http_methods(["GET", "POST"])
@holds(*CLERKS, on="unit")
def reserve(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Keep a number of this year for a letter that is still to come."""
    form = ReserveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            kept = numbering.reserve(
                unit,
                day=today(request),
                purpose=typed["purpose"],
                wished=typed["number"],
                by=request.user,
                now=request.now,
            )
            messages.success(request, _("Đã giữ số %(number)s.") % {"number": kept.number})
            return redirect(f"{reverse('letters:register', args=[unit.pk])}?so=di")
        except Refused as no:
            form.add_error("number", str(no))
    return _reserving(request, unit, form, None)


@require_http_methods(["GET", "POST"])
@holds(*CLERKS, on="unit")
def give_up(request: StaffRequest, unit: Unit, kept: int) -> HttpResponse:
    """Do without a reserved number; it stays in the book with the reason."""
    found = get_object_or_404(ReservedNumber, pk=kept, unit=unit, given_up_at=None)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        numbering.give_up(found, because=form.cleaned_data["because"], by=request.user, now=request.now)
        messages.success(request, _("Đã hủy số %(number)s. Số này không cấp lại.") % {"number": found.number})
        return redirect(f"{reverse('letters:register', args=[unit.pk])}?so=di")
    return _reserving(request, unit, form, found)


def _reserving(request: StaffRequest, unit: Unit, form: Form, kept: ReservedNumber | None) -> HttpResponse:
    context = {"unit": unit, "form": form, "kept": kept}
    return render(request, "letters/reserve.html", context, status=422 if form.errors else 200)
