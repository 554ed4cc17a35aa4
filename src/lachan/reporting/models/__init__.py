"""What is owed, what was reported, and who stood by it."""

from lachan.reporting.models.form import Form, Question, Revision, Table
from lachan.reporting.models.returns import Change, ConsolidatedReport, Decision, Obligation, Return
from lachan.reporting.models.together import Remark, Share

__all__ = [
    "Change",
    "ConsolidatedReport",
    "Decision",
    "Form",
    "Obligation",
    "Question",
    "Remark",
    "Return",
    "Revision",
    "Share",
    "Table",
]
