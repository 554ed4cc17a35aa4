"""Campaigns set going among the cast, or among as many units as a test asks for."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from cast import DAY, NOW

from lachan.campaigns import actions
from lachan.campaigns.models import Assignment, Campaign, Dispatch
from lachan.engine.report_form import QuestionDraft
from lachan.letters.actions import Content, Heading
from lachan.letters.models import Letter
from lachan.orgs.models import Person, Unit
from lachan.reporting.actions import forms, giving, returns
from lachan.reporting.models import Obligation, Question, Return

DUE = NOW + timedelta(days=20)


def a_letter(holder: Unit, *, by: Person) -> Letter:
    """A letter that came in and was checked."""
    return Letter.objects.create(
        holder=holder,
        direction=Letter.Direction.RECEIVED,
        state=Letter.State.CHECKED,
        doc_type="kế hoạch",
        issuer="ỦY BAN NHÂN DÂN TỈNH SÔNG LAM",
        number=116,
        symbol="KH-UBND",
        place="Sông Lam",
        dated_on=DAY,
        abstract="Nâng cao kỹ năng nhận diện và phòng, chống lừa đảo trực tuyến năm 2025",
        entered_by=by,
        entered_at=NOW,
    )


TWO_QUESTIONS = (
    QuestionDraft("Số buổi tuyên truyền", counted_in="buổi"),
    QuestionDraft("Khó khăn, vướng mắc", kind=Question.Kind.TEXT, required=False),
)


def a_campaign(
    owner: Unit,
    units: Collection[Unit],
    *,
    by: Person,
    due: datetime | None = DUE,
    questions: Sequence[QuestionDraft] = TWO_QUESTIONS,
) -> Campaign:
    """A running campaign with two tasks and a form, handed to `units`."""
    draft = actions.CampaignDraft(
        name="Phòng, chống lừa đảo trực tuyến năm 2025",
        starts_on=DAY,
        ends_on=DUE.date(),
        report_due=due,
        tasks=(
            actions.TaskDraft("1", "Tuyên truyền trên hệ thống truyền thanh cơ sở.", "UBND cấp xã"),
            actions.TaskDraft(
                "2", "Chỉ đạo, đôn đốc các đơn vị trực thuộc thực hiện.", "UBND các huyện, thị xã, thành phố"
            ),
        ),
        addressees=(actions.AddresseeDraft("Các đơn vị", frozenset(unit.pk for unit in units), "chọn tay", 1),),
    )
    campaign = actions.prepare(a_letter(owner, by=by), owner=owner, draft=draft, by=by, now=NOW)
    forms.write_form(campaign, title="Kết quả thực hiện", questions=questions, by=by, now=NOW)
    giving.launch(campaign, own=None, by=by, now=NOW)
    campaign.refresh_from_db()
    return campaign


def own_letter(symbol: str = "UBND-VX", number: int | None = None) -> giving.OwnLetter:
    heading = Heading(
        doc_type="công văn",
        issuer="ỦY BAN NHÂN DÂN HUYỆN BẾN ĐÁ",
        issuer_parent="",
        symbol=symbol,
        place="Bến Đá",
        abstract="triển khai Kế hoạch số 116/KH-UBND",
        signer_name="Dũng",
        signer_title="CHỦ TỊCH",
        dated_on=DAY,
        number=number,
    )
    return giving.OwnLetter(heading, Content(body="Thực hiện Kế hoạch số 116/KH-UBND."))


def of(unit: Unit, campaign: Campaign) -> Assignment:
    return Assignment.objects.select_related("campaign", "unit", "dispatch").get(campaign=campaign, unit=unit)


def passed_on(
    assignment: Assignment, to: Collection[Unit], *, by: Person, due: datetime | None = DUE, now: datetime = NOW
) -> Dispatch:
    return giving.pass_on(assignment, own=own_letter(), to=to, report_due=due, by=by, now=now)


def submitted(assignment: Assignment, *, by: Person, now: datetime = NOW) -> Return:
    """A return of the unit before its head. Its number differs by unit and is never 0: a return of zeros counts as empty."""
    obligation = Obligation.objects.get(assignment=assignment)
    typed = {q.key: str(assignment.pk % 7 + 1) for q in obligation.questions.all() if q.is_number}
    return returns.submit(obligation, typed=typed, request_key=f"{obligation.pk}-{now:%s}", by=by, now=now)


def reported(assignment: Assignment, *, by: Person, now: datetime = NOW) -> Return:
    """A return that has gone up: submitted and approved."""
    version = submitted(assignment, by=by, now=now)
    returns.approve(version, by=by, now=now)
    return version
