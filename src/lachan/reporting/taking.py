"""The state of a campaign taken down for a consolidated report: whole, or the body alone, which is quick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.answers import Kind as AnswerKind
from lachan.engine.comparison import plain
from lachan.engine.opinions import Said, gather, points, says_nothing
from lachan.engine.report_form.lines import column_head
from lachan.engine.rollup import ZERO, Coverage, column_total
from lachan.engine.vietnamese import fold
from lachan.orgs.models import Kind, Level
from lachan.reporting.figures import Figures, Node, Value
from lachan.reporting.figures import figures as figures_of
from lachan.reporting.kept import state_to_json
from lachan.reporting.models import BroughtBranch, Passage, Question, ReportDraft, Source
from lachan.reporting.snapshot import (
    NAMED,
    UNASKED,
    Absent,
    Compared,
    Comparison,
    Entry,
    Gathered,
    Indicator,
    KindOfUnits,
    Line,
    Opinion,
    Rated,
    Snapshot,
    Topic,
)
from lachan.reporting.standing import EXCUSED, INVALID, REPORTED, standing
from lachan.reporting.summing import BROUGHT, GOT, LATE
from lachan.reporting.totals import Totals, figure, owed_in, totals

LEVELS = {Level.PROVINCE: "UBND cấp tỉnh", Level.DISTRICT: "UBND cấp huyện", Level.COMMUNE: "UBND cấp xã"}
FAMILIES = {
    "Cơ quan, ban, ngành": "ministry department vertical-agency police military border-guard court procuracy "
    "party-body elected-body",
    "Mặt trận Tổ quốc, đoàn thể, hội": "front mass-organisation association business-association",
    "Phòng, ban chuyên môn, đơn vị sự nghiệp": "office-section public-service-unit",
    "Cơ sở giáo dục": "university college upper-secondary-school continuing-education lower-secondary-school "
    "primary-school kindergarten",
    "Cơ sở y tế": "hospital health-station",
    "Báo chí, truyền thanh, văn hóa": "press cultural-centre",
    "Doanh nghiệp": "telecom-enterprise bank-branch enterprise cooperative",
    "Thôn, tổ dân phố, tổ công nghệ số cộng đồng": "hamlet digital-team",
}
"""Kinds of units that reports speak of together. A kind that is not here goes by its own name."""
FAMILY_OF = {kind: family for family, kinds in FAMILIES.items() for kind in kinds.split()}
IN_BODY = 25
"""Opinions on one question that stand in the body to begin with; the others go to an annex."""
PROPOSALS = ("kien nghi", "de xuat", "de nghi")
"""A question with one of these in it, folded, asks what the unit would have others do."""


def take(campaign: Campaign, top: Assignment | None, *, now: datetime, draft: ReportDraft | None = None) -> Snapshot:
    """The campaign, or the branch of `top` with its own return, as it stands; what units wrote as `draft` words and places it."""
    known = figures_of(campaign)
    key = top.pk if top else 0
    names = _Names(known)
    numbers = [question for question in known.questions if question.is_number]
    owed = [node for node in known.branch(key) if node.obligation]
    brief = body(campaign, top, now=now, draft=draft, names=names)
    brought = _brought(campaign, top, names)
    return replace(
        brief,
        lists=[_with_entries(one, known, owed, names) for one in brief.lists],
        lines=list(_lines(known, key, numbers, names)),
        topics=_topics(known, draft, owed, names),
        missing=[
            *(_absent(known, node, names) for node in owed if node.counted is None),
            *(absent for branch in brought.values() for absent in branch.missing),
        ],
        late_ones=[
            *(_absent(known, node, names) for node in owed if node.is_late and node.assignment not in brought),
            *(absent for branch in brought.values() for absent in branch.late_ones),
        ],
        versions=list(owed_in(campaign, top).exclude(counted=None).values_list("counted_id", flat=True)),
    )


def body(
    campaign: Campaign,
    top: Assignment | None,
    *,
    now: datetime,
    draft: ReportDraft | None = None,
    names: _Kinds | None = None,
) -> Snapshot:
    """What the body of the report says, without anything unit by unit: quick, however many units report."""
    known = totals(campaign, top)
    state, coverage = standing(campaign, now=now, top=top), known.whole.coverage
    return Snapshot(
        taken_at=now.isoformat(),
        assigned=state.assigned,
        confirmed=state.assigned - state.not_received,
        must_pass_on=state.must_pass_on,
        passed_on=state.must_pass_on - state.not_passed_on,
        expected=coverage.expected,
        received=coverage.received,
        late=coverage.late,
        empty=coverage.empty,
        kinds=_by_kind(campaign, top, names or _Kinds()),
        indicators=[_indicator(known, question) for question in known.questions if question.is_number],
        lists=[_gathered(known, question) for question in known.questions if question.is_list],
        lines=[],
        topics=_drafted(draft, known, names or _Kinds()) if draft else [],
        missing=[],
        late_ones=[],
        comparison=_comparison(campaign, top, known, draft),
        rated=_rated(campaign, top),
    )


def _rated(campaign: Campaign, top: Assignment | None) -> Rated:
    inside = Assignment.objects.branch(top) if top else campaign.assignments.all()
    counts = inside.aggregate(
        valid=Count("obligation", filter=REPORTED & ~INVALID),
        excused=Count("obligation", filter=EXCUSED),
        brought=Count("obligation", filter=REPORTED & Q(obligation__counted__branch__isnull=False)),
    )
    return Rated(None if counts["brought"] else counts["valid"], counts["excused"])


class _Kinds:
    """How documents call units and kinds of units."""

    def __init__(self) -> None:
        self.kinds = {kind.code: kind for kind in Kind.objects.all()}

    def unit_called(self, name: str, kind: str) -> str:
        return f"UBND {name[:1].lower()}{name[1:]}" if self.kinds[kind].level else name

    def kind_called(self, code: str) -> str:
        kind = self.kinds[code]
        own_name = f"{kind.name[:1].upper()}{kind.name[1:]}"
        return LEVELS[Level(kind.level)] if kind.level else FAMILY_OF.get(kind.code, own_name)


class _Names(_Kinds):
    """The same for the units of a campaign."""

    def __init__(self, known: Figures) -> None:
        super().__init__()
        self.known = known

    def unit(self, node: Node) -> str:
        return self.unit_called(node.name, node.kind)

    def via(self, node: Node) -> str:
        return self.unit(self.known.nodes[node.parent]) if node.parent in self.known.nodes else ""


def _by_kind(campaign: Campaign, top: Assignment | None, names: _Kinds) -> list[KindOfUnits]:
    rows: Any = owed_in(campaign, top).order_by().values_list("assignment__unit_kind")
    counts = rows.exclude(BROUGHT).annotate(e=Count("pk"), r=Count("pk", filter=GOT), late=Count("pk", filter=LATE))
    groups: dict[str, Coverage] = {}
    for kind, *numbers in sorted(counts, key=lambda row: (names.kinds[row[0]].rank, row[0])):
        name = names.kind_called(kind)
        groups[name] = groups.get(name, Coverage()).merge(Coverage(*numbers))
    for kinds in owed_in(campaign, top).filter(BROUGHT).values_list("counted__branch__kinds", flat=True):
        for one in kinds:
            brought = Coverage(one["expected"], one["received"], one["late"])
            groups[one["name"]] = groups.get(one["name"], Coverage()).merge(brought)
    return [KindOfUnits(name, c.expected, c.received, c.late) for name, c in groups.items()]


def _kept(value: Value) -> str | None:
    """A figure as text that gives the same number again; means to four digits."""
    if value is None or isinstance(value, tuple):
        return None
    return f"{round(value, 4) if isinstance(value, Decimal) and value % 1 else value:f}"


def _indicator(known: Totals, question: Question) -> Indicator:
    coverage = known.whole.states.get(question.key, ZERO).coverage
    value = _kept(figure(known.whole, question))
    return Indicator(
        key=question.key,
        text=question.heading,
        counted_in=question.counted_in,
        measure=question.measure,
        value=value,
        expected=coverage.expected,
        received=coverage.received,
        state=state_to_json(known.whole.states.get(question.key, ZERO)),
    )


def _gathered(known: Totals, question: Question) -> Gathered:
    state = known.whole.states.get(question.key, ZERO)
    heads = [column_head(one) for one in question.list_columns]
    return Gathered(question.key, question.heading, int(state.total), state.positive, heads)


def _with_entries(one: Gathered, known: Figures, owed: Sequence[Node], names: _Names) -> Gathered:
    """With the rows themselves, unit after unit, and the sums of its columns of numbers."""
    question = next(asked for asked in known.questions if asked.key == one.key)
    rows = [(node, row) for node in owed for row in known.own_state(node.assignment, question).rows]
    columns = question.list_columns
    return replace(
        one,
        entries=[Entry(names.unit(node), [row.cell(column.key) for column in columns]) for node, row in rows],
        totals=[
            None if column.kind == AnswerKind.TEXT else f"{column_total((row for _, row in rows), column.key):f}"
            for column in columns
        ],
    )


def _comparison(
    campaign: Campaign, top: Assignment | None, known: Totals, draft: ReportDraft | None
) -> Comparison | None:
    """The same indicators in the campaign the draft is compared with, in the part the same unit had of it."""
    earlier = draft.compared_with if draft else None
    if earlier is None:
        return None
    place = earlier.assignments.filter(unit=top.unit_id).first() if top else None
    before = totals(earlier, place)
    there = {(plain(q.text), plain(q.counted_in)): q for q in before.questions if q.is_number}
    rows = [
        Compared(now.text, now.counted_in, _kept(figure(before.whole, then)), _kept(figure(known.whole, now)))
        for now in known.questions
        if now.is_number and (then := there.get((plain(now.text), plain(now.counted_in))))
    ]
    coverage = before.whole.coverage
    return Comparison(earlier.name, coverage.received, coverage.expected, rows)


def _lines(known: Figures, key: int, questions: Sequence[Question], names: _Names) -> Iterable[Line]:
    """Each branch right below with its total, then its units with their own; a branch of one unit is that unit's row."""
    place = 0
    if key in known.own and known.own[key].coverage.expected:
        place = 1
        yield _own(known, known.nodes[key], "1", questions, names)
    for child in known.children(key):
        branch = known.branch(child.assignment)
        if not known.coverage(child.assignment).expected:
            continue
        place += 1
        if len(branch) == 1:
            yield _own(known, child, str(place), questions, names)
            continue
        yield _total(known, child, str(place), questions, names)
        for inner, node in enumerate((node for node in branch if node.obligation), start=1):
            line = _own(known, node, f"{place}.{inner}", questions, names)
            yield replace(line, name=f"{line.name} (phần của đơn vị)") if node is child else line


