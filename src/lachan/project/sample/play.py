"""The demonstration's campaign, played through the same actions that the pages call, with a clock of its own."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import F
from django.utils.timezone import get_current_timezone, localdate

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.report_form import FormDraft
from lachan.letters.actions import Content
from lachan.letters.models import Letter
from lachan.letters.reading import from_json
from lachan.letters.receiving import Source, receive
from lachan.orgs.models import Person, Unit, UnitVersion
from lachan.portal import own_letter
from lachan.portal.recipients import AddressBook
from lachan.portal.setup_draft import setup_of
from lachan.project.sample.form import CHECKS, MORE
from lachan.project.sample.letter import Dates, coming_dates, letter_docx, next_letter_docx
from lachan.project.sample.people import COMMUNE, DISTRICT, Staff
from lachan.project.sample.province import Province, lines
from lachan.project.sample.replies import Replies, Reply
from lachan.reporting.actions import forms, giving, remarks, returns
from lachan.reporting.actions.consolidating import Words
from lachan.reporting.actions.consolidating import consolidate as issue_report
from lachan.reporting.actions.drafting import gather
from lachan.reporting.consolidated import written
from lachan.reporting.letterhead import letterhead, wording
from lachan.reporting.models import Obligation, Question, Return
from lachan.reporting.standing import standing

T = TypeVar("T")
Progress = Callable[[str, list[T]], Iterable[T]]
OWNER = "T02"
LEFT_WAITING = 0.3  # of the returns to the district that visitors may sign in to
WRONG = "một nghìn"
REMARK = "Số liệu cao hơn nhiều so với dân số trên địa bàn. Đề nghị kiểm tra lại và gửi lại."
AT_CELL = "Có phải thừa một số 0 không? Đối chiếu lại với sổ theo dõi."


@dataclass
class Stage:
    """Who plays, and when."""

    province: Province
    staff: Staff
    dates: Dates
    dice: random.Random
    progress: Progress[Any]

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), get_current_timezone())

    @property
    def left_to_visitors(self) -> set[int]:
        """Units whose own return a visitor of the demonstration is left to write."""
        return {self.province.units[COMMUNE].pk}

    @property
    def visited(self) -> set[int]:
        """Units in whose name a visitor may accept returns from below."""
        return {self.province.units[DISTRICT].pk}

    @property
    def owner(self) -> Unit:
        return self.province.units[OWNER]


def receive_letter(stage: Stage) -> Letter:
    """The letter comes in as a Word file and is read."""
    return _received(
        stage, letter_docx(stage.dates), "Cong van chien dich mau.docx", stage.at(stage.dates.letter, 8, 30)
    )


def start_campaign(stage: Stage, letter: Letter) -> Campaign:
    """The campaign as the reader understood the letter, launched without a correction."""
    return _started(stage, letter, stage.at(stage.dates.letter, 9))


def start_next_campaign(stage: Stage, *, now: datetime) -> Campaign:
    """A second letter, received and launched now, so that every unit of the first level has new work waiting."""
    letter = _received(stage, next_letter_docx(coming_dates(now)), "Cong van chien dich tiep theo.docx", now)
    return _started(stage, letter, now, FormDraft("", MORE, CHECKS))


def _received(stage: Stage, file: bytes, name: str, now: datetime) -> Letter:
    return receive(holder=stage.owner, source=Source(file, name), by=stage.staff.officer[stage.owner.pk], now=now)


def _started(stage: Stage, letter: Letter, now: datetime, more: FormDraft | None = None) -> Campaign:
    by = stage.staff.officer[stage.owner.pk]
    setup = setup_of(letter, from_json(letter.reading), AddressBook(stage.owner, letter.day))
    campaign = campaigns.prepare(letter, owner=stage.owner, draft=setup.campaign, by=by, now=now)
    more = more or FormDraft("")
    asked = [*setup.questions, *more.items]
    forms.write_form(campaign, title=setup.form_title, questions=asked, checks=more.checks, by=by, now=now)
    giving.launch(campaign, own=None, by=by, now=now + timedelta(minutes=20))
    campaign.refresh_from_db()
    return campaign


def cascade(stage: Stage, campaign: Campaign, replies: Replies, label: str) -> None:
    """Units open and receive; those with units below pass on with their own letter, a few levels down."""
    given_at = stage.at(stage.dates.letter, 9, 20)
    waiting = list(campaign.assignments.select_related("unit", "campaign__letter", "dispatch__letter"))
    while waiting:
        for assignment in stage.progress(label, waiting):
            _take_up(stage, assignment, replies, given_at)
        given_at += timedelta(days=1)
        known = {assignment.pk for assignment in waiting}
        waiting = list(
            campaign.assignments.filter(parent__in=known).select_related("unit", "campaign__letter", "dispatch__letter")
        )
        label = ""


def _take_up(stage: Stage, assignment: Assignment, replies: Replies, given_at: datetime) -> None:
    if not replies.opens(assignment):
        return
    officer = stage.staff.officer[assignment.unit_id]
    opened = given_at + timedelta(minutes=stage.dice.randint(5, 900))
    if replies.passes_on(assignment):
        _pass_on(stage, assignment, opened + timedelta(minutes=10))
    elif assignment.unit_name in replies.absent:
        campaigns.open_assignment(assignment, by=officer, now=opened)
    else:
        campaigns.receive(assignment, by=officer, now=opened)


def _pass_on(stage: Stage, assignment: Assignment, now: datetime) -> None:
    below = list(UnitVersion.objects.on(now.date()).filter(parent=assignment.unit).select_related("unit", "kind"))
    due = assignment.dispatch.report_due
    report_due = due - timedelta(days=3) if due else None
    draft = own_letter.draft(assignment, below, now=now)
    typed = {**asdict(draft), "dated_on": now.date(), "number": None}
    giving.pass_on(
        assignment,
        own=own_letter.letter_from(draft, typed, to=below, report_due=report_due),
        to=[version.unit for version in below],
        report_due=report_due,
        by=stage.staff.officer[assignment.unit_id],
        now=now,
    )


def report(stage: Stage, campaign: Campaign, replies: Replies, label: str) -> None:
    """Every unit answers as the dice say: through the head to the level above, which accepts or sends back."""
    asked = _questions_by_obligation(campaign)
    owed = list(
        Obligation.objects.filter(form__campaign=campaign)
        .select_related("assignment__dispatch", "unit", "form")
        .order_by("-assignment__path")
    )
    for obligation in stage.progress(label, owed):
        reply = replies.reply(obligation, asked[obligation.pk], given_at=obligation.assignment.dispatch.sent_at)
        if obligation.unit_id in stage.left_to_visitors:
            continue
        if reply.reported_at is not None and obligation.assignment.opened_at is not None:
            _answer(stage, obligation, reply, reply.reported_at)


def _questions_by_obligation(campaign: Campaign) -> dict[int, list[Question]]:
    by_key = {question.pk: question for question in Question.objects.filter(form__campaign=campaign)}
    found: dict[int, list[Question]] = defaultdict(list)
    pairs = Obligation.questions.through.objects.filter(obligation__form__campaign=campaign).order_by("question__order")
    for obligation, question in pairs.values_list("obligation_id", "question_id"):
        found[obligation].append(by_key[question])
    return found


def _answer(stage: Stage, obligation: Obligation, reply: Reply, now: datetime) -> None:
    officer, head = stage.staff.officer[obligation.unit_id], stage.staff.head[obligation.unit_id]
    typed = dict(reply.typed)
    if reply.mistyped:
        with suppress(returns.FaultyAnswers):
            returns.submit(
                obligation, typed=typed | {reply.mistyped: WRONG}, request_key="first-try", by=officer, now=now
            )
    if reply.inflated:
        version = _submit(obligation, typed | {reply.inflated: _tenfold(typed[reply.inflated])}, officer, head, now)
        above = obligation.assignment.dispatch.unit
        now += timedelta(hours=3)
        question = Question.objects.get(pk=reply.inflated)
        remarks.remark(version, question=question, unit=above, text=AT_CELL, by=stage.staff.officer[above.pk], now=now)
        returns.send_back(version, unit=above, remark=REMARK, by=stage.staff.officer[above.pk], now=now)
    version = _submit(obligation, typed, officer, head, now)
    above = obligation.assignment.dispatch.unit
    if reply.accepted and not (above.pk in stage.visited and stage.dice.random() < LEFT_WAITING):
        returns.accept(version, unit=above, by=stage.staff.officer[above.pk], now=now + timedelta(hours=2))


def _submit(obligation: Obligation, typed: dict[str, str], officer: Person, head: Person, now: datetime) -> Return:
    version = returns.submit(obligation, typed=typed, request_key=f"{now:%d%H%M}", by=officer, now=now)
    returns.approve(version, by=head, now=now)
    return version


def _tenfold(number: str) -> str:
    return f"{int(number.replace('.', '')) * 10}"


def make_replies(stage: Stage) -> Replies:
    return Replies(stage.dice, lines("evaluations.txt"), lines("proposals.txt"))


def silently(_label: str, items: list[T]) -> Iterator[T]:
    """Progress for nobody to see."""
    return iter(items)


def consolidate(stage: Stage, campaign: Campaign, out: Path, *, now: datetime) -> list[Path]:
    """The owner's consolidated report, issued and written to `out` as DOCX, PDF and XLSX."""
    day = localdate(now)
    head = letterhead(stage.owner, day)
    words = wording(campaign, None, head.name, day)
    heading = head.heading("báo cáo", words.abstract, day)
    content = Content(recipients=[words.recipient], body=words.opening, copies=["Lưu: VT"])
    gather(campaign, None, by=stage.staff.officer[stage.owner.pk], now=now)
    issued = issue_report(
        campaign,
        top=None,
        words=Words(heading, content, words.closing),
        request_key="demo",
        by=stage.staff.officer[stage.owner.pk],
        now=now,
    )
    out.mkdir(parents=True, exist_ok=True)
    files = [out / f"bao-cao-tong-hop.{kind}" for kind in ("docx", "pdf", "xlsx")]
    for file in files:
        file.write_bytes(written(issued, file.suffix[1:]))
    return files


def outcome(campaign: Campaign, *, now: datetime) -> dict[str, int]:
    """What came of it, in numbers of units."""
    told = standing(campaign, now=now)
    late = Obligation.objects.filter(form__campaign=campaign, received_at__gt=F("due_at")).exclude(counted=None).count()
    return {
        "assigned": told.assigned,
        "received": told.assigned - told.not_received,
        "owed": told.owed,
        "reported": told.reported,
        "late": late,
    }
