"""Report forms before they are put to anybody: what they ask, and what can be said about that without asking anybody."""

from lachan.engine.report_form.draft import (
    FormDraft,
    Item,
    QuestionDraft,
    RowDraft,
    SectionDraft,
    TableColumn,
    TableDraft,
)

__all__ = ["FormDraft", "Item", "QuestionDraft", "RowDraft", "SectionDraft", "TableColumn", "TableDraft"]
