"""The state of a campaign, or of one unit's branch, at one moment: what a consolidated report is laid out from.

It is kept as JSON with the report, so that its documents stay as they were sent, whatever is corrected later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.rollup import Coverage
from lachan.engine.vietnamese import fold
from lachan.orgs.models import Kind, Level
from lachan.reporting.figures import Figures, Node, Value
from lachan.reporting.figures import figures as figures_of
from lachan.reporting.models import Question
from lachan.reporting.standing import standing

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
NOTHING_SAID = frozenset(
    "".join(words.split())
    for words in (
        "khong", "khong co", "khong co y kien", "khong co kien nghi", "khong co de xuat", "khong co de xuat kien nghi",
        "khong co kho khan", "khong co kho khan vuong mac", "khong co noi dung", "khong phat sinh", "chua co", "khong a",
    )
)  # fmt: skip
"""Answers, folded and without blanks, that say there is nothing to say."""
PROPOSALS = ("kien nghi", "de xuat", "de nghi")
"""A question with one of these in it, folded, asks what the unit would have others do."""
UNASKED = ""
"""Stands where a question was not put to a unit; None stands where no answer came."""

Number = int | Decimal | None


@dataclass(frozen=True)
class Indicator:
    """A number asked for, and the figure for the whole branch."""

    text: str
    counted_in: str
    measure: str
    value: str | None
    expected: int
    received: int


@dataclass(frozen=True)
class Line:
    """One row of the annex: a branch with its total, or a unit with its own figures."""

    number: str  # "3", or "3.12" inside a branch
    name: str
    is_branch: bool
    expected: int
    received: int
    values: list[str | None]  # as the indicators


@dataclass(frozen=True)
class Opinion:
    """Words of one unit, or of several that wrote the same."""

    text: str
    units: list[str]


@dataclass(frozen=True)
class KindOfUnits:
    """How many of a kind of unit owed a return, sent it, sent it late."""

    name: str
    expected: int
    received: int
    late: int


@dataclass(frozen=True)
class Topic:
    """A narrative question, and what units wrote, by kind of unit; what most units say comes first."""

    text: str
    is_proposal: bool
    nothing: int  # units that wrote that they had nothing to say
    groups: list[tuple[str, list[Opinion]]]


@dataclass(frozen=True)
class Absent:
    """A unit whose return is missing or came late. Moments in ISO 8601."""

    name: str
    via: str
    due_at: str
    received_at: str


@dataclass(frozen=True)
class Snapshot:
    """Everything a consolidated report says about its branch."""

    taken_at: str
    assigned: int
    confirmed: int
    must_pass_on: int
    passed_on: int
    expected: int
    received: int
    late: int
    kinds: list[KindOfUnits]
    indicators: list[Indicator]
    lines: list[Line]
    topics: list[Topic]
    missing: list[Absent]
    late_ones: list[Absent]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Snapshot:
        """What `to_json` gave. What another version of the software kept besides is passed over."""
        rows = {"kinds": KindOfUnits, "indicators": Indicator, "lines": Line, "missing": Absent, "late_ones": Absent}
        parts: dict[str, Any] = {name: [made(**row) for row in kept[name]] for name, made in rows.items()}
        parts["topics"] = [
            Topic(
                t["text"],
                t["is_proposal"],
                t["nothing"],
                [(kind, [Opinion(**o) for o in said]) for kind, said in t["groups"]],
            )
            for t in kept["topics"]
        ]
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in {**kept, **parts}.items() if name in known})

    @property
    def on_time(self) -> int:
        return self.received - self.late


def number(kept: str | None) -> Number:
    """A kept figure as a number; None when there is none."""
    if not kept:
        return None
    value = Decimal(kept)
    return int(value) if value == value.to_integral_value() else value


def take(campaign: Campaign, top: Assignment | None, *, now: datetime) -> Snapshot:
    """The campaign, or the branch of `top` with its own return, as it stands."""
    known = figures_of(campaign)
    key = top.pk if top else 0
    names = _Names(known)
    numbers = [question for question in known.questions if question.is_number]
    nodes = known.branch(key)
    owed = [node for node in nodes if node.obligation]
    state, coverage = standing(campaign, now=now, top=top), known.coverage(key)
    return Snapshot(
        taken_at=now.isoformat(),
        assigned=state.assigned,
        confirmed=state.assigned - state.not_received,
        must_pass_on=state.must_pass_on,
        passed_on=state.must_pass_on - state.not_passed_on,
        expected=coverage.expected,
        received=coverage.received,
        late=coverage.late,
        kinds=_by_kind(owed, names),
        indicators=[_indicator(known, key, question) for question in numbers],
        lines=list(_lines(known, key, numbers, names)),
        topics=[_topic(known, nodes, q, names) for q in known.questions if q.kind == Question.Kind.TEXT],
        missing=[_absent(known, node, names) for node in owed if node.counted is None],
        late_ones=[_absent(known, node, names) for node in owed if node.is_late],
    )


class _Names:
    """How documents call units and kinds of units."""

    def __init__(self, known: Figures) -> None:
        self.kinds = {kind.code: kind for kind in Kind.objects.all()}
        self.known = known

    def unit(self, node: Node) -> str:
        name = node.name
        return f"UBND {name[:1].lower()}{name[1:]}" if self.kinds[node.kind].level else name

    def kind(self, node: Node) -> str:
        kind = self.kinds[node.kind]
        own_name = f"{kind.name[:1].upper()}{kind.name[1:]}"
        return LEVELS[Level(kind.level)] if kind.level else FAMILY_OF.get(kind.code, own_name)

    def rank(self, node: Node) -> int:
        return self.kinds[node.kind].rank

    def via(self, node: Node) -> str:
        return self.unit(self.known.nodes[node.parent]) if node.parent in self.known.nodes else ""


def _by_kind(owed: Sequence[Node], names: _Names) -> list[KindOfUnits]:
    groups: dict[str, Coverage] = {}
    for node in sorted(owed, key=names.rank):
        one = Coverage(1, int(node.counted is not None), int(node.is_late))
        groups[names.kind(node)] = groups.get(names.kind(node), Coverage()).merge(one)
    return [KindOfUnits(name, c.expected, c.received, c.late) for name, c in groups.items()]


def _kept(value: Value) -> str | None:
    """A figure as text that gives the same number again; means to four digits."""
    if value is None or isinstance(value, tuple):
        return None
    return f"{round(value, 4) if isinstance(value, Decimal) and value % 1 else value:f}"


def _indicator(known: Figures, key: int, question: Question) -> Indicator:
    coverage = known.state(key, question).coverage
    value = _kept(known.value(key, question))
    return Indicator(
        question.heading, question.counted_in, question.measure, value, coverage.expected, coverage.received
    )


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
    return Line(place, names.unit(node), False, 1, int(node.counted is not None), values)  # noqa: FBT003


def _topic(known: Figures, nodes: Sequence[Node], question: Question, names: _Names) -> Topic:
    groups: dict[str, dict[str, Opinion]] = {}
    nothing = 0
    for node in sorted(nodes, key=names.rank):
        for said in known.own_state(node.assignment, question).texts:
            # the same words in another case, spacing or punctuation are the same opinion
            plain = "".join(c for c in fold(said.text) if c.isalnum())
            if plain in NOTHING_SAID:
                nothing += 1
                continue
            opinion = groups.setdefault(names.kind(node), {}).setdefault(plain, Opinion(said.text, []))
            opinion.units.append(names.unit(node))
    gathered = [(kind, sorted(found.values(), key=lambda o: -len(o.units))) for kind, found in groups.items()]
    is_proposal = any(word in fold(question.text) for word in PROPOSALS)
    return Topic(question.heading, is_proposal, nothing, gathered)


def _absent(known: Figures, node: Node, names: _Names) -> Absent:
    received = node.received_at.isoformat() if node.received_at and node.counted else ""
    return Absent(names.unit(node), names.via(node), node.due_at.isoformat() if node.due_at else "", received)
