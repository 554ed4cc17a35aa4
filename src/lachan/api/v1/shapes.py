"""What comes in and goes out, as the OpenAPI file describes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StrictFloat, StrictInt, StrictStr

Number = Annotated[StrictFloat, Field(allow_inf_nan=False)]
Cell = StrictInt | Number | StrictStr | None
Code = Annotated[str, Field(max_length=60)]
Answers = Annotated[
    dict[Code, Cell | list[dict[str, Cell]]],
    Field(description="Câu trả lời theo mã chỉ tiêu. Số, chữ, hoặc danh sách dòng. / Answers by code of the question."),
]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Cursor = Annotated[int | None, Field(ge=0, le=2**63 - 1)]
Limit = Annotated[int, Field(ge=1, le=200)]
FileKind = Literal["docx", "pdf", "xlsx"]
UnitCode = Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]


EventName = Literal[
    "campaign.issued",
    "return.submitted",
    "return.approved",
    "return.sent_back",
    "return.accepted",
    "amendment.begun",
    "amendment.dropped",
    "report.sent_up",
]


class Closed(Schema):
    """Takes no other names than its own."""

    model_config = ConfigDict(extra="forbid")


class Named(Schema):
    id: int
    name: str


class UnitOut(Schema):
    code: str
    name: str


class TokenOut(Schema):
    """The token itself: what it opens and until when."""

    name: str
    unit: UnitOut
    submits: bool
    approves: bool
    decides: bool
    below: bool
    expires_at: datetime


class ObligationOut(Schema):
    """One report that one unit owes."""

    id: int
    campaign: Named
    unit: UnitOut
    title: str
    form_version: int
    period_from: date | None
    period_to: date | None
    due_at: datetime
    state: str
    open: bool  # answers are taken
    received_at: datetime | None
    counted_version: int | None


class ObligationsOut(Schema):
    items: list[ObligationOut]
    next_cursor: int | None  # to ask for what follows; null at the end


class ColumnOut(Schema):
    key: str
    label: str
    kind: str
    required: bool
    choices: list[str]


class QuestionOut(Schema):
    code: str
    section: str
    text: str
    kind: str
    required: bool
    counted_in: str
    measure: str
    help: str
    minimum: str | None
    maximum: str | None
    beyond: str
    choices: list[str]
    columns: list[ColumnOut]
    table: str | None


class CheckOut(Schema):
    relation: str
    codes: list[str]
    severity: str
    sentence: str
    sentence_en: str


class FormOut(Schema):
    """What is asked of one unit."""

    obligation: int
    title: str
    version: int
    questions: list[QuestionOut]
    checks: list[CheckOut]


class DraftIn(Closed):
    answers: Answers


class DraftOut(Schema):
    obligation: int
    state: str
    answers: dict[str, str]  # as typed, right or wrong
    saved_at: datetime | None


class ReturnIn(Closed):
    answers: Answers
    approve: bool = False


class RowIn(Closed):
    """One return of a batch: its obligation, or the campaign and the code of its unit."""

    obligation: Key | None = None
    campaign: Key | None = None
    unit: UnitCode = ""
    answers: Answers


class DecisionOut(Schema):
    verdict: str
    remark: str
    at: datetime


class ReturnOut(Schema):
    """One version of a return."""

    obligation: int
    number: int
    state: str  # of the obligation
    counted: bool
    submitted_at: datetime
    answers: dict[str, Any]
    decisions: list[DecisionOut]


class SubmittedOut(Schema):
    obligation: int
    number: int
    state: str
    submitted_at: datetime


class RowOut(Schema):
    row: int  # from 1
    status: Literal["kept", "refused"]
    obligation: int | None
    number: int | None
    problem: dict[str, Any] | None


class BatchOut(Schema):
    kept: int
    refused: int
    rows: list[RowOut]


class RemarkIn(Closed):
    remark: Annotated[str, Field(min_length=1, max_length=5000, pattern=r"^[^\x00]*$")]


class AmendmentOut(Schema):
    """Why a unit mends a version that counts, and what came of it. Until the new version is approved, the old one counts."""

    id: int
    mends: int  # number of the version
    because: str
    state: Literal["open", "dropped", "counted"]
    became: int | None
    begun_at: datetime
    dropped_at: datetime | None


class AmendmentsOut(Schema):
    items: list[AmendmentOut]


class LetThrough(Schema):
    until: datetime
    because: str


class LockOut(Schema):
    """Whether figures are locked for this return: since when and why; when the next lock is foreseen; who let it through."""

    obligation: int
    locked: bool
    since: datetime | None
    because: str
    because_en: str
    locks_at: datetime | None
    let_through: list[LetThrough]


class WebhookIn(Closed):
    url: Annotated[str, Field(max_length=500, pattern=r"^https?://[!-~]+$")]
    events: Annotated[list[EventName], Field(min_length=1, max_length=20)]
    below: bool = False


class WebhookOut(Schema):
    """An address that is told what happens. `off`: it did not answer for days, or its maker lost the role."""

    id: int
    url: str
    events: list[EventName]
    below: bool
    made_at: datetime
    state: Literal["on", "off", "ended"]


class WebhookMadeOut(WebhookOut):
    secret: str


class WebhooksOut(Schema):
    items: list[WebhookOut]


class CampaignTold(Schema):
    """Units were given work: `unit` gave it."""

    campaign: int
    unit: str
    url: str


class ReturnTold(Schema):
    """What is to be told of a version of a return; `url` is where it can be read with a token."""

    obligation: int
    campaign: int
    unit: str
    number: int
    url: str


class ApprovalTold(ReturnTold):
    """It counts from now on; `replaced` is the version that counted before, where there was one."""

    replaced: int | None


class AmendmentTold(ReturnTold):
    """`number` is the version that is being mended."""

    amendment: int


class ReportTold(Schema):
    campaign: int
    report: int
    unit: str
    url: str


class CampaignOut(Schema):
    id: int
    name: str
    state: str
    starts_on: date | None
    ends_on: date | None
    owner: UnitOut


class CampaignsOut(Schema):
    items: list[CampaignOut]
    next_cursor: int | None


class LineOut(Schema):
    """One branch: what was expected and received, and its figures by code; a decimal is text with a point, null is no answer."""

    unit: UnitOut
    has_below: bool
    expected: int
    received: int
    late: int
    empty: int
    values: dict[str, int | str | None]


class FiguresOut(Schema):
    campaign: Named
    unit: UnitOut
    taken_at: datetime
    questions: list[dict[str, str]]
    whole: LineOut
    own: LineOut | None
    branches: list[LineOut]


class StandingLine(Schema):
    unit: UnitOut | None
    assigned: int
    not_opened: int
    not_received: int
    must_pass_on: int
    not_passed_on: int
    owed: int
    reported: int
    on_time: int
    late: int
    not_reported: int
    overdue: int
    excused: int
    sent_back: int


class StandingOut(Schema):
    campaign: Named
    unit: UnitOut
    taken_at: datetime
    whole: StandingLine
    branches: list[StandingLine]


class ReportOut(Schema):
    id: int
    symbol: str
    abstract: str
    made_at: datetime
    sent_at: datetime | None
    files: dict[str, str]


class ReportsOut(Schema):
    items: list[ReportOut]
    next_cursor: int | None


class ErrorOut(Schema):
    pointer: str
    detail: str
    detail_en: str


class ProblemOut(Schema):
    """RFC 9457, with the English beside the Vietnamese."""

    type: str
    title: str
    title_en: str
    status: int
    detail: str
    detail_en: str
    errors: list[ErrorOut] | None = None