def _total(known: Figures, node: Node, place: str, questions: Sequence[Question], names: _Names) -> Line:
    key = node.assignment
    values = [_kept(known.value(key, q)) if known.state(key, q).coverage.expected else UNASKED for q in questions]
    coverage = known.coverage(key)
    return Line(place, names.unit(node), True, coverage.expected, coverage.received, values)  # noqa: FBT003


def _own(known: Figures, node: Node, place: str, questions: Sequence[Question], names: _Names) -> Line:
    values = [_kept(known.own_value(node.assignment, q)) if q.pk in node.asked else UNASKED for q in questions]
    coverage = known.own[node.assignment].coverage
    return Line(place, names.unit(node), False, coverage.expected, coverage.received, values)  # noqa: FBT003


def _topics(known: Figures, draft: ReportDraft | None, owed: Sequence[Node], names: _Names) -> list[Topic]:
    """Each question asked in words, with its passages and all the units behind each."""
    asked = [question for question in known.questions if question.kind == Question.Kind.TEXT]
    nodes = {node.obligation: node for node in owed}
    said: dict[int, list[Opinion]] = {question.pk: [] for question in asked}
    if draft:
        for passage in draft.passages.exclude(place=Passage.Place.OUT).prefetch_related("sources__version"):
            sources = [[one.version.obligation_id, one.version.number] for one in passage.sources.all()]
            in_body = passage.place == Passage.Place.BODY
            said[passage.question_id].append(_opinion(passage.text, sources, nodes, names, in_body=in_body))
    else:
        for question in asked:
            for rank, theme in enumerate(gather(_points(known, owed, question))):
                sources = [[int(str(one.source)), nodes[int(str(one.source))].counted or 0] for one in theme.said]
                said[question.pk].append(_opinion(theme.text, sources, nodes, names, in_body=rank < IN_BODY))
    return [_topic(q, said[q.pk], sum(_says_nothing(known, node, q) for node in owed)) for q in asked]


