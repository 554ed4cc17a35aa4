"""A kept form read back as plain data."""

from lachan.engine.answers import Column
from lachan.engine.checks import Check
from lachan.engine.report_form import FormDraft, Item, QuestionDraft, RowDraft, SectionDraft, TableColumn, TableDraft
from lachan.reporting.models import Form, Question, Table


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
