"""Between a kept form and the same form as plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from lachan.engine.answers import Column
from lachan.engine.checks import Check
from lachan.engine.report_form import FormDraft, Item, QuestionDraft, RowDraft, SectionDraft, TableColumn, TableDraft
from lachan.reporting.models import Form, Question, Table

SETTINGS = (
    "text", "kind", "measure", "counted_in", "required", "applies_to", "help_text", "minimum", "maximum", "beyond", "filled_from"
)  # fmt: skip
"""What a drafted question and a kept one have in common, word for word."""
TABLE_SETTINGS = ("title", "help_text", "columns", "rows", "sum_row", "sum_column", "required")


def draft_of(form: Form) -> FormDraft:
    """The form as it asks now; questions withdrawn are not in it."""
    asked = form.questions.filter(withdrawn_in=None).select_related("table").prefetch_related("groups")
    items: list[Item] = []
    section, tables = "", set[int]()
    for question in asked:
        if question.section != section:
            section = question.section
            items.append(SectionDraft(section, f"s{question.code.partition('.')[0]}"))
        if question.table is None:
            items.append(_question(question))
        elif question.table_id not in tables:
            tables.add(question.table.pk)
            items.append(_table(question.table, question))
    checks = tuple(Check.from_json(check) for check in form.checks)
    return FormDraft(form.title, tuple(items), checks)


def _question(question: Question) -> QuestionDraft:
    return QuestionDraft(
        text=question.text,
        kind=question.kind,
        measure=question.measure,
        counted_in=question.counted_in,
        required=question.required,
        applies_to=question.applies_to,
        group_codes=frozenset(group.pk for group in question.groups.all()),
        help_text=question.help_text,
        minimum=question.minimum,
        maximum=question.maximum,
        beyond=question.beyond,
        columns=tuple(Column(**column) for column in question.columns),
        filled_from=question.filled_from,
        code=question.code,
    )


def _table(table: Table, first: Question) -> TableDraft:
    """The table; what holds for all its cells is read off the first."""
    of_cell = _question(first)
    return TableDraft(
        title=table.title,
        columns=tuple(TableColumn(**column) for column in table.columns),
        rows=tuple(RowDraft(**row) for row in table.rows),
        sum_row=table.sum_row,
        sum_column=table.sum_column,
        required=table.required,
        applies_to=of_cell.applies_to,
        group_codes=of_cell.group_codes,
        help_text=table.help_text,
        code=table.code,
    )


def tables_of(draft: FormDraft) -> Iterator[tuple[str, dict[str, Any]]]:
    """The code of each table of `draft`, and what is kept of it."""
    for item in draft.to_json()["items"]:
        if item["type"] == "table":
            yield item["code"], {name: item[name] for name in TABLE_SETTINGS}


def questions_of(form: Form, draft: FormDraft, tables: Mapping[str, Table]) -> Iterator[tuple[Question, QuestionDraft]]:
    """Each question of `draft` as it is to be kept, in order, under its heading and in its table; not saved."""
    known = {question.code: question for question in form.questions.all()} if form.pk else {}
    order, section = 0, ""
    for item in draft.items:
        section = item.title[:300] if isinstance(item, SectionDraft) else section
        for one, place in _asked_in(item, tables):
            order += 1
            question = known.get(one.code) or Question(form=form, code=one.code, since=form.version)
            for name, value in {**_settings(one), **place, "order": order, "section": section}.items():
                setattr(question, name, value)
            yield question, one


def _asked_in(item: Item, tables: Mapping[str, Table]) -> Iterator[tuple[QuestionDraft, dict[str, Any]]]:
    if isinstance(item, QuestionDraft):
        yield item, {"table": None, "row": "", "column": ""}
    elif isinstance(item, TableDraft):
        for row, column, cell in item.cells():
            yield cell, {"table": tables[item.code], "row": row.key, "column": column.key}


def _settings(draft: QuestionDraft) -> dict[str, Any]:
    same = {name: getattr(draft, name) for name in SETTINGS}
    columns = [asdict(column) for column in draft.columns]
    return {**same, "columns": columns, "withdrawn_in": None}


def to_look_at(form: Form, draft: FormDraft) -> list[Question]:
    """The questions of `draft` with keys of their own, to be laid out on a page and never saved."""
    tables = {code: Table(pk=at, form=form, code=code, **kept) for at, (code, kept) in enumerate(tables_of(draft), 1)}
    found = [question for question, _draft in questions_of(Form(pk=None, version=form.version), draft, tables)]
    for at, question in enumerate(found, start=1):
        question.pk = at
    return found
