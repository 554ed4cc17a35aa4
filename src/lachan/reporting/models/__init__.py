"""What is owed, what was reported, and who stood by it."""

from lachan.reporting.models.form import Form, Question, Revision, Table
from lachan.reporting.models.returns import Change, ConsolidatedReport, Decision, Obligation, Return

__all__ = [
    "Change",
    "ConsolidatedReport",
    "Decision",
    "Form",
    "Obligation",
    "Question",
    "Return",
    "Revision",
    "Table",
]
