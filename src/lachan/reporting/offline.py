"""A return as a file to fill in without a network: the form it is made of, and what a filled file would change in the draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from lachan.engine.answers import Kind
from lachan.engine.checks import Severity
from lachan.engine.drafts import Cell, Page, Seen
from lachan.engine.offline_form import Ask, FilledIn, Grid, GridRow, OfflineForm, Problem, Section, plain
from lachan.engine.report_form import TableColumn
from lachan.engine.report_form.lines import column_head
from lachan.foundation import formats
from lachan.orgs.models import UnitVersion
from lachan.reporting.models import Obligation, Question
from lachan.reporting.sheet import Grid as Laid
from lachan.reporting.sheet import laid_out


def secret() -> bytes:
    """What seals the files of this installation."""
    return settings.SECRET_KEY.encode()


def form_of(obligation: Obligation, questions: Iterable[Question], unit: UnitVersion) -> OfflineForm:
    """These questions, in the form's order, with what stands in the draft. Queries nothing when their tables were selected."""
    sections = [Section(one.title, tuple(map(_part, one.parts))) for one in laid_out(questions)]
    draft = obligation.read_draft()
    return OfflineForm(
        title=obligation.form.title,
        unit=unit.body_name,
        reference=str(obligation.pk),
        unit_code=obligation.unit.code,
        version=obligation.form.version,
        sections=tuple(sections),
        facts=tuple(_facts(obligation)),
        answers=draft.texts,
        revision=draft.revision,
    )


def _facts(obligation: Obligation) -> Iterable[tuple[str, str]]:
    with override("vi"):  # forms are Vietnamese, whoever takes them away
        yield "Chiến dịch", obligation.form.campaign.name
        if obligation.period_from and obligation.period_to:
            yield "Kỳ báo cáo", f"từ {formats.day(obligation.period_from)} đến {formats.day(obligation.period_to)}"
        yield "Hạn báo cáo", formats.moment(obligation.due_at)


def _part(part: Question | Laid) -> Ask | Grid:
    if isinstance(part, Question):
        return _ask(part)
    columns = [TableColumn(**column) for column in part.columns]
    groups = tuple(column.group for column in columns)
    rows = (
        GridRow(one.label, tuple(_ask(cell) if cell else None for cell in one.cells), one.group) for one in part.lines
    )
    table = part.table
    return Grid(
        table.title,
        tuple(map(column_head, columns)),
        tuple(rows),
        table.help_text,
        table.sum_row,
        table.sum_column,
        groups if any(groups) else (),
    )


def _ask(question: Question) -> Ask:
    return Ask(
        key=question.key,
        text=question.text,
        kind=Kind(question.kind),
        counted_in=question.counted_in,
        help_text=question.help_text,
        required=question.required,
        minimum=None if question.is_list else question.minimum,
        maximum=None if question.is_list else question.maximum,
        strict=question.beyond == Severity.STOP,
        columns=question.list_columns,
        choices=question.choices,
    )


@dataclass(frozen=True)
class Difference:
    """An answer that a file would change in the draft. `disputed`: somebody changed it since the file was made."""

    question: Question
    was: str
    now: str
    disputed: bool


def differences(
    obligation: Obligation, questions: Sequence[Question], form: OfflineForm, filled: FilledIn
) -> list[Difference]:
    """What a filled file says differently than the draft does now, in the form's order."""
    cells = obligation.read_draft().cells
    asks = {ask.key: ask for ask in form.asks()}
    found = []
    for question in questions:
        cell = cells.get(question.key, Cell())
        now = filled.typed.get(question.key)
        if now is not None and now != plain(asks[question.key], cell.text):
            found.append(Difference(question, cell.text, now, cell.revision > filled.revision and bool(cell.entries)))
    return found


def packed(changed: Sequence[Difference], obligation: Obligation, filled: FilledIn) -> dict[str, Any]:
    """The changes to be confirmed: by key what is typed, and as of which revision of its answer."""
    cells = obligation.read_draft().cells
    seen = {one.question.key: min(cells.get(one.question.key, Cell()).revision, filled.revision) for one in changed}
    return {one.question.key: [one.now, seen[one.question.key]] for one in changed}


def unpacked(sent: Mapping[str, Sequence[Any]], name: str, keys: Iterable[str]) -> tuple[dict[str, str], Page]:
    """The changes among `keys`, and the file as the page they were typed on; `name` names the file."""
    kept = {key: sent[key] for key in keys if key in sent}
    seen = {key: Seen(int(revision), "") for key, (_text, revision) in kept.items()}
    return {key: str(text) for key, (text, _revision) in kept.items()}, Page(name, turn=1, seen=seen)


def told(problem: Problem) -> str:
    """What is wrong with a cell, in the reader's language."""
    return problem.sentence.translated(gettext)
