"""The figures of a campaign or of one unit's branch, down to the units behind any of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lachan.engine.answers import Column
from lachan.engine.layout import to_csv, to_xlsx
from lachan.engine.rollup import Coverage, column_total
from lachan.orgs.access import StaffRequest, today
from lachan.reporting import spreadsheets
from lachan.reporting.access import Branch, on_branch
from lachan.reporting.figures import Figures, Node, Value
from lachan.reporting.figures import figures as figures_of
from lachan.reporting.lists import Tab
from lachan.reporting.models import Question

PER_PAGE = 200


@dataclass(frozen=True)
class Cell:
    """A figure, what stands behind it, and where to look at that."""

    value: Value
    count: int  # of texts
    rows: int  # of lists
    coverage: Coverage
    href: str

    @property
    def is_missing(self) -> bool:
        return self.value in (None, ())


@dataclass(frozen=True)
class Line:
    """One branch of the table."""

    name: str
    href: str  # to the branch's own table; empty when nothing is below it
    coverage: Coverage
    cells: Sequence[Cell]


@on_branch()
def table(request: StaffRequest, branch: Branch) -> HttpResponse:
    """Branches down, questions across."""
    known = figures_of(branch.campaign)
    page = {
        "branch": branch,
        "own": branch.unit.version_on(today(request)),
        "questions": known.questions,
        "lines": [_line(branch, known, node) for node in known.children(branch.key)],
        "own_line": _own_line(branch, known),
        "sum": Line(_("Tổng cộng"), "", known.coverage(branch.key), _cells(branch, known, branch.key)),
    }
    return render(request, "reporting/figures.html", page)


def _line(branch: Branch, known: Figures, node: Node) -> Line:
    below = (
        reverse("reporting:figures", args=[branch.campaign.pk, node.assignment])
        if known.children(node.assignment)
        else ""
    )
    return Line(node.name, below, known.coverage(node.assignment), _cells(branch, known, node.assignment))


def _own_line(branch: Branch, known: Figures) -> Line | None:
    """What the branch's unit reported itself, beside what came from below it."""
    own = known.own.get(branch.key)
    if own is None or not known.children(branch.key):
        return None
    address = reverse("reporting:return", args=[known.nodes[branch.key].obligation])
    states = [known.own_state(branch.key, question) for question in known.questions]
    cells = [
        Cell(known.own_value(branch.key, question), len(state.texts), len(state.rows), state.coverage, address)
        for question, state in zip(known.questions, states, strict=True)
    ]
    return Line(_("Phần của đơn vị"), address, own.coverage, cells)


def _cells(branch: Branch, known: Figures, key: int) -> list[Cell]:
    cells = []
    for question in known.questions:
        state = known.state(key, question)
        href = reverse("reporting:figure", args=[branch.campaign.pk, question.pk, key])
        cells.append(Cell(known.value(key, question), len(state.texts), len(state.rows), state.coverage, href))
    return cells


@dataclass(frozen=True)
class Behind:
    """One unit behind a figure."""

    node: Node
    via: str  # the branch it stands in; empty for the branch's top
    value: Value

    @property
    def has_answered(self) -> bool:
        return self.value not in (None, ())

    @property
    def branch(self) -> str:
        return self.via or self.node.name


@on_branch()
def behind(request: StaffRequest, branch: Branch, question: int) -> HttpResponse:
    """The units behind one figure, each with its own; or the words they wrote, by branch."""
    asked = get_object_or_404(Question, pk=question, form__campaign=branch.campaign)
    known = figures_of(branch.campaign)
    units = _units_behind(branch, known, asked)
    answered = [unit for unit in units if unit.has_answered]
    lacking = [unit for unit in units if not unit.has_answered]
    chosen = request.GET.get("loc", "")
    kept = {"co": answered, "chua-co": lacking}.get(chosen, units)
    page = {
        "branch": branch,
        "own": branch.unit.version_on(today(request)),
        "question": asked,
        "page": Paginator(kept, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": [
            Tab(_("Tất cả"), "?", len(units), kept is units),
            Tab(_("Có số liệu") if asked.is_number else _("Có ý kiến"), "?loc=co", len(answered), kept is answered),
            Tab(_("Chưa có"), "?loc=chua-co", len(lacking), kept is lacking),
        ],
        "value": known.value(branch.key, asked),
        "totals": _totals(known, branch.key, asked),
        "coverage": known.state(branch.key, asked).coverage,
    }
    return render(request, "reporting/figure.html", page)


def _totals(known: Figures, key: int, question: Question) -> list[tuple[Column, Decimal]]:
    """Of a list: each column of numbers with its sum."""
    rows = known.state(key, question).rows
    numbers = [column for column in question.list_columns if column.kind != Question.Kind.TEXT]
    return [(column, column_total(rows, column.key)) for column in numbers]


def _units_behind(branch: Branch, known: Figures, question: Question) -> list[Behind]:
    """In the order of branches, each branch's top first."""
    found = []
    for child in known.children(branch.key):
        found += [
            Behind(node, child.name if node != child else "", known.own_value(node.assignment, question))
            for node in known.branch(child.assignment)
            if question.pk in node.asked
        ]
    own = known.nodes.get(branch.key)
    if own and question.pk in own.asked:
        found.insert(0, Behind(own, "", known.own_value(branch.key, question)))
    return found


@on_branch()
def download(request: StaffRequest, branch: Branch, kind: str) -> HttpResponse:
    """The figures as CSV (each unit's own) or XLSX (by branch, and each unit's own)."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    known = figures_of(branch.campaign)
    sheets = spreadsheets.sheets(known, branch.key, title=branch.campaign.name, now=request.now)
    name = f"so-lieu-{slugify(branch.unit.version_on(today(request)).name.replace('đ', 'd').replace('Đ', 'D'))}.{kind}"
    content = to_xlsx(sheets) if kind == "xlsx" else to_csv(sheets[-1].table)
    answer = HttpResponse(content, content_type=spreadsheets.XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
