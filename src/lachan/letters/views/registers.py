"""The register of a unit: what came in and what went out, year by year."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lachan.foundation.refused import Refused
from lachan.letters import receiving
from lachan.letters.access import CLERKS
from lachan.letters.forms import ReceiveForm, SearchForm
from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, holds, today, units_of
from lachan.orgs.models import Unit, UnitVersion

ON_A_PAGE = 50


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
