"""A consolidated report as the content of a package, and the content of a package in terms of the form here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from lachan.campaigns.models import Assignment
from lachan.engine import packages
from lachan.engine.answers import Answer, Cell, Kind
from lachan.engine.packages.report import ColumnOf, files_of
from lachan.engine.rollup import ZERO, State
from lachan.letters.models import Letter
from lachan.reporting.actions.bringing import Brought
from lachan.reporting.consolidated import written
from lachan.reporting.kept import state_from_json
from lachan.reporting.models import ConsolidatedReport, Form, Obligation, Question
from lachan.reporting.snapshot import Gathered, Indicator, Snapshot, Topic

DOCUMENTS = ("docx", "pdf", "xlsx")


def contents(report: ConsolidatedReport) -> dict[str, bytes]:
    """The files of the package: the figures and the form as JSON, and the report as it was issued."""
    snapshot, form = Snapshot.from_json(report.figures), report.campaign.form
    questions = {question.key: question for question in form.questions.select_related("table")}
    shown = [one for one in snapshot.indicators if one.key in questions]
    told = packages.Report(
        taken_at=snapshot.taken_at,
        expected=snapshot.expected,
        received=snapshot.received,
        late=snapshot.late,
        empty=snapshot.empty,
        indicators=tuple(packages.Measured.of(questions[one.key].code, one.value, _state(one)) for one in shown),
        lines=tuple(
            packages.Line(one.number, one.name, one.is_branch, one.expected, one.received, tuple(one.values))
            for one in snapshot.lines
        ),
        said=tuple(_said(questions[topic.key], topic) for topic in snapshot.topics if topic.opinions),
        lists=tuple(_list(questions[one.key], one) for one in snapshot.lists if one.entries),
        kinds=tuple(packages.KindOf(one.name, one.expected, one.received, one.late) for one in snapshot.kinds),
        missing=tuple(packages.Absent(one.name, one.via, one.due_at, one.received_at) for one in snapshot.missing),
        late_ones=tuple(packages.Absent(one.name, one.via, one.due_at, one.received_at) for one in snapshot.late_ones),
    )
    return {**files_of(told, form_of(form)), **{f"report.{kind}": written(report, kind) for kind in DOCUMENTS}}


def _state(one: Indicator) -> State:
    return state_from_json(one.state) if one.state else ZERO


def _said(question: Question, topic: Topic) -> packages.Said:
    lines = (f"{one.text.rstrip(' .;')} ({one.count} đơn vị)." for one in topic.opinions if one.in_body)
    return packages.Said(question.code, "\n".join(lines))


def _list(question: Question, one: Gathered) -> packages.ListOf:
    units = tuple(entry.unit for entry in one.entries)
    return packages.ListOf(question.code, units, tuple(tuple(entry.cells) for entry in one.entries))


def form_of(form: Form) -> packages.FormOf:
    """The form as it is put to units now, with what it has withdrawn."""
    questions = form.questions.select_related("table")
    return packages.FormOf(form.title, form.version, tuple(map(question_of, questions)))


def question_of(question: Question) -> packages.Question:
    """One question as packages tell it."""
    return packages.Question(
        code=question.code,
        text=question.text,
        kind=question.kind,
        measure=question.measure,
        counted_in=question.counted_in,
        required=question.required,
        section=question.section,
        columns=tuple(ColumnOf(one.key, one.label, one.kind) for one in question.list_columns),
    )


def request_of(report: ConsolidatedReport) -> packages.Request:
    """The letter that asked for the report."""
    campaign = report.campaign
    place = Assignment.objects.filter(campaign=campaign, unit=report.unit_id).select_related("dispatch__letter").first()
    letter = place.dispatch.letter if place else campaign.letter
    dated_on = letter.dated_on.isoformat() if letter.dated_on else ""
    return packages.Request(letter.full_symbol, dated_on, letter.abstract, campaign.period)


def is_same_letter(request: packages.Request, letter: Letter) -> bool:
    """Whether a package names this letter, however its symbol is spaced and cased."""
    spelt = ["".join(symbol.split()).casefold() for symbol in (request.symbol, letter.full_symbol)]
    return bool(spelt[0]) and spelt[0] == spelt[1] and request.dated_on in ("", str(letter.dated_on or ""))


def asked_here(obligation: Obligation) -> list[packages.Here]:
    """What is asked of the unit here."""
    return [packages.Here(question.key, question_of(question)) for question in obligation.asked()]


def brought(title: str, report: packages.Report, found: Mapping[str, packages.Here]) -> Brought:
    """The package in terms of the form here; `found`: our questions, by the codes of the package."""
    values: dict[str, Answer] = {}
    for measured in report.indicators:
        if measured.code in found and measured.value is not None:
            values[found[measured.code].key] = _number(measured.value)
    values |= {found[one.code].key: one.text for one in report.said if one.code in found and one.text}
    for one in report.lists:
        if one.code in found and one.rows:
            values[found[one.code].key] = _rows(found[one.code].question, one.rows)
    branch = report.branch({code: here.key for code, here in found.items()})
    lists = {name: [asdict(one) for one in getattr(report, name)] for name in ("kinds", "missing", "late_ones")}
    return Brought(title, values, branch, **lists)


def _number(text: str) -> Cell:
    return int(text) if text.lstrip("-").isdecimal() else text


def _rows(question: packages.Question, rows: Sequence[Sequence[str]]) -> list[dict[str, Cell]]:
    """Rows under the names of our own columns, which are the package's in the same order."""
    return [
        {
            column.key: cell if column.kind == Kind.TEXT else _number(cell)
            for column, cell in zip(question.columns, row, strict=True)
            if cell
        }
        for row in rows
    ]
