"""A made-up province of any size with a campaign half reported, to measure on. Bulk rows where the actions would take hours."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import F

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.report_form import QuestionDraft
from lachan.letters.actions import Content, Heading
from lachan.letters.models import Letter
from lachan.orgs.actions import Founding, add_person, found_unit, found_units, grant_role, load_catalogue
from lachan.orgs.models import Grant, Person, Role, Unit
from lachan.reporting.actions import forms, giving
from lachan.reporting.models import Decision, Obligation, Question, Return

OPERATOR = "do-luong@lachan.example"
BRANCHES = 100  # fewer in a province too small for them
REPORTED = 0.8  # of the units, unless it is said otherwise; the others still owe
PROPOSALS = (
    "Đề nghị cấp kinh phí cho Tổ công nghệ số cộng đồng.",
    "Đề nghị tăng thời lượng phát thanh về lừa đảo.",
    "Không có.",
    "Mong có thêm tài liệu cho người cao tuổi.",
)


@dataclass(frozen=True)
class Measured:
    """What the measurements ask for."""

    campaign: Campaign
    coordinator: Person  # coordinator and operator of the province, officer of the campaign's owner
    branch: Assignment
    branch_officer: Person
    leaf: Assignment  # owes its return
    leaf_officer: Person
    leaf_head: Person


def found(units: int, questions: int, now: datetime, *, reported: float = REPORTED) -> Measured:
    """A province of about `units` units in two levels below the owner, its campaign passed on to all and reported by most."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET synchronous_commit = off"
        )  # for loading alone; what is measured uses connections of its own
    load_catalogue()
    owner, branches, leaves = _units(units, now)
    coordinator = add_person(email=OPERATOR, name="Lê Thị An", by=None, now=now)
    for role, unit in ((Role.COORDINATOR, owner), (Role.OPERATOR, owner), (Role.OFFICER, owner), (Role.HEAD, owner)):
        grant_role(coordinator, role, unit, by=None, now=now)
    officers = _people(Role.OFFICER, [*branches, *leaves], now)
    heads = _people(Role.HEAD, [*branches, *leaves], now)
    campaign = _campaign(owner, branches, questions, coordinator, now - timedelta(days=20))
    _pass_on(campaign, leaves, officers, now - timedelta(days=19))
    _report(campaign, officers, heads, reported, now)
    owing = campaign.assignments.filter(obligation__counted=None).exclude(parent=None)
    leaf = owing.select_related("unit", "campaign", "parent__unit", "parent__obligation").order_by("pk")[0]
    branch = leaf.parent
    if branch is None:
        raise LookupError("a leaf has a branch")
    return Measured(
        campaign,
        coordinator,
        branch,
        officers[branch.unit_id],
        leaf,
        officers[leaf.unit_id],
        heads[leaf.unit_id],
    )