def _points(known: Figures, owed: Sequence[Node], question: Question) -> Iterable[Said]:
    for node in owed:
        for said in known.own_state(node.assignment, question).texts:
            yield from (Said(node.obligation, point) for point in points(said.text))


def _says_nothing(known: Figures, node: Node, question: Question) -> bool:
    texts = known.own_state(node.assignment, question).texts
    return bool(texts) and all(says_nothing(said.text) for said in texts)


def _topic(question: Question, opinions: list[Opinion], nothing: int) -> Topic:
    is_proposal = any(word in fold(question.text) for word in PROPOSALS)
    return Topic(question.heading, is_proposal, nothing, opinions, question.key)


def _opinion(
    text: str, sources: list[list[int]], nodes: Mapping[int | None, Node], names: _Names, *, in_body: bool
) -> Opinion:
    units = list(dict.fromkeys(names.unit(nodes[obligation]) for obligation, _number in sources if obligation in nodes))
    return Opinion(text, len(units), units, in_body, sources)


def _drafted(draft: ReportDraft, known: Totals, names: _Kinds) -> list[Topic]:
    """Each question asked in words, with the passages of the body and the first units behind each."""
    asked = [question for question in known.questions if question.kind == Question.Kind.TEXT]
    passages = list(draft.passages.exclude(place=Passage.Place.OUT))
    first = Window(RowNumber(), partition_by=F("passage"), order_by=F("pk").asc())
    named: dict[int, list[str]] = {}
    in_body = [one.pk for one in passages if one.place == Passage.Place.BODY]
    sources = Source.objects.filter(passage__in=in_body).annotate(nth=first).filter(nth__lte=NAMED)
    unit = "version__obligation__assignment__unit_"
    for key, name, kind in sources.values_list("passage", f"{unit}name", f"{unit}kind"):
        named.setdefault(key, []).append(names.unit_called(name, kind))
    said: dict[int, list[Opinion]] = {question.pk: [] for question in asked}
    for one in passages:
        place = one.place == Passage.Place.BODY
        said[one.question_id].append(Opinion(one.text, one.units, named.get(one.pk, []), in_body=place))
    return [_topic(question, said[question.pk], 0) for question in asked]


def _absent(known: Figures, node: Node, names: _Names) -> Absent:
    received = node.received_at.isoformat() if node.received_at and node.counted else ""
    return Absent(names.unit(node), names.via(node), node.due_at.isoformat() if node.due_at else "", received)


@dataclass(frozen=True)
class _Brought:
    """A branch that came as a package: who is missing and late in it, those right below it as coming through it."""

    missing: list[Absent]
    late_ones: list[Absent]


def _brought(campaign: Campaign, top: Assignment | None, names: _Names) -> dict[int, _Brought]:
    """The branches that came as packages, by the assignment of their unit."""
    found = BroughtBranch.objects.filter(version__counted_for__in=owed_in(campaign, top))
    of = {branch.version.counted_for.assignment_id: branch for branch in found.select_related("version__counted_for")}
    return {key: _in_branch(of[key], names.unit(node)) for key, node in names.known.nodes.items() if key in of}


def _in_branch(branch: BroughtBranch, through: str) -> _Brought:
    lists = (
        [Absent(**{**one, "via": one["via"] or through}) for one in kept] for kept in (branch.missing, branch.late_ones)
    )
    return _Brought(*lists)
