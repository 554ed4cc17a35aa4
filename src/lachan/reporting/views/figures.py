"""The figures of a campaign or of one unit's branch, down to the units behind any of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lachan.engine.layout import to_csv, to_xlsx
from lachan.engine.rollup import ZERO, Coverage, Row
from lachan.orgs.access import StaffRequest, today
from lachan.reporting.access import Branch, on_branch, sees
from lachan.reporting.behind import UnitsBehind
from lachan.reporting.changed import changes_in, of_indicator, questions_of, told
from lachan.reporting.exports import KINDS, Export
from lachan.reporting.lists import Tab
from lachan.reporting.models import ConsolidatedReport, Question
from lachan.reporting.todays import Former, Todays, have_changed, totals_today
from lachan.reporting.todays_sheet import sheet_of
from lachan.reporting.totals import OWN, Below, Figure, Totals, figure, totals

PER_PAGE = 40
BRANCHES_ON_A_PAGE = 100
CHANGES_ON_A_PAGE = 25
SINCE_REPORT = "bao-cao"
TODAYS = "hien-nay"


@dataclass(frozen=True)
class Cell:
    """A figure, what stands behind it, and where to look at that."""

    question: Question
    value: Figure
    coverage: Coverage
    href: str


@dataclass(frozen=True)
class Line:
    """One branch of the table."""

    name: str
    href: str  # to the branch's own table; empty when nothing is below it
    coverage: Coverage
    cells: Sequence[Cell]
    note: str = ""


@on_branch()
def table(request: StaffRequest, branch: Branch) -> HttpResponse:
    """Branches down, questions across; as reported, or in today's units."""
    day = today(request)
    asked = request.GET.get("don-vi") == TODAYS
    changed = asked or have_changed(branch.campaign, day)
    todays = totals_today(branch.campaign, branch.top, day) if asked else None
    page = {
        "branch": branch,
        "sees_all": branch.top and sees(request.user, Branch(branch.campaign, None, branch.campaign.owner), day),
        "own": branch.unit.version_on(day),
        "tabs": [
            Tab(_("Theo đơn vị lúc báo cáo"), "?", 0, not asked),
            Tab(_("Theo đơn vị hiện nay"), f"?don-vi={TODAYS}", 0, asked),
        ]
        if changed
        else [],
        "todays": todays,
        "changes": changes_in(branch.campaign, branch.top).count(),
        **dict.fromkeys(["sum", "own_line", "page"]),
        **dict.fromkeys(["questions", "lines"], ()),
        **(_told_today(request, branch, todays) if todays else {} if asked else _told_as_reported(request, branch)),
    }
    return render(request, "reporting/figures.html", page)


def _told_as_reported(request: StaffRequest, branch: Branch) -> dict[str, Any]:
    known = totals(branch.campaign, branch.top)
    page = Paginator(known.branches, BRANCHES_ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "questions": known.questions,
        "page": page,
        "lines": [_branch_line(branch, known, one) for one in page],
        "own_line": _own_line(branch, known),
        "sum": _line(branch, known, known.whole, _("Tổng cộng"), branch.key),
    }


def _told_today(request: StaffRequest, branch: Branch, todays: Todays) -> dict[str, Any]:
    """Sums of several units, and of former ones: the units behind them are found as reported, so cells lead nowhere."""
    known = todays.totals
    own = known.rows.get(OWN)
    rows: list[Below | Former] = [*known.branches, *todays.former]
    page = Paginator(rows, BRANCHES_ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "questions": known.questions,
        "page": page,
        "lines": [
            _former_line(known, one) if isinstance(one, Former) else _todays_line(branch, todays, one) for one in page
        ],
        "own_line": _plain_line(known, own, _("Phần của đơn vị")) if own and known.branches else None,
        "sum": _plain_line(known, known.whole, _("Tổng cộng")),
    }


def _former_line(known: Totals, one: Former) -> Line:
    note = _("của đơn vị cũ, đã kết thúc")
    if one.into:
        note = _("của đơn vị cũ, đã chia cho %(units)s") % {"units": ", ".join(one.into)}
    return replace(_plain_line(known, one.row, one.name), note=note)


def _todays_line(branch: Branch, todays: Todays, one: Below) -> Line:
    deeper = one.has_below and one.assignment
    href = reverse("reporting:figures", args=[branch.campaign.pk, one.assignment]) if deeper else ""
    name = _("%(name)s (có phần chia theo tỷ lệ)") % {"name": one.name} if one.unit in todays.by_share else one.name
    return _plain_line(todays.totals, todays.totals.row(one.unit), name, f"{href}?don-vi={TODAYS}" if href else "")


def _plain_line(known: Totals, row: Row, name: str, href: str = "") -> Line:
    return Line(name, href, row.coverage, [_cell(row, question, "") for question in known.questions])


def _branch_line(branch: Branch, known: Totals, one: Below) -> Line:
    href = reverse("reporting:figures", args=[branch.campaign.pk, one.assignment]) if one.has_below else ""
    return _line(branch, known, known.row(one.unit), one.name, one.assignment, href)