def _units(count: int, now: datetime) -> tuple[Unit, list[Unit], list[Unit]]:
    first = min(BRANCHES, count // 4)
    owner = found_unit(Founding(code="98", name="Tỉnh Đo Lường", kind="province", parent=None), by=None, now=now)
    branches = found_units(
        [Founding(code=f"98{n:03}", name=f"Xã Bến {n}", kind="commune", parent=owner) for n in range(first)],
        by=None,
        now=now,
    )
    each = count // first - 1
    leaves = found_units(
        [
            Founding(
                code=f"98{n:03}-{m}", name=f"Trường THCS Bến {n} số {m}", kind="lower-secondary-school", parent=above
            )
            for n, above in enumerate(branches)
            for m in range(each)
        ],
        by=None,
        now=now,
    )
    return owner, branches, leaves


def _people(role: Role, units: Sequence[Unit], now: datetime) -> dict[int, Person]:
    people = Person.objects.bulk_create(
        Person(
            email=f"{role}.{unit.pk}@lachan.example",
            name=f"Trần {unit.pk}",
            password=make_password(None),
            joined_at=now,
        )
        for unit in units
    )
    Grant.objects.bulk_create(
        Grant(person=person, role=role, unit=unit, given_at=now) for unit, person in zip(units, people, strict=True)
    )
    return {unit.pk: person for unit, person in zip(units, people, strict=True)}


def _campaign(owner: Unit, units: Sequence[Unit], questions: int, by: Person, now: datetime) -> Campaign:
    letter = Letter.objects.create(
        holder=owner,
        direction=Letter.Direction.RECEIVED,
        state=Letter.State.CHECKED,
        issuer="BỘ CÔNG AN",
        number=1,
        symbol="KH-BCA",
        dated_on=now.date(),
        abstract="triển khai chiến dịch phòng, chống lừa đảo trực tuyến",
        entered_by=by,
        entered_at=now,
    )
    draft = campaigns.CampaignDraft(
        name="Phòng, chống lừa đảo trực tuyến",
        starts_on=now.date(),
        ends_on=now.date() + timedelta(days=30),
        report_due=now + timedelta(days=18),
        tasks=tuple(campaigns.TaskDraft(str(n), f"Nhiệm vụ thứ {n}.") for n in range(1, 7)),
        addressees=(campaigns.AddresseeDraft("UBND các xã", frozenset(u.pk for u in units), "nhóm", 1),),
    )
    campaign = campaigns.prepare(letter, owner=owner, draft=draft, by=by, now=now)
    numbers = [QuestionDraft(f"Chỉ tiêu số {n}", counted_in="lượt") for n in range(1, questions)]
    words = QuestionDraft("Kiến nghị, đề xuất", kind=Question.Kind.TEXT, required=False)
    forms.write_form(campaign, title="Kết quả thực hiện", questions=[*numbers, words], by=by, now=now)
    giving.launch(campaign, own=None, by=by, now=now)
    campaign.refresh_from_db()
    return campaign


def _pass_on(campaign: Campaign, leaves: Sequence[Unit], officers: dict[int, Person], now: datetime) -> None:
    below: dict[str, list[Unit]] = {}
    for unit in leaves:
        below.setdefault(unit.code.split("-")[0], []).append(unit)
    for number, assignment in enumerate(campaign.assignments.select_related("campaign", "unit", "dispatch__letter"), 1):
        heading = Heading(
            doc_type="công văn",
            issuer=f"UBND XÃ {number}",
            issuer_parent="",
            symbol="UBND",
            place="Bến",
            abstract="triển khai chiến dịch",
            signer_name="Nguyễn Văn A",
            signer_title="CHỦ TỊCH",
            dated_on=now.date(),
        )
        giving.pass_on(
            assignment,
            own=giving.OwnLetter(heading, Content(body="Thực hiện chiến dịch.")),
            to=below[assignment.unit.code],
            report_due=assignment.dispatch.report_due,
            by=officers[assignment.unit_id],
            now=now,
        )


def _report(
    campaign: Campaign, officers: dict[int, Person], heads: dict[int, Person], share: float, now: datetime
) -> None:
    """Most units open, receive and report, a tenth of them late; half of what has come was accepted."""
    dice = random.Random(7)  # noqa: S311 - made-up figures, the same at every run
    campaign.assignments.update(opened_at=now - timedelta(days=17), received_at=now - timedelta(days=16))
    owed = list(Obligation.objects.filter(form__campaign=campaign).select_related("assignment").order_by("pk"))
    questions = list(Question.objects.filter(form__campaign=campaign))
    sent = [one for one in owed if dice.random() < share]
    versions = Return.objects.bulk_create(
        Return(
            obligation=one,
            number=1,
            values={q.key: dice.randint(0, 900) if q.is_number else dice.choice(PROPOSALS) for q in questions},
            is_empty=False,
            submitted_at=now - timedelta(days=5),
            submitted_by=officers[one.unit_id],
            request_key=str(one.pk),
        )
        for one in sent
    )
    for version in versions:
        one = version.obligation
        one.counted, one.state = version, dice.choice([Obligation.State.APPROVED, Obligation.State.ACCEPTED])
        one.received_at = one.due_at + timedelta(hours=dice.choice([-72, -48, -30, -20, -9, -6, -4, -2, -1, 20]))
    Obligation.objects.bulk_update(sent, ["counted", "state", "received_at"], batch_size=1000)
    Decision.objects.bulk_create(
        Decision(
            version=version,
            verdict=Decision.Verdict.APPROVED,
            unit_id=version.obligation.unit_id,
            by=heads[version.obligation.unit_id],
            at=now - timedelta(days=4),
        )
        for version in versions
    )
    Assignment.objects.filter(campaign=campaign, must_pass_on=True).update(passed_on_at=F("received_at"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
