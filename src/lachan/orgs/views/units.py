"""The list of units, and the forms that found, change and move one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lachan.engine.layout import Column, Row, SheetTable, Table, to_csv, to_xlsx
from lachan.foundation import formats
from lachan.foundation.refused import Refused
from lachan.orgs import actions
from lachan.orgs.access import GRANTERS, StaffRequest, holds, reach_of, today
from lachan.orgs.finding import find_one
from lachan.orgs.models import Kind, Unit, UnitVersion, UnitVersionQuerySet
from lachan.orgs.shown import Placed, with_places
from lachan.orgs.unit_forms import FoundForm, MoveForm, ReviseForm, SearchForm, initial_of

ON_A_PAGE = 50
MOST_IN_A_FILE = 20_000
FILES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True)
class _Asked:
    """The list that was asked for."""

    form: SearchForm
    found: UnitVersionQuerySet
    day: date
    words: str
    branch: UnitVersion | None
    kind: Kind | None

    @property
    def narrowed(self) -> bool:
        return bool(self.words or self.branch or self.kind)


def _asked(request: StaffRequest) -> _Asked:
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    day, words = asked.get("ngay") or today(request), asked.get("q", "")
    branch = asked["nhanh"].version_on(day) if asked.get("nhanh") else None
    found = UnitVersion.objects.on(day).search(words) if words or branch else reach_of(request.user, day)
    if branch:
        found = found.below(branch)
    if kind := asked.get("loai"):
        found = found.filter(kind=kind)
    return _Asked(form, found.select_related("kind", "unit").in_order(), day, words, branch, kind)


@require_GET
@holds()
def listed(request: StaffRequest) -> HttpResponse:
    """One's own units and those below them; by name, any unit of the country. Names and places are public facts."""
    asked = _asked(request)
    page = Paginator(asked.found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"asked": asked, "page": page, "lines": with_places(page.object_list, asked.day)}
    return render(request, "orgs/units.html", context)


@require_GET
@holds()
def download(request: StaffRequest, form: str) -> HttpResponse:
    """The same list as a file, with contacts; by the headings that an import finds again."""
    if form not in FILES:
        raise Http404
    asked = _asked(request)
    table = _table(with_places(asked.found[:MOST_IN_A_FILE], asked.day))
    head = (_("Danh mục đơn vị"), _("Tại ngày %(day)s") % {"day": formats.day(asked.day)})
    octets = to_csv(table) if form == "csv" else to_xlsx((SheetTable(_("Đơn vị"), table, head, landscape=True),))
    answer = HttpResponse(octets, content_type=FILES[form])
    answer["Content-Disposition"] = f'attachment; filename="don-vi-{asked.day:%Y-%m-%d}.{form}"'
    return answer


def _table(lines: Sequence[Placed]) -> Table:
    words = (
        _("Mã đơn vị"),
        _("Tên đơn vị"),
        _("Loại đơn vị"),
        _("Đơn vị cấp trên"),
        _("Thư điện tử"),
        _("Điện thoại"),
        _("Địa chỉ"),
        _("Ký hiệu văn bản"),
    )
    rows = [
        Row(
            (
                one.version.unit.code,
                one.version.name,
                one.version.kind.name,
                one.above[0] if one.above else None,
                one.version.unit.email or None,
                one.version.unit.phone or None,
                one.version.unit.address or None,
                one.version.unit.letter_symbol or None,
            )
        )
        for one in lines
    ]
    return Table(tuple(Column(word) for word in words), tuple(rows), missing="")


@require_http_methods(["GET", "POST"])
@holds(*GRANTERS, on="unit")
def found(request: StaffRequest, unit: Unit) -> HttpResponse:
    """A new unit under this one."""
    typed = request.POST if request.method == "POST" else None
    form = FoundForm(typed, parent=unit, initial={"since": today(request)})
    if typed is None or not form.is_valid():
        return _page(request, unit, form, "orgs/found.html")
    new = form.cleaned_data
    founding = actions.Founding(
        code=new["code"].strip() or next(actions.free_codes(unit)),
        name=new["name"],
        name_en=new["name_en"],
        kind=new["kind"].pk,
        parent=unit,
        valid_from=new["since"],
        email=new["email"],
        phone=new["phone"],
        address=new["address"],
        letter_symbol=new["letter_symbol"],
    )
    try:
        founded = actions.found_unit(founding, by=request.user, now=request.now)
    except Refused as no:
        form.add_error("since" if "ngày thành lập" in str(no) else "code", str(no))
        return _page(request, unit, form, "orgs/found.html")
    messages.success(request, _("Đã lập %(name)s.") % {"name": new["name"]})
    return redirect("portal:unit", founded.pk)


@require_http_methods(["GET", "POST"])
@holds(*GRANTERS, on="unit")
def revise(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Its name, kind and contacts."""
    version = unit.version_on(today(request))
    typed = request.POST if request.method == "POST" else None
    form = ReviseForm(typed, version=version, initial=initial_of(version, today(request)))
    if typed is None or not form.is_valid():
        return _page(request, unit, form, "orgs/revise.html")
    told = form.cleaned_data
    new = actions.Particulars(name=told["name"], name_en=told["name_en"], kind=told["kind"].pk, contacts=form.contacts)
    try:
        actions.revise(unit, new=new, on=told["on"], by=request.user, now=request.now)
    except Refused as no:
        form.add_error("on", str(no))
        return _page(request, unit, form, "orgs/revise.html")
    messages.success(request, _("Đã lưu thông tin của %(name)s.") % {"name": told["name"]})
    return redirect("portal:unit", unit.pk)


@require_http_methods(["GET", "POST"])
@holds(*GRANTERS, on="unit")
def move(request: StaffRequest, unit: Unit) -> HttpResponse:
    """Under another unit, which the person answers for as well."""
    typed = request.POST if request.method == "POST" else None
    form = MoveForm(typed, initial={"on": today(request)})
    if typed is None or not form.is_valid():
        return _page(request, unit, form, "orgs/move.html")
    under, on = form.cleaned_data["under"], form.cleaned_data["on"]
    field = "under"
    try:
        new = find_one(under, reach_of(request.user, on, *GRANTERS), on)
        field = "on"
        actions.move(unit, under=new, on=on, by=request.user, now=request.now)
    except Refused as no:
        form.add_error(field, str(no))
        return _page(request, unit, form, "orgs/move.html")
    messages.success(
        request, _("Từ ngày %(day)s đơn vị trực thuộc %(name)s.") % {"day": formats.day(on), "name": new.name_on(on)}
    )
    return redirect("portal:unit", unit.pk)


def _page(request: StaffRequest, unit: Unit, form: Form, template: str) -> HttpResponse:
    context = {"unit": unit, "version": unit.version_on(today(request)), "form": form}
    return render(request, template, context, status=422 if form.is_bound else 200)