def _line(branch: Branch, known: Totals, row: Row, name: str, assignment: int, href: str = "") -> Line:
    # one address is worked out for a row, and the others put together by hand: there are hundreds on a page
    before, after = reverse("reporting:figure", args=[branch.campaign.pk, 0, assignment]).split("/0/", 1)
    return Line(name, href, row.coverage, [_cell(row, q, f"{before}/{q.pk}/{after}") for q in known.questions])


def _cell(row: Row, question: Question, href: str) -> Cell:
    return Cell(question, figure(row, question), row.states.get(question.key, ZERO).coverage, href)


def _own_line(branch: Branch, known: Totals) -> Line | None:
    """What the branch's unit reported itself, beside what came from below it."""
    if branch.top is None or OWN not in known.rows or not known.branches:
        return None
    row = known.row(OWN)
    address = branch.top.obligation.get_absolute_url()
    return Line(_("Phần của đơn vị"), address, row.coverage, [_cell(row, q, address) for q in known.questions])


@on_branch()
def behind(request: StaffRequest, branch: Branch, question: int) -> HttpResponse:
    """The units behind one figure, each with its own; or the words they wrote, by branch."""
    asked = get_object_or_404(Question, pk=question, form__campaign=branch.campaign)
    units = UnitsBehind(branch.campaign, branch.top, asked)
    row = totals(branch.campaign, branch.top).whole
    answered, lacking = units.only(answered=True), units.only(answered=False)
    kept = {"co": answered, "chua-co": lacking}.get(request.GET.get("loc", ""), units)
    page = {
        "branch": branch,
        "own": branch.unit.version_on(today(request)),
        "question": asked,
        "changes": of_indicator(changes_in(branch.campaign, branch.top), asked).count()
        if asked.is_number or asked.is_list
        else 0,
        "page": Paginator(kept, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": [
            Tab(_("Tất cả"), "?", len(units), kept is units),
            Tab(_("Có số liệu") if asked.is_number else _("Có ý kiến"), "?loc=co", len(answered), kept is answered),
            Tab(_("Chưa có"), "?loc=chua-co", len(lacking), kept is lacking),
        ],
        "value": figure(row, asked),
        "totals": units.column_totals(),
        "coverage": row.states.get(asked.key, ZERO).coverage,
    }
    return render(request, "reporting/figure.html", page)


@on_branch()
def changes(request: StaffRequest, branch: Branch) -> HttpResponse:
    """What has changed after it counted, the newest first: all, or since the unit's last consolidated report (`tu`)."""
    questions = questions_of(branch.campaign)
    everything, only = changes_in(branch.campaign, branch.top), questions.get(request.GET.get("chi-tieu", ""))
    if only:
        everything, questions = of_indicator(everything, only), {only.key: only}
    report = ConsolidatedReport.objects.filter(campaign=branch.campaign, unit=branch.unit).defer("figures").first()
    since = everything.filter(at__gt=report.made_at) if report else everything
    narrowed = report is not None and request.GET.get("tu") == SINCE_REPORT
    page = Paginator(since if narrowed else everything, CHANGES_ON_A_PAGE).get_page(request.GET.get("page"))
    also = f"&chi-tieu={only.key}" if only else ""
    tabs = [Tab(_("Tất cả"), f"?{also}", everything.count(), not narrowed)]
    if report:
        word = _("Sau báo cáo số %(number)s") % {"number": report.letter.full_symbol}
        tabs.append(Tab(word, f"?tu={SINCE_REPORT}{also}", since.count(), narrowed))
    shown = {
        "branch": branch,
        "own": branch.unit.version_on(today(request)),
        "tabs": tabs,
        "page": page,
        "only": only,
        "changes": told(page.object_list, questions),
    }
    return render(request, "reporting/changed.html", shown)


@on_branch()
def download(request: StaffRequest, branch: Branch, kind: str) -> HttpResponseBase:
    """Each unit's own figures, sent a row after another (CSV, JSON, ADX), or as a file once it is whole (XLSX, Parquet)."""
    if kind not in KINDS:
        raise Http404
    if request.GET.get("don-vi") == TODAYS:
        return _todays_file(request, branch, kind)
    export = Export(branch.campaign, branch.top, request.now)
    name = f"so-lieu-{slugify(branch.unit.version_on(today(request)).name.replace('đ', 'd').replace('Đ', 'D'))}.{kind}"
    pieces = export.pieces(kind)
    answer = StreamingHttpResponse(pieces) if pieces else FileResponse(_written(export, kind))
    answer["Content-Type"] = KINDS[kind]
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _written(export: Export, kind: str) -> BinaryIO:
    """The file, open, and gone from its folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{kind}"
        export.write(path, kind)
        return path.open("rb")


def _todays_file(request: StaffRequest, branch: Branch, kind: str) -> HttpResponse:
    """The table in today's units."""
    day = today(request)
    todays = totals_today(branch.campaign, branch.top, day)
    if todays is None or kind not in ("csv", "xlsx"):
        raise Http404
    sheet = sheet_of(todays, title=branch.campaign.name, now=request.now, day=day)
    answer = HttpResponse(to_xlsx((sheet,)) if kind == "xlsx" else to_csv(sheet.table), content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="so-lieu-don-vi-hien-nay.{kind}"'
    return answer
