"""What is owed, what was reported, and who stood by it."""

from lachan.reporting.models.amendments import Amendment
from lachan.reporting.models.brought import BroughtBranch
from lachan.reporting.models.calendar import CalendarAddress
from lachan.reporting.models.consolidated import ConsolidatedReport, Passage, ReportDraft, Source
from lachan.reporting.models.doubts import SecondLook, SetAside
from lachan.reporting.models.form import Form, Question, Revision, Table
from lachan.reporting.models.locks import LockException, LockPlea, LockRule, LockSuspension
from lachan.reporting.models.paper import Paper
from lachan.reporting.models.returns import Change, Decision, Obligation, Return
from lachan.reporting.models.settled import AnyNumber, BranchFigures, Unsettled
from lachan.reporting.models.together import Remark, Share

__all__ = [
    "Amendment",
    "AnyNumber",
    "BranchFigures",
    "BroughtBranch",
    "CalendarAddress",
    "Change",
    "ConsolidatedReport",
    "Decision",
    "Form",
    "LockException",
    "LockPlea",
    "LockRule",
    "LockSuspension",
    "Obligation",
    "Paper",
    "Passage",
    "Question",
    "Remark",
    "ReportDraft",
    "Return",
    "Revision",
    "SecondLook",
    "SetAside",
    "Share",
    "Source",
    "Table",
    "Unsettled",
]
